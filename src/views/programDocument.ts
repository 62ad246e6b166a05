import { basename, extname } from 'node:path';
import * as vscode from 'vscode';
import { errorCode, Failure } from '../support/failure';

/** The document to run: the one named or the one in front, saved when it has a file. Throws a Failure. */
export async function documentToRun(uri: vscode.Uri | undefined): Promise<vscode.TextDocument> {
  const document = uri ? await openDocument(uri) : vscode.window.activeTextEditor?.document;
  if (!document) throw new Failure('No file is open; open a Python file and run it again.');
  const name = basename(document.uri.path);
  const isPython = document.languageId === 'python' || ['.py', '.pyw'].includes(extname(name));
  if (!isPython) throw new Failure(`${name} is not a Python file; open one and run it again.`);
  if (document.isUntitled) return document;
  if (document.uri.scheme !== 'file') {
    throw new Failure(
      `${name} is not on a disk that Python can read (${document.uri.scheme}); save a copy and run that.`,
    );
  }
  if (document.isDirty && !(await document.save())) {
    throw new Failure(`${name} could not be saved; save it and run it again.`);
  }
  return document;
}

async function openDocument(uri: vscode.Uri): Promise<vscode.TextDocument> {
  try {
    return await vscode.workspace.openTextDocument(uri);
  } catch (error) {
    throw new Failure(
      `${basename(uri.path)} could not be opened (${errorCode(error) || 'it is no text file'}).`,
      String(error),
    );
  }
}

/** The lines that are selected, to be run as a program of their own; undefined without a selection. */
export function selectedLines(editor: vscode.TextEditor): { readonly text: string; readonly line: number } | undefined {
  const { document, selection } = editor;
  if (selection.isEmpty) return undefined;
  // A selection that ends before the first character of a line does not mean that line.
  const endsBeforeLine = selection.end.character === 0 && selection.end.line > selection.start.line;
  const last = document.lineAt(endsBeforeLine ? selection.end.line - 1 : selection.end.line);
  const text = document.getText(new vscode.Range(selection.start.line, 0, last.lineNumber, last.text.length));
  return { text, line: selection.start.line + 1 };
}
