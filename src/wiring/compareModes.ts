/** Runs a function in each mode, and shows the runs under each other with what they say about the work. */
import { basename, dirname } from 'node:path';
import * as vscode from 'vscode';
import type { CompareDocument } from '../../common/compare';
import type { Comparison } from '../../common/comparison';
import { compareRuns } from '../engine/compare/compareRuns';
import type { ModeFigures } from '../engine/compare/figures';
import { comparisonPage } from '../engine/compare/page';
import { modeName } from '../engine/compare/words';
import { interpreterCandidates } from '../session/activeInterpreter';
import { COMPARED_MODES, compareModes } from '../session/compare';
import { findInterpreter, type Interpreter, named } from '../session/interpreter';
import type { Run } from '../session/runs';
import type { Session } from '../session/session';
import { settingsFor } from '../support/config';
import { type Disposable, Emitter } from '../support/disposable';
import { Failure } from '../support/failure';
import { type ComparedRuns, ComparisonPanel } from '../views/comparison/comparisonPanel';
import { pickInputs, pickOne } from '../views/functions/functionPicker';
import { revealPlace } from '../views/reveal';
import { saveContent } from '../views/saveContent';

/** What is to be compared. */
export interface ComparedFunction {
  readonly document: vscode.TextDocument;
  readonly function: string;
  readonly inputs: string;
}

const TITLE = 'Compare modes of a function';

export interface ModeComparisonParts {
  readonly extensionUri: vscode.Uri;
  readonly extensionPath: string;
  readonly log: vscode.LogOutputChannel;
  attempt(work: () => Promise<unknown>): Promise<void>;
  showTimeline(run: Run): void;
  /** The document to run, saved; rejects with a Failure when it may not be run. */
  program(uri?: vscode.Uri): Promise<vscode.TextDocument>;
  readonly memory: vscode.Memento;
}

interface OneRun {
  readonly session: Session;
  readonly figures: ModeFigures;
}

/** What the command may be given: by the lens above a function. */
interface AskedFunction {
  readonly uri: vscode.Uri;
  readonly function: string;
}

export function registerModeComparison(parts: ModeComparisonParts): Disposable {
  const compare = async (asked?: AskedFunction): Promise<void> => {
    const document = await parts.program(asked?.uri);
    const called = asked?.function ?? (await pickOne(await vscode.window.showTextDocument(document), TITLE))?.name;
    const inputs = called && (await pickInputs(document.uri, called, parts.memory));
    if (called && inputs) await openModeComparison(parts, { document, function: called, inputs });
  };
  return vscode.commands.registerCommand('interleave.compareModes', (asked?: AskedFunction) =>
    parts.attempt(() => compare(asked && 'function' in asked ? asked : undefined)),
  );
}

/** Rejects with a Failure when nothing can be run. */
async function openModeComparison(parts: ModeComparisonParts, compared: ComparedFunction): Promise<void> {
  const { document } = compared;
  if (document.isUntitled) throw new Failure(`${document.uri.path} was never saved; save it and compare again.`);
  const pythons = await pythonsFor(document, parts.log);
  const runs = new ModeRuns(compared, settingsFor(document.uri).workers);
  const title = `Compare modes: ${compared.function}`;
  const panel = vscode.window.createWebviewPanel('interleave.comparison', title, vscode.ViewColumn.Beside);
  panel.iconPath = vscode.Uri.joinPath(parts.extensionUri, 'media', 'timeline.svg');
  const stopper = new AbortController();
  const comparison = new ComparisonPanel(panel, parts.extensionUri, runs, {
    reveal: (_run, place) => void parts.attempt(() => revealPlace(place)),
    open: (place) => parts.showTimeline(asRun(compared, runs.sources[place])),
    save: () =>
      void parts.attempt(() =>
        saveContent(`${compared.function}-modes.json`, `${JSON.stringify(runs.found(), null, 2)}\n`),
      ),
  });
  panel.onDidDispose(() => {
    stopper.abort();
    comparison.dispose();
    runs.dispose();
  });
  const cancelled = (token: vscode.CancellationToken): void =>
    void token.onCancellationRequested(() => stopper.abort());
  const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  await vscode.window.withProgress(options, (progress, token) => {
    cancelled(token);
    return runs.runAll(parts.extensionPath, pythons, stopper.signal, (message) => progress.report({ message }));
  });
}

/** A run as timelines show it; run again, it is one like all others. */
export function asRun({ document, function: called, inputs }: ComparedFunction, session: Session | undefined): Run {
  if (!session) throw new RangeError('no such run');
  const { mode } = session.plan;
  const request = { uri: document.uri.toString(), mode, function: called, inputs };
  const title = `${basename(document.uri.fsPath)}: ${called} ${modeName(mode)}`;
  return { request, title, slot: 0, session, startedAt: new Date(), isEarlier: false };
}

/** The Python of the editor, and those of the setting. */
async function pythonsFor(document: vscode.TextDocument, log: vscode.LogOutputChannel): Promise<Interpreter[]> {
  const { python, comparePythons } = settingsFor(document.uri);
  const first = await findInterpreter(await interpreterCandidates(document.uri, python, log));
  const found = [first];
  for (const path of comparePythons) {
    const next = await findInterpreter([named(path, 'the setting interleave.compare.pythons')]);
    if (!found.some((known) => known.path === next.path)) found.push(next);
  }
  return found;
}

/** What was run so far, a column for each mode and Python. */
class ModeRuns implements ComparedRuns, Disposable {
  private readonly changed = new Emitter();
  readonly onDidChange = this.changed.event;
  private readonly runs: OneRun[] = [];
  private progress = 'Python starts.';
  private skipped: CompareDocument['skipped'] = [];

  constructor(
    private readonly compared: ComparedFunction,
    private readonly workers: number,
  ) {}

  /** Of each column the run whose wall time is the median so far. */
  get sources(): readonly Session[] {
    return this.found().runs.map(({ mode, python, wallNs }) => {
      const own = this.runs.filter(({ figures }) => figures.mode === mode && figures.python === python);
      const distance = ({ figures }: OneRun): number => Math.abs(figures.wallNs - wallNs.median);
      return own.reduce((best, run) => (distance(run) < distance(best) ? run : best)).session;
    });
  }

  comparison(): Comparison {
    return comparisonPage(this.found(), this.progress);
  }

  found(): CompareDocument {
    const { function: called, inputs } = this.compared;
    const figures = this.runs.map((run) => run.figures);
    return compareRuns({ function: called, inputs, workers: this.workers }, figures, this.skipped);
  }

  async runAll(
    productFolder: string,
    pythons: readonly Interpreter[],
    signal: AbortSignal,
    tell: (message: string) => void,
  ): Promise<void> {
    const { document, function: called, inputs } = this.compared;
    const { compareRepeat: repeat } = settingsFor(document.uri);
    const folder = vscode.workspace.getWorkspaceFolder(document.uri);
    const { skipped } = await compareModes({
      file: document.uri.fsPath,
      cwd: folder?.uri.fsPath ?? dirname(document.uri.fsPath),
      function: called,
      inputs,
      workers: this.workers,
      modes: COMPARED_MODES,
      pythons,
      repeat,
      productFolder,
      signal,
      onBegin: (mode, { version }, round) => {
        const on = pythons.length > 1 ? ` on Python ${version}` : '';
        this.progress = `${basename(document.uri.fsPath)}: ${called} ${modeName(mode)}${on}, round ${round} of ${repeat}`;
        tell(this.progress);
        this.changed.fire();
      },
      onRun: (session, figures) => {
        if (figures) this.runs.push({ session, figures });
        this.changed.fire();
      },
    });
    this.skipped = skipped;
    this.progress = signal.aborted ? 'Stopped: what is here is not enough for a verdict.' : '';
    this.changed.fire();
  }

  dispose(): void {
    this.changed.dispose();
  }
}
