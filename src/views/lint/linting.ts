/** The linter in the editor. */
import * as vscode from 'vscode';
import type { LastRuns } from '../../session/lint/lastRuns';
import type { LintClient } from '../../session/lint/lintClient';
import { LintActions } from './lintActions';
import { LintDiagnostics } from './lintDiagnostics';
import { LintedDocuments } from './lintedDocuments';
import { LINT_SECTIONS, lintSettingsFor, RUFF_FILES, type RuffSelector } from './lintSettings';
import { LockHover } from './lockHover';

/** Lints all that is open and what is opened, until it is disposed of. */
export function lintOpenDocuments(
  client: LintClient,
  runs: LastRuns,
  ruffSelection: RuffSelector,
  productFolder: string,
): vscode.Disposable[] {
  // Before the documents are told, whose findings it shows.
  const diagnostics = new LintDiagnostics(client, runs, productFolder);
  const documents = new LintedDocuments(client, (uri) => lintSettingsFor(uri, ruffSelection));
  const configure = (): void => documents.configure();
  const ruffFiles = vscode.workspace.createFileSystemWatcher(RUFF_FILES);
  return [
    diagnostics,
    documents,
    ruffFiles,
    ruffFiles.onDidChange(configure),
    ruffFiles.onDidCreate(configure),
    ruffFiles.onDidDelete(configure),
    vscode.extensions.onDidChange(configure),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (LINT_SECTIONS.some((section) => event.affectsConfiguration(section))) configure();
    }),
    vscode.languages.registerHoverProvider({ language: 'python' }, new LockHover(client)),
    vscode.languages.registerCodeActionsProvider({ language: 'python' }, new LintActions(client, productFolder), {
      providedCodeActionKinds: LintActions.kinds,
    }),
  ];
}
