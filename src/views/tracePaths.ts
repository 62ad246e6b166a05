import { homedir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';

const FILTERS = { 'Interleave trace': ['interleave'] };

/** Asks where to save the trace of a run; undefined when the user breaks off. */
export async function askSavePath(title: string): Promise<string | undefined> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? homedir();
  const name = `${title.replace(/\.pyw?\b/, '').replace(/[^\p{L}\p{N}_-]+/gu, '-')}.interleave`;
  const defaultUri = vscode.Uri.file(join(folder, name));
  const chosen = await vscode.window.showSaveDialog({ title: 'Save trace', defaultUri, filters: FILTERS });
  return chosen?.fsPath;
}

/** Asks which saved traces to open. */
export async function askTracePath(): Promise<vscode.Uri[]> {
  const options = { title: 'Open trace', canSelectMany: true, filters: FILTERS };
  return (await vscode.window.showOpenDialog(options)) ?? [];
}
