/** What can be done with the rows of the Runs view: by click, menu and keyboard. */
import { basename, dirname } from 'node:path';
import * as vscode from 'vscode';
import type { Run } from '../../session/runs';
import { Failure } from '../../support/failure';
import type { RunItem } from './runsTree';

/** A row that is a run, of this window or saved. */
export type RunOrTrace = Exclude<RunItem, { readonly kind: 'group' }>;

export interface RunsActions {
  open(item: RunOrTrace): Promise<void>;
  runAgain(item: RunOrTrace): Promise<void>;
  stop(run: Run): Promise<void>;
  save(run: Run): Promise<void>;
  /** Asks for a form and a file, and writes it. */
  exportTrace(item: RunOrTrace): Promise<void>;
  rename(run: Run, title: string): void;
  /** Forgets what it recorded, and closes its timeline. */
  forget(run: Run): void;
}

/** Registers the commands `interleave.runs.*`, for the row that they are given or those that are selected. */
export function registerRunsCommands(
  view: vscode.TreeView<RunItem>,
  actions: RunsActions,
  attempt: (work: () => Promise<unknown>) => Promise<void>,
): vscode.Disposable {
  const each =
    (act: (item: RunOrTrace) => Promise<void>) =>
    async (items: readonly RunOrTrace[]): Promise<void> => {
      for (const item of items) await act(item);
    };
  const ofRun =
    (act: (run: Run) => Promise<void>) =>
    async (item: RunOrTrace): Promise<void> => {
      if (item.kind === 'run') await act(item.run);
    };
  const commands: Readonly<Record<string, (items: readonly RunOrTrace[]) => Promise<void>>> = {
    open: each((item) => actions.open(item)),
    runAgain: each((item) => actions.runAgain(item)),
    stop: each(ofRun((run) => actions.stop(run))),
    save: each(ofRun((run) => actions.save(run))),
    export: each((item) => actions.exportTrace(item)),
    rename: async ([item]) => item && rename(item, actions),
    delete: (items) => remove(items, actions),
    compare: async ([first, second]) => {
      await vscode.commands.executeCommand('interleave.compareRuns', first, second);
    },
  };
  const registered = Object.entries(commands).map(([name, command]) =>
    vscode.commands.registerCommand(`interleave.runs.${name}`, (item?: RunItem, selected?: readonly RunItem[]) =>
      attempt(() => command(rowsOf(selected ?? (item ? [item] : view.selection)))),
    ),
  );
  return vscode.Disposable.from(...registered);
}

function rowsOf(items: readonly RunItem[]): RunOrTrace[] {
  return items.filter((item) => item.kind !== 'group');
}

async function rename(item: RunOrTrace, actions: RunsActions): Promise<void> {
  if (item.kind === 'run') {
    const title = await vscode.window.showInputBox({
      title: 'Name of the run',
      value: item.run.title,
      validateInput: (text) => (text.trim() ? undefined : 'Give a name.'),
    });
    if (title) actions.rename(item.run, title.trim());
    return;
  }
  const old = basename(item.uri.path);
  const name = await vscode.window.showInputBox({
    title: 'Name of the saved trace',
    value: old,
    valueSelection: [0, old.length - '.interleave'.length],
    validateInput: (text) =>
      /^[^/\\]+\.interleave$/.test(text) ? undefined : 'Give a file name that ends in .interleave.',
  });
  if (!name || name === old) return;
  const target = vscode.Uri.joinPath(item.uri, '..', name);
  try {
    await vscode.workspace.fs.rename(item.uri, target, { overwrite: false });
  } catch (error) {
    throw new Failure(
      `${old} could not be renamed to ${name}; is there such a file in ${dirname(item.uri.fsPath)}?`,
      String(error),
    );
  }
}

/** Asks before anything is lost that cannot be had again: files, and programs that still run. */
async function remove(items: readonly RunOrTrace[], actions: RunsActions): Promise<void> {
  const runs = items.flatMap((item) => (item.kind === 'run' ? [item.run] : []));
  const files = items.flatMap((item) => (item.kind === 'saved' ? [item.uri] : []));
  const active = runs.filter((run) => !run.session.isOver);
  if (active.length > 0) {
    const what = active.map((run) => run.title).join(', ');
    if (!(await isSure(`Stop ${what} and forget what was recorded?`, 'Stop and Forget'))) return;
  }
  if (files.length > 0) {
    const what = files.map((uri) => basename(uri.path)).join(', ');
    if (!(await isSure(`Delete ${what}?`, 'Move to Trash'))) return;
  }
  for (const run of runs) actions.forget(run);
  for (const uri of files) await moveToTrash(uri);
}

async function moveToTrash(uri: vscode.Uri): Promise<void> {
  try {
    await vscode.workspace.fs.delete(uri, { useTrash: true });
  } catch {
    const question = `${basename(uri.path)} could not be moved to the trash. Delete it for good?`;
    if (await isSure(question, 'Delete')) await vscode.workspace.fs.delete(uri);
  }
}

async function isSure(question: string, answer: string): Promise<boolean> {
  return (await vscode.window.showWarningMessage(question, { modal: true }, answer)) === answer;
}
