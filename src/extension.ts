import { basename, join } from 'node:path';
import * as vscode from 'vscode';
import type { PanelCommand } from '../common/protocol';
import type { Trace } from './engine/trace';
import { exportedTrace } from './session/exportTrace';
import type { Findings } from './session/findings';
import { startInTerminal } from './session/launchTask';
import { LastRuns } from './session/lint/lastRuns';
import { LintClient } from './session/lint/lintClient';
import { ruffSelection } from './session/lint/ruffConfig';
import { type RunPlan, removeStaleRunFolders } from './session/runFolder';
import { type Run, type RunRequest, Runs } from './session/runs';
import { SavedTrace } from './session/savedTrace';
import { Failure } from './support/failure';
import { showError } from './support/log';
import { pickFinding } from './views/findings/confirmation';
import { registerFindingCommands } from './views/findings/findingActions';
import { FindingDiagnostics } from './views/findings/findingDiagnostics';
import { type LensActions, showFunctionLenses } from './views/functions/functionLenses';
import { pickFunction, pickInputs } from './views/functions/functionPicker';
import { lintOpenDocuments } from './views/lint/linting';
import { documentToRun, selectedLines } from './views/programDocument';
import { revealPlace } from './views/reveal';
import { pickRun } from './views/runPicker';
import { showRunStatus } from './views/runStatus';
import { exportTo } from './views/runs/exportTo';
import { saveContent } from './views/saveContent';
import { RunTimelines } from './views/timeline/runTimelines';
import { registerSavedTraceEditor } from './views/timeline/savedTraceEditor';
import { askSavePath, askTracePath } from './views/tracePaths';
import { type ModeComparisonParts, registerModeComparison } from './wiring/compareModes';
import { type Comparable, openComparison, pickOther } from './wiring/comparisons';
import { ranFunctions } from './wiring/functionLenses';
import { registerGallery } from './wiring/gallery';
import { showLineGutter } from './wiring/lineGutter';
import { NotebookRuns, registerRunCell } from './wiring/notebookRuns';
import { showRunsView } from './wiring/runsView';
import { registerScaling } from './wiring/scaling';
import { WatchedRuns } from './wiring/watchedRuns';

const AS_WRITTEN = { mode: 'as-written', function: '', inputs: '' } as const;

export function activate(context: vscode.ExtensionContext): void {
  const log = vscode.window.createOutputChannel('Interleave', { log: true });
  /** Every failure ends here: one sentence for the user, the rest for the log. */
  const attempt = (work: () => Promise<unknown>): Promise<void> =>
    work().then(
      () => undefined,
      (error: unknown) => showError(log, error),
    );

  const notebooks = new NotebookRuns();
  const runs = new Runs(async (request, slot) => {
    assertTrusted();
    const cells = request.cell && notebooks.prepare(request);
    const document = cells ? cells.text : await documentToRun(vscode.Uri.parse(request.uri));
    if (document.isUntitled && !cells) tellOfCopy(document.uri);
    const session = await startInTerminal({ document, request, slot, productFolder: context.extensionPath, log });
    cells?.started(session);
    return session;
  });
  const exportAs = (title: string, { trace, findings }: { trace: Trace; findings: Findings }): Promise<void> =>
    exportTo(title, (format) => exportedTrace(format, trace, findings, context.extensionPath));
  const perform = async (command: PanelCommand, run: Run): Promise<void> => {
    if (command === 'stop') return run.session.stop();
    if (command === 'runAgain') return runs.runAgain(run);
    if (command === 'export') return exportAs(run.title, run.session);
    const path = await askSavePath(run.title);
    if (path) await run.session.save(path);
  };
  const timelines = new RunTimelines(
    context.extensionUri,
    (run) => notebooks.sourceOf(run),
    (run) => ({
      reveal: (place) =>
        void attempt(async () => {
          if (!(await notebooks.reveal(run, place))) await revealPlace(place, documentOf(run, place.file));
        }),
      command: (command) => void attempt(() => perform(command, run)),
      selected: (places) => lineGutter.selected(run, places),
      save: (name, content) => void attempt(() => saveContent(name, content)),
      keepNotes: (notes) => run.session.keepNotes(notes),
    }),
  );
  const lineGutter = showLineGutter({ runs, timelines, attempt, documentOf, fileOf });
  const diagnostics = new FindingDiagnostics(context.extensionPath);
  const lintClient = new LintClient(join(context.extensionPath, 'dist'), (text) => log.warn(text));
  const lastRuns = new LastRuns();
  const watched = new WatchedRuns({
    ...{ runs, timelines, diagnostics, lastRuns, notebooks, documentOf, fileOf },
    stop: (run) => void attempt(() => perform('stop', run)),
    confirm: (run, id) => void attempt(() => confirm(run, id)),
  });
  const runsView = showRunsView({
    ...{ runs, attempt, productFolder: context.extensionPath },
    show: (run) => timelines.show(run),
    renamed: (run) => timelines.renamed(run),
    runAgain: (run) => perform('runAgain', run),
    runFile: (file) => runs.start({ ...AS_WRITTEN, uri: vscode.Uri.file(file).toString() }),
    stop: (run) => perform('stop', run),
    save: (run) => perform('save', run),
  });
  context.subscriptions.push(
    log,
    lintClient,
    lastRuns,
    ...lintOpenDocuments(lintClient, lastRuns, ruffSelection, context.extensionPath),
    runs,
    timelines,
    diagnostics,
    ...registerFindingCommands(),
    showRunStatus(runs, watched),
    watched,
    lineGutter,
    runsView,
    registerRunCell((request) => runs.start(request), attempt),
    registerSavedTraceEditor(context.extensionUri, {
      open: SavedTrace.open,
      actionsFor: (saved) => ({
        reveal: (place) => void attempt(() => revealPlace(place)),
        command: (command) => void attempt(() => performOnSaved(command, saved)),
        selected: (places) => lineGutter.selected(saved, places),
        save: (name, content) => void attempt(() => saveContent(name, content)),
        keepNotes: (notes) => void attempt(() => saved.keepNotes(notes)),
      }),
      didOpen: (saved, show, showLine) => {
        diagnostics.follow(saved, saved, {
          show,
          confirm: (id) => void attempt(() => confirmSaved(saved, id)),
          documentOf: () => undefined,
        });
        lastRuns.follow(saved, saved, saved.trace.run.file, fileAt);
        lineGutter.followSaved(saved, fileAt, showLine);
        void saved.loaded.then(() => runsView.learn(saved.path, saved.findings));
      },
      didClose: (saved) => {
        diagnostics.forget(saved);
        lastRuns.forget(saved);
        lineGutter.forgetSaved(saved);
      },
    }),
  );
  /** Runs a program again, as it was run, to see a finding of that run happen. */
  const confirm = ({ request, session }: Run, id: number): Promise<void> =>
    confirmAs(request, session.plan, session.findings, id);
  const confirmSaved = async (saved: SavedTrace, id: number): Promise<void> => {
    const plan = await saved.plan();
    return confirmAs({ ...AS_WRITTEN, uri: vscode.Uri.file(plan.file).toString() }, plan, saved.findings, id);
  };
  const confirmAs = async (request: RunRequest, plan: RunPlan, findings: Findings, id: number): Promise<void> => {
    const finding = findings.all().find((each) => each.id === id);
    const how = finding && findings.confirmPlanFor(finding);
    if (how) await runs.start({ ...request, confirm: { plan, how } });
  };
  const performOnSaved = async (command: PanelCommand, saved: SavedTrace): Promise<void> => {
    const { file } = saved.trace.run;
    if (command === 'runAgain') await runs.start({ ...AS_WRITTEN, uri: vscode.Uri.file(file).toString() });
    if (command === 'export') await exportAs(basename(file), saved);
    if (command !== 'save') return;
    const path = await askSavePath(basename(file));
    if (path) await saved.copyTo(path);
  };

  /** The document to run, when it may be run. */
  const program = async (uri?: vscode.Uri): Promise<vscode.TextDocument> => {
    assertTrusted();
    return documentToRun(uri);
  };
  const start = (document: vscode.TextDocument, request: Omit<RunRequest, 'uri'>): Promise<void> =>
    runs.start({ ...request, uri: document.uri.toString() });
  const lensActions: LensActions = {
    attempt,
    run: async (uri, name, mode) => {
      const document = await program(uri);
      const inputs = await pickInputs(uri, name, context.workspaceState);
      if (inputs) await start(document, { function: name, mode, inputs });
    },
  };
  const showLine = (run: Run, file: string, line: number): void => timelines.showLine(run, file, line);
  context.subscriptions.push(showFunctionLenses(ranFunctions({ runs, fileOf, showLine }), lensActions));
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
      const choice = await pickFunction(await vscode.window.showTextDocument(document), context.workspaceState);
      if (choice) await start(document, choice);
    },
    stop: () => withRun(runs.active, (run) => perform('stop', run)),
    runAgain: () => withRun(watched.orAll, (run) => perform('runAgain', run)),
    saveTrace: () => withRun(watched.orAll, (run) => perform('save', run)),
    showTimeline: () => withRun(watched.orAll, (run) => timelines.show(run)),
    confirmFinding: () =>
      withRun(watched.orAll, async (run) => {
        const id = await pickFinding(run);
        if (id !== undefined) await confirm(run, id);
      }),
    openTrace: async () => {
      for (const uri of await askTracePath()) await vscode.commands.executeCommand('vscode.open', uri);
    },
  };
  for (const [name, command] of Object.entries(commands)) {
    const run = (uri?: unknown): Promise<void> => attempt(() => command(uri instanceof vscode.Uri ? uri : undefined));
    context.subscriptions.push(vscode.commands.registerCommand(`interleave.${name}`, run));
  }
  const comparisonParts: ModeComparisonParts = {
    extensionUri: context.extensionUri,
    extensionPath: context.extensionPath,
    log,
    attempt,
    showTimeline: (run) => timelines.show(run),
    program,
    memory: context.workspaceState,
  };
  context.subscriptions.push(
    registerGallery({ extensionUri: context.extensionUri, storage: context.globalStorageUri, attempt }),
    registerModeComparison(comparisonParts),
    registerScaling(comparisonParts),
  );
  const compare = async (first?: Comparable, second?: Comparable): Promise<void> => {
    const one = first ?? (await pickedRun());
    const other = one && (second ?? (await pickOther(one, runs.all)));
    if (!one || !other) return;
    openComparison(
      { extensionUri: context.extensionUri, attempt, documentOf, showTimeline: (run) => timelines.show(run) },
      one,
      other,
    );
  };
  const pickedRun = async (): Promise<Comparable | undefined> => {
    const run = timelines.active ?? (await pickRun(runs.all));
    return run && { kind: 'run', run };
  };
  context.subscriptions.push(
    vscode.commands.registerCommand('interleave.compareRuns', (first?: Comparable, second?: Comparable) =>
      attempt(() => compare(first, second)),
    ),
  );
  void vscode.commands.executeCommand('setContext', 'interleave.isActive', true);
  void removeStaleRunFolders().catch((error: unknown) => log.warn(String(error)));
}

/** A document that was never saved runs as a copy; its places are shown in the document. */
function documentOf(run: Run, file: string): vscode.Uri | undefined {
  return file === run.session.plan.file && !run.request.cell ? vscode.Uri.parse(run.request.uri) : undefined;
}

/** The other way: the file of a document, as the run's trace names it. */
function fileOf(run: Run, address: string): string | undefined {
  return address === run.request.uri ? run.session.plan.file : fileAt(address);
}

function fileAt(address: string): string | undefined {
  const uri = vscode.Uri.parse(address);
  return uri.scheme === 'file' ? uri.fsPath : undefined;
}

function tellOfCopy(uri: vscode.Uri): void {
  void vscode.window.showInformationMessage(`${uri.path} was never saved, so a copy of its text is run.`);
}

function frontEditor(): vscode.TextEditor {
  const editor = vscode.window.activeTextEditor;
  if (!editor) throw new Failure('No file is open; open a Python file and run it again.');
  return editor;
}

/** Programs are run only where the user trusts the folder; saved traces can be viewed everywhere. */
function assertTrusted(): void {
  if (vscode.workspace.isTrusted) return;
  throw new Failure(
    'This workspace is not trusted, so nothing of it is run; trust it (Workspaces: Manage Workspace Trust) and run it again.',
  );
}
