/** The documents of runs: which one may be run, and which one a file of a run is. */
import * as vscode from 'vscode';
import type { Run } from '../session/runs';
import { Failure } from '../support/failure';
import { documentToRun } from '../views/programDocument';

/** The document to run, saved; rejects with a Failure when it may not be run. */
export async function program(uri?: vscode.Uri): Promise<vscode.TextDocument> {
  assertTrusted();
  return documentToRun(uri);
}

/** Programs are run only where the user trusts the folder; saved traces can be viewed everywhere. */
export function assertTrusted(): void {
  if (vscode.workspace.isTrusted) return;
  throw new Failure(
    'This workspace is not trusted, so nothing of it is run; trust it (Workspaces: Manage Workspace Trust) and run it again.',
  );
}

/** A document that was never saved runs as a copy; its places are shown in the document. */
export function documentOf(run: Run, file: string): vscode.Uri | undefined {
  return file === run.session.plan.file && !run.request.cell ? vscode.Uri.parse(run.request.uri) : undefined;
}

/** The other way: the file of a document, as the run's trace names it. */
export function fileOf(run: Run, address: string): string | undefined {
  return address === run.request.uri ? run.session.plan.file : fileAt(address);
}

export function fileAt(address: string): string | undefined {
  const uri = vscode.Uri.parse(address);
  return uri.scheme === 'file' ? uri.fsPath : undefined;
}
