/** The open Python documents, which the linter is kept in step with. */
import * as vscode from 'vscode';
import type { LintClient } from '../../session/lint/lintClient';
import type { LintSettings } from '../../session/lint/lintMessages';
import { type Disposable, Disposables } from '../../support/disposable';

/** A document and the module that it is of. */
export interface DocumentInModule {
  readonly key: string;
  /** In a notebook, the number among all its cells. */
  readonly number: number;
}

export class LintedDocuments implements Disposable {
  private readonly owned = new Disposables();
  private readonly open = new Set<string>();

  constructor(
    private readonly client: LintClient,
    private readonly settingsFor: (uri: vscode.Uri) => LintSettings | undefined,
  ) {
    const { owned } = this;
    owned.add(vscode.workspace.onDidOpenTextDocument((document) => this.add(document)));
    owned.add(vscode.workspace.onDidCloseTextDocument((document) => this.remove(document)));
    owned.add(vscode.workspace.onDidChangeTextDocument((event) => this.change(event)));
    owned.add(vscode.workspace.onDidChangeNotebookDocument(({ notebook }) => this.addNotebook(notebook)));
    owned.add(vscode.workspace.onDidCloseNotebookDocument(({ uri }) => this.drop(uri.toString())));
    for (const document of vscode.workspace.textDocuments) this.add(document);
  }

  /** Reads the settings of all documents again. */
  configure(): void {
    for (const document of vscode.workspace.textDocuments) {
      const key = document.uri.toString();
      const settings = this.open.has(key) ? this.settingsFor(document.uri) : undefined;
      if (settings) this.client.configure(key, settings);
      else if (this.open.has(key)) this.drop(key);
      else this.add(document);
    }
    for (const notebook of vscode.workspace.notebookDocuments) this.addNotebook(notebook);
  }

  dispose(): void {
    this.owned.dispose();
  }

  private add(document: vscode.TextDocument): void {
    if (!isPython(document)) return;
    const notebook = notebookOf(document);
    if (notebook) this.addNotebook(notebook);
    else if (canBeEdited(document.uri)) this.openModule(document.uri, () => document.getText());
  }

  private addNotebook(notebook: vscode.NotebookDocument): void {
    const source = (): { text: string; isPython: boolean }[] =>
      notebook.getCells().map(({ document }) => ({ text: document.getText(), isPython: isPython(document) }));
    if (!notebook.isClosed && source().some(({ isPython: is }) => is)) this.openModule(notebook.uri, source);
    else this.drop(notebook.uri.toString());
  }

  private openModule(uri: vscode.Uri, source: () => string | { text: string; isPython: boolean }[]): void {
    const key = uri.toString();
    const settings = this.settingsFor(uri);
    if (!settings) return this.drop(key);
    this.open.add(key);
    this.client.open({ key, source }, settings);
  }

  private remove(document: vscode.TextDocument): void {
    this.drop(document.uri.toString());
  }

  private drop(key: string): void {
    if (this.open.delete(key)) this.client.close(key);
  }

  private change({ document, contentChanges }: vscode.TextDocumentChangeEvent): void {
    if (contentChanges.length === 0 || !isPython(document)) return;
    const notebook = notebookOf(document);
    if (notebook) return this.addNotebook(notebook);
    // Each is a change of the text before all of them: from the last one on they can be made one after the other.
    const changes = contentChanges
      .map(({ rangeOffset, rangeLength, text }) => ({ start: rangeOffset, end: rangeOffset + rangeLength, text }))
      .sort((a, b) => b.start - a.start);
    const length = document.offsetAt(document.lineAt(document.lineCount - 1).range.end);
    this.client.change(document.uri.toString(), changes, length);
  }
}

/** The module of a document. */
export function moduleOf(document: vscode.TextDocument): DocumentInModule {
  const notebook = notebookOf(document);
  if (!notebook) return { key: document.uri.toString(), number: 0 };
  const number = notebook.getCells().findIndex((cell) => cell.document === document);
  return { key: notebook.uri.toString(), number };
}

/** The documents of a module, by their numbers; none when it is not open. */
export function documentsOf(key: string): readonly vscode.TextDocument[] {
  const notebook = vscode.workspace.notebookDocuments.find(({ uri }) => uri.toString() === key);
  if (notebook) return notebook.getCells().map(({ document }) => document);
  return vscode.workspace.textDocuments.filter(({ uri }) => uri.toString() === key);
}

function notebookOf(document: vscode.TextDocument): vscode.NotebookDocument | undefined {
  if (document.uri.scheme !== 'vscode-notebook-cell') return undefined;
  return vscode.workspace.notebookDocuments.find((each) => each.getCells().some((cell) => cell.document === document));
}

function isPython({ languageId }: vscode.TextDocument): boolean {
  return languageId === 'python';
}

/** Not what git, a search or a chat shows of a file. */
function canBeEdited({ scheme }: vscode.Uri): boolean {
  return scheme === 'untitled' || scheme === 'file' || vscode.workspace.fs.isWritableFileSystem(scheme) === true;
}
