import { createWriteStream } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import * as vscode from 'vscode';
import type { ExportFormat } from '../../session/exportTrace';
import { errorCode, Failure } from '../../support/failure';

interface FormatItem extends vscode.QuickPickItem {
  readonly format: ExportFormat;
  readonly extension: string;
}

const FORMATS: readonly FormatItem[] = [
  { format: 'html', extension: 'html', label: 'Web page', detail: 'The timeline as one file that needs nothing else' },
  { format: 'perfetto', extension: 'json', label: 'Perfetto', detail: 'JSON for ui.perfetto.dev and chrome://tracing' },
  { format: 'svg', extension: 'svg', label: 'Picture', detail: 'SVG of the whole run' },
  { format: 'csv', extension: 'csv', label: 'Table', detail: 'CSV with a row for each span, wait and hold' },
];

/** Asks for a form and a file, and writes a run to it. Rejects with a Failure. */
export async function exportTo(title: string, pieces: (format: ExportFormat) => Iterable<string>): Promise<void> {
  const chosen = await vscode.window.showQuickPick(FORMATS, { title: `Export ${title}`, placeHolder: 'As what?' });
  if (!chosen) return;
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? homedir();
  const name = `${title.replace(/\.pyw?\b/, '').replace(/[^\p{L}\p{N}_-]+/gu, '-')}.${chosen.extension}`;
  const target = await vscode.window.showSaveDialog({
    title: `Export as ${chosen.label}`,
    defaultUri: vscode.Uri.file(join(folder, name)),
    filters: { [chosen.label]: [chosen.extension] },
  });
  if (!target) return;
  try {
    await pipeline(Readable.from(pieces(chosen.format)), createWriteStream(target.fsPath));
  } catch (error) {
    throw new Failure(
      `${target.fsPath} could not be written (${errorCode(error)}); choose another place.`,
      String(error),
    );
  }
  const open = 'Open';
  const said = `${title} was exported to ${target.fsPath}.`;
  // Not awaited: the message stays until it is answered.
  void vscode.window.showInformationMessage(said, open).then((choice) => {
    if (choice !== open) return;
    if (chosen.format === 'html') void vscode.env.openExternal(target);
    else void vscode.commands.executeCommand('vscode.open', target);
  });
}
