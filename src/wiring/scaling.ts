/** Runs a function with more and more workers, and shows how far that helps. */
import { availableParallelism } from 'node:os';
import { basename, dirname } from 'node:path';
import * as vscode from 'vscode';
import type { Comparison } from '../../common/comparison';
import type { ScalingDocument } from '../../common/scaling';
import type { Mode } from '../../common/trace';
import type { ModeFigures } from '../engine/compare/figures';
import { scaling, workerCounts } from '../engine/compare/scaling';
import { scalingPage, shownWorkers, workersName } from '../engine/compare/scalingPage';
import { modeName } from '../engine/compare/words';
import { interpreterCandidates } from '../session/activeInterpreter';
import { findInterpreter, type Interpreter } from '../session/interpreter';
import { type ScalingRuns, scaleWorkers } from '../session/scaling';
import type { Session } from '../session/session';
import { settingsFor } from '../support/config';
import { type Disposable, Emitter } from '../support/disposable';
import { Failure } from '../support/failure';
import { type ComparedRuns, ComparisonPanel } from '../views/comparison/comparisonPanel';
import { pickConcurrentMode, pickInputs, pickOne } from '../views/functions/functionPicker';
import { revealPlace } from '../views/reveal';
import { saveContent } from '../views/saveContent';
import { asRun, type ComparedFunction, type ModeComparisonParts } from './compareModes';

const TITLE = 'How many workers?';
/** Fewer would not show where it ends. */
const LEAST_BOUND = 4;

interface ScaledFunction extends ComparedFunction {
  readonly mode: Mode;
}

export function registerScaling(parts: ModeComparisonParts): Disposable {
  const ask = async (): Promise<void> => {
    const document = await parts.program();
    const called = (await pickOne(await vscode.window.showTextDocument(document), TITLE))?.name;
    const mode = called && (await pickConcurrentMode(`${TITLE} ${called}`));
    const inputs = mode && (await pickInputs(document.uri, called, parts.memory));
    if (inputs) await openScaling(parts, { document, function: called, inputs, mode });
  };
  return vscode.commands.registerCommand('interleave.scaling', () => parts.attempt(ask));
}

/** Rejects with a Failure when nothing can be run. */
async function openScaling(parts: ModeComparisonParts, scaled: ScaledFunction): Promise<void> {
  const { document } = scaled;
  if (document.isUntitled) throw new Failure(`${document.uri.path} was never saved; save it and try again.`);
  const python = await findInterpreter(
    await interpreterCandidates(document.uri, settingsFor(document.uri).python, parts.log),
  );
  const runs = new WorkerRuns(scaled);
  const title = `How many workers: ${scaled.function}`;
  const panel = vscode.window.createWebviewPanel('interleave.comparison', title, vscode.ViewColumn.Beside);
  panel.iconPath = vscode.Uri.joinPath(parts.extensionUri, 'media', 'timeline.svg');
  const stopper = new AbortController();
  const comparison = new ComparisonPanel(panel, parts.extensionUri, runs, {
    reveal: (_run, place) => void parts.attempt(() => revealPlace(place)),
    open: (place) => parts.showTimeline(asRun(scaled, runs.sources[place])),
    save: () =>
      void parts.attempt(() =>
        saveContent(`${scaled.function}-scaling.json`, `${JSON.stringify(runs.found(), null, 2)}\n`),
      ),
  });
  panel.onDidDispose(() => {
    stopper.abort();
    comparison.dispose();
    runs.dispose();
  });
  const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  await vscode.window.withProgress(options, (progress, token) => {
    token.onCancellationRequested(() => stopper.abort());
    return runs.runAll(parts.extensionPath, python, stopper.signal, (message) => progress.report({ message }));
  });
}

/** What was run so far. */
class WorkerRuns implements ComparedRuns, Disposable {
  private readonly changed = new Emitter();
  readonly onDidChange = this.changed.event;
  private readonly runs: { readonly session: Session; readonly figures: ModeFigures }[] = [];
  private progress = 'Python starts.';
  private stopped: ScalingRuns['stopped'] = [];

  constructor(private readonly scaled: ScaledFunction) {}

  /** Of each number of workers that is shown the run with the median wall time so far. */
  get sources(): readonly Session[] {
    const found = this.found();
    return shownWorkers(found, this.progress === '').map((workers) => {
      const median = found.points.find((point) => point.workers === workers)?.wallNs.median ?? 0;
      const own = this.runs.filter(({ figures }) => figures.workers === workers);
      const distance = ({ figures }: { readonly figures: ModeFigures }): number => Math.abs(figures.wallNs - median);
      return own.reduce((best, run) => (distance(run) < distance(best) ? run : best)).session;
    });
  }

  comparison(): Comparison {
    return scalingPage(this.found(), this.progress);
  }

  found(): ScalingDocument {
    const { function: called, inputs, mode } = this.scaled;
    const figures = this.runs.map((run) => run.figures);
    return scaling({ function: called, inputs, mode }, figures, this.stopped);
  }

  async runAll(
    productFolder: string,
    python: Interpreter,
    signal: AbortSignal,
    tell: (message: string) => void,
  ): Promise<void> {
    const { document, function: called, inputs, mode } = this.scaled;
    const { compareRepeat: repeat, scalingMax } = settingsFor(document.uri);
    const folder = vscode.workspace.getWorkspaceFolder(document.uri);
    const cores = availableParallelism();
    const { stopped } = await scaleWorkers({
      file: document.uri.fsPath,
      cwd: folder?.uri.fsPath ?? dirname(document.uri.fsPath),
      function: called,
      inputs,
      mode,
      python,
      counts: workerCounts(scalingMax || Math.max(LEAST_BOUND, 2 * cores), cores),
      repeat,
      productFolder,
      signal,
      onBegin: (workers, round) => {
        this.progress = `${basename(document.uri.fsPath)}: ${called} ${modeName(mode)}, ${workersName(workers)}, round ${round} of ${repeat}`;
        tell(this.progress);
        this.changed.fire();
      },
      onRun: (session, figures) => {
        if (figures) this.runs.push({ session, figures });
        this.changed.fire();
      },
    });
    this.stopped = stopped;
    this.progress = signal.aborted ? 'Stopped: what is here is not enough to say how many workers help.' : '';
    this.changed.fire();
  }

  dispose(): void {
    this.changed.dispose();
  }
}
