import * as vscode from 'vscode';
import type { TextPlace } from '../../engine/lint/finding';
import type { DocumentEdit, DocumentPlace } from '../../session/lint/lintMessages';

export function rangeOf({ line, column, endLine, endColumn }: TextPlace): vscode.Range {
  return new vscode.Range(line - 1, column, endLine - 1, endColumn);
}

/** Undefined when the document is no longer there. */
export function locationOf(
  documents: readonly vscode.TextDocument[],
  place: DocumentPlace,
): vscode.Location | undefined {
  const document = documents[place.document];
  return document && new vscode.Location(document.uri, rangeOf(place));
}

export function workspaceEdit(
  documents: readonly vscode.TextDocument[],
  edits: readonly DocumentEdit[],
): vscode.WorkspaceEdit {
  const all = new vscode.WorkspaceEdit();
  for (const edit of edits) {
    const location = locationOf(documents, edit);
    if (location) all.replace(location.uri, location.range, edit.text);
  }
  return all;
}
