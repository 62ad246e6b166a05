import * as vscode from 'vscode';
import type { ShownFinding } from '../../../common/finding';
import type { SavedHead } from '../../session/savedHead';
import { Disposables, Emitter } from '../../support/disposable';

/** More are not listed: a workspace with more is an archive. */
const MOST_FILES = 500;
const PATTERN = '**/*.interleave';

/** The saved traces of the workspace, looked for when they are first asked for. */
export class SavedTraceFiles implements vscode.Disposable {
  private readonly owned = new Disposables();
  private readonly changed = this.owned.add(new Emitter());
  /** There are others, or more is known of one. */
  readonly onDidChange = this.changed.event;
  private readonly heads = new Map<string, Promise<SavedHead | undefined>>();
  private readonly found = new Map<string, readonly ShownFinding[]>();
  private files: Promise<readonly vscode.Uri[]> | undefined;

  /** `readHead` reads what is said of a run; rejects when the file cannot be read. */
  constructor(private readonly readHead: (path: string) => Promise<SavedHead>) {}

  /** In the order of their paths. */
  list(): Promise<readonly vscode.Uri[]> {
    if (!this.files) {
      const watcher = this.owned.add(vscode.workspace.createFileSystemWatcher(PATTERN));
      for (const event of [watcher.onDidCreate, watcher.onDidChange, watcher.onDidDelete])
        this.owned.add(event((uri) => this.forget(uri)));
    }
    this.files ??= findFiles();
    return this.files;
  }

  /** Undefined when it cannot be read. */
  head(uri: vscode.Uri): Promise<SavedHead | undefined> {
    const key = uri.toString();
    const known = this.heads.get(key) ?? this.readHead(uri.fsPath).catch(() => undefined);
    this.heads.set(key, known);
    return known;
  }

  /** What was found in it; undefined while it was not read. */
  findings(uri: vscode.Uri): readonly ShownFinding[] | undefined {
    return this.found.get(uri.toString());
  }

  learn(uri: vscode.Uri, findings: readonly ShownFinding[]): void {
    if (this.found.get(uri.toString()) === findings) return;
    this.found.set(uri.toString(), findings);
    this.changed.fire();
  }

  dispose(): void {
    this.owned.dispose();
  }

  private forget(uri: vscode.Uri): void {
    this.heads.delete(uri.toString());
    this.found.delete(uri.toString());
    this.files = findFiles();
    this.changed.fire();
  }
}

async function findFiles(): Promise<readonly vscode.Uri[]> {
  const files = await vscode.workspace.findFiles(PATTERN, '**/node_modules/**', MOST_FILES);
  return files.filter(({ scheme }) => scheme === 'file').sort((a, b) => (a.path < b.path ? -1 : 1));
}
