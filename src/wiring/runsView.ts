/** The Runs view: the runs of this window and the saved traces of the workspace, and what can be done with them. */
import { basename } from 'node:path';
import * as vscode from 'vscode';
import { duration } from '../engine/reportText';
import type { Trace } from '../engine/trace';
import { exportedTrace } from '../session/exportTrace';
import type { Findings } from '../session/findings';
import type { Run, Runs } from '../session/runs';
import { readSavedHead } from '../session/savedHead';
import { SavedTrace } from '../session/savedTrace';
import { Disposables } from '../support/disposable';
import { exportTo } from '../views/runs/exportTo';
import { type RunOrTrace, registerRunsCommands } from '../views/runs/runsCommands';
import { type RunItem, RunsTree } from '../views/runs/runsTree';
import type { RunFacts } from '../views/runs/runWords';
import { SavedTraceFiles } from '../views/runs/savedTraceFiles';

const REFRESH_MS = 1000;

export interface RunsViewParts {
  readonly runs: Runs;
  /** Folder in which the product lies. */
  readonly productFolder: string;
  attempt(work: () => Promise<unknown>): Promise<void>;
  show(run: Run): void;
  /** Tells the timeline of a run that it has another name. */
  renamed(run: Run): void;
  runAgain(run: Run): Promise<void>;
  /** Runs the program of a saved trace. */
  runFile(file: string): Promise<void>;
  stop(run: Run): Promise<void>;
  save(run: Run): Promise<void>;
}

export interface RunsView extends vscode.Disposable {
  /** What was found in a saved trace, now that it was read. */
  learn(path: string, findings: Findings): void;
}

export function showRunsView(parts: RunsViewParts): RunsView {
  const { runs } = parts;
  const owned = new Disposables();
  const files = owned.add(new SavedTraceFiles(readSavedHead));
  const tree = owned.add(new RunsTree(runs, files, factsOf, (uri) => savedFactsOf(uri, files)));
  const view = owned.add(
    vscode.window.createTreeView<RunItem>('interleave.runs', { treeDataProvider: tree, canSelectMany: true }),
  );
  const timer = setInterval(() => view.visible && tree.refreshActive(), REFRESH_MS);
  owned.add({ dispose: () => clearInterval(timer) });
  const learn = (uri: vscode.Uri, findings: Findings): void => files.learn(uri, findings.all());
  owned.add(
    registerRunsCommands(
      view,
      {
        open: async (item) => {
          if (item.kind === 'run') parts.show(item.run);
          else await vscode.commands.executeCommand('vscode.open', item.uri);
        },
        runAgain: async (item) => {
          if (item.kind === 'run') return parts.runAgain(item.run);
          const head = await readSavedHead(item.uri.fsPath);
          await parts.runFile(head.run.file);
        },
        stop: parts.stop,
        save: parts.save,
        exportTrace: (item) =>
          withTrace(item, async (title, trace, findings) => {
            await exportTo(title, (format) => exportedTrace(format, trace, findings, parts.productFolder));
            if (item.kind === 'saved') learn(item.uri, findings);
          }),
        rename: (run, title) => {
          runs.rename(run, title);
          parts.renamed(run);
        },
        forget: (run) => runs.forget(run),
      },
      parts.attempt,
    ),
  );
  return {
    learn: (path, findings) => learn(vscode.Uri.file(path), findings),
    dispose: () => owned.dispose(),
  };
}

function factsOf(run: Run): RunFacts {
  const { trace, findings } = run.session;
  const sinceStart = (Date.now() - run.startedAt.getTime()) * 1e6;
  const ran = trace.run.wallNs ?? (run.session.isOver ? undefined : sinceStart);
  return {
    title: run.title,
    run: trace.run,
    lasted: ran === undefined ? '' : lastedWords(ran, run.session.isOver),
    time: run.startedAt,
    findings: findings.all(),
    isEarlier: run.isEarlier,
  };
}

async function savedFactsOf(uri: vscode.Uri, files: SavedTraceFiles): Promise<RunFacts | undefined> {
  const head = await files.head(uri);
  if (!head) return undefined;
  return {
    title: basename(uri.path),
    run: head.run,
    lasted: head.run.wallNs === null ? '' : lastedWords(head.run.wallNs, true),
    time: new Date(head.savedAt),
    findings: files.findings(uri),
    bytes: head.bytes,
  };
}

/** While it goes on, whole seconds: the figure is told once a second. */
function lastedWords(nanoseconds: number, isOver: boolean): string {
  return isOver ? duration(nanoseconds) : `${Math.floor(nanoseconds / 1e9)} s`;
}

async function withTrace(
  item: RunOrTrace,
  act: (title: string, trace: Trace, findings: Findings) => Promise<void>,
): Promise<void> {
  if (item.kind === 'run') {
    const { title, session } = item.run;
    return act(title, session.trace, session.findings);
  }
  const saved = SavedTrace.open(item.uri.fsPath);
  try {
    await saved.loaded;
    await act(basename(item.uri.path, '.interleave'), saved.trace, saved.findings);
  } finally {
    saved.dispose();
  }
}
