import * as vscode from 'vscode';
import { Failure } from '../../support/failure';

/** The cell that a command is for: the one given, or the one that is selected. Throws a Failure. */
export function cellToRun(cell: vscode.NotebookCell | undefined): vscode.NotebookCell {
  const editor = vscode.window.activeNotebookEditor;
  const found =
    cell ??
    (editor && editor.selection.start < editor.notebook.cellCount
      ? editor.notebook.cellAt(editor.selection.start)
      : undefined);
  if (!found) throw new Failure('No notebook is in front; select a cell of one and run it again.');
  if (found.document.languageId !== 'python')
    throw new Failure(`This cell is ${found.document.languageId}, not Python; select a Python cell and run it again.`);
  return found;
}

/** The cell of a document, when its notebook is open. */
export function cellOf(address: string): vscode.NotebookCell | undefined {
  return vscode.workspace.notebookDocuments
    .flatMap((notebook) => notebook.getCells())
    .find(({ document }) => document.uri.toString() === address);
}

/** Tells once a run what was not run of its cells. */
export function tellLeftOut(lines: readonly string[]): void {
  if (lines.length === 0) return;
  const [first, ...more] = lines as [string, ...string[]];
  const others = more.length === 0 ? '' : more.length === 1 ? ` and 1 more line` : ` and ${more.length} more lines`;
  void vscode.window.showInformationMessage(
    `Only what Python itself understands is run: ${first}${others} of IPython was left out.`,
  );
}

/** Shows a line (from 1) of a cell in its notebook. Throws a Failure when it is no longer there. */
export async function revealInCell(notebook: vscode.Uri, address: string, line: number, column: number): Promise<void> {
  const cell = cellOf(address);
  if (!cell)
    throw new Failure(`The cell is no longer there, or ${notebook.path} was closed; open it and run the cell again.`);
  const isShown = (editor: vscode.NotebookEditor): boolean => editor.notebook === cell.notebook;
  const known = vscode.window.visibleNotebookEditors.find(isShown);
  const editor = await vscode.window.showNotebookDocument(cell.notebook, {
    viewColumn: known?.viewColumn ?? vscode.ViewColumn.One,
    selections: [new vscode.NotebookRange(cell.index, cell.index + 1)],
  });
  editor.revealRange(
    new vscode.NotebookRange(cell.index, cell.index + 1),
    vscode.NotebookEditorRevealType.InCenterIfOutsideViewport,
  );
  const position = new vscode.Position(Math.max(0, line - 1), Math.max(0, column));
  // A cell that is not drawn has no editor; its notebook is shown all the same.
  await vscode.window.showTextDocument(cell.document, {
    selection: new vscode.Range(position, position),
    viewColumn: editor.viewColumn ?? vscode.ViewColumn.One,
  });
}
