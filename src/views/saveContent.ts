import { homedir } from 'node:os';
import { posix } from 'node:path';
import * as vscode from 'vscode';
import { Failure } from '../support/failure';

/** Asks for a place, proposing a file of this name in the workspace, and writes there. Rejects with a Failure. */
export async function saveContent(name: string, content: string | Uint8Array): Promise<void> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.file(homedir());
  const target = await vscode.window.showSaveDialog({
    title: 'Save',
    defaultUri: vscode.Uri.joinPath(folder, posix.basename(name)),
  });
  if (!target) return;
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  try {
    await vscode.workspace.fs.writeFile(target, bytes);
  } catch (error) {
    throw new Failure(`${target.fsPath} could not be written; choose another place.`, String(error));
  }
}
