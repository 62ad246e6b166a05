import { basename } from 'node:path';
import * as vscode from 'vscode';
import { Failure } from '../support/failure';

export interface CodePlace {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** From 0, -1 when unknown. */
  readonly column: number;
}

/** Shows a line in the editor column where its file is open already, else in the first one. Throws a Failure. */
export async function revealPlace(place: CodePlace, document?: vscode.Uri): Promise<void> {
  // A saved trace may come from anywhere; a path on another machine must not make this one connect to it.
  if (/^(\\\\|\/\/)/.test(place.file)) throw new Failure(`${place.file} is on another machine and was not opened.`);
  const uri = document ?? vscode.Uri.file(place.file);
  const position = new vscode.Position(Math.max(0, place.line - 1), Math.max(0, place.column));
  try {
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri), {
      viewColumn: columnOf(uri) ?? vscode.ViewColumn.One,
      selection: new vscode.Range(position, position),
    });
  } catch (error) {
    throw new Failure(
      `${basename(place.file)} could not be opened: ${place.file} is not on this machine, or is not a text file.`,
      String(error),
    );
  }
}

function columnOf(uri: vscode.Uri): vscode.ViewColumn | undefined {
  const isThisFile = (tab: vscode.Tab): boolean =>
    tab.input instanceof vscode.TabInputText && tab.input.uri.toString() === uri.toString();
  return vscode.window.tabGroups.all.find((group) => group.tabs.some(isThisFile))?.viewColumn;
}
