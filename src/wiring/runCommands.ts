/** The commands that run a program, and those of one of its runs. */
import * as vscode from 'vscode';
import type { PanelCommand } from '../../common/protocol';
import { AS_WRITTEN, type Run, type RunRequest, type Runs } from '../session/runs';
import { Failure } from '../support/failure';
import { pickFinding } from '../views/findings/confirmation';
import type { LensActions } from '../views/functions/functionLenses';
import { pickFunction, pickInputs } from '../views/functions/functionPicker';
import { selectedLines } from '../views/programDocument';
import { pickRun } from '../views/runPicker';
import type { RunTimelines } from '../views/timeline/runTimelines';
import { askTracePath } from '../views/tracePaths';
import { program } from './runDocuments';
import type { WatchedRuns } from './watchedRuns';

export interface RunCommandParts {
  readonly runs: Runs;
  readonly timelines: RunTimelines;
  readonly watched: WatchedRuns;
  /** What was asked for the last time. */
  readonly memory: vscode.Memento;
  attempt(work: () => Promise<unknown>): Promise<void>;
  perform(command: PanelCommand, run: Run): Promise<void>;
  confirm(run: Run, id: number): Promise<void>;
}

export function registerRunCommands(parts: RunCommandParts): vscode.Disposable {
  const { runs, timelines, watched, memory, attempt, perform } = parts;
  const start = startIn(runs);
  const withRun = async (candidates: readonly Run[], act: (run: Run) => unknown): Promise<void> => {
    const run = timelines.active ?? (await pickRun(candidates));
    if (run) await act(run);
  };
  const commands: Readonly<Record<string, (uri?: vscode.Uri) => Promise<unknown>>> = {
    run: async (uri) => start(await program(uri), AS_WRITTEN),
    runSelection: async () => {
      const document = await program();
      const selection = selectedLines(frontEditor());
      if (!selection) throw new Failure('Nothing is selected; select some lines and run them again.');
      await start(document, { ...AS_WRITTEN, selection });
    },
    runFunction: async (uri) => {
      const document = await program(uri);
      const choice = await pickFunction(await vscode.window.showTextDocument(document), memory);
      if (choice) await start(document, choice);
    },
    stop: () => withRun(runs.active, (run) => perform('stop', run)),
    runAgain: () => withRun(watched.orAll, (run) => perform('runAgain', run)),
    saveTrace: () => withRun(watched.orAll, (run) => perform('save', run)),
    showTimeline: () => withRun(watched.orAll, (run) => timelines.show(run)),
    confirmFinding: () =>
      withRun(watched.orAll, async (run) => {
        const id = await pickFinding(run);
        if (id !== undefined) await parts.confirm(run, id);
      }),
    openTrace: async () => {
      for (const uri of await askTracePath()) await vscode.commands.executeCommand('vscode.open', uri);
    },
  };
  return vscode.Disposable.from(
    ...Object.entries(commands).map(([name, command]) =>
      vscode.commands.registerCommand(`interleave.${name}`, (uri?: unknown) =>
        attempt(() => command(uri instanceof vscode.Uri ? uri : undefined)),
      ),
    ),
  );
}

/** What the lenses above functions ask for. */
export function lensActions({
  runs,
  memory,
  attempt,
}: Pick<RunCommandParts, 'runs' | 'memory' | 'attempt'>): LensActions {
  const start = startIn(runs);
  return {
    attempt,
    run: async (uri, name, mode) => {
      const document = await program(uri);
      const inputs = await pickInputs(uri, name, memory);
      if (inputs) await start(document, { function: name, mode, inputs });
    },
  };
}

function startIn(runs: Runs) {
  return (document: vscode.TextDocument, request: Omit<RunRequest, 'uri'>): Promise<void> =>
    runs.start({ ...request, uri: document.uri.toString() });
}

function frontEditor(): vscode.TextEditor {
  const editor = vscode.window.activeTextEditor;
  if (!editor) throw new Failure('No file is open; open a Python file and run it again.');
  return editor;
}
