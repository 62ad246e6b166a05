import { join } from 'node:path';
import * as vscode from 'vscode';
import type { PanelCommand } from '../common/protocol';
import type { Trace } from './engine/trace';
import { exportedTrace } from './session/exportTrace';
import type { Findings } from './session/findings';
import { startInTerminal } from './session/launchTask';
import { LastRuns } from './session/lint/lastRuns';
import { LintClient } from './session/lint/lintClient';
import { ruffSelection } from './session/lint/ruffConfig';
import { removeStaleRunFolders } from './session/runFolder';
import { AS_WRITTEN, type Run, Runs } from './session/runs';
import { showError } from './support/log';
import { registerFindingCommands } from './views/findings/findingActions';
import { FindingDiagnostics } from './views/findings/findingDiagnostics';
import { showFunctionLenses } from './views/functions/functionLenses';
import { lintOpenDocuments } from './views/lint/linting';
import { documentToRun } from './views/programDocument';
import { revealPlace } from './views/reveal';
import { showRunStatus } from './views/runStatus';
import { exportTo } from './views/runs/exportTo';
import { saveContent } from './views/saveContent';
import { RunTimelines } from './views/timeline/runTimelines';
import { askSavePath } from './views/tracePaths';
import { type ModeComparisonParts, registerModeComparison } from './wiring/compareModes';
import { registerRunComparison } from './wiring/comparisons';
import { confirming } from './wiring/confirming';
import { ranFunctions } from './wiring/functionLenses';
import { registerGallery } from './wiring/gallery';
import { showLineGutter } from './wiring/lineGutter';
import { NotebookRuns, registerRunCell } from './wiring/notebookRuns';
import { lensActions, registerRunCommands } from './wiring/runCommands';
import { assertTrusted, documentOf, fileOf, program } from './wiring/runDocuments';
import { showRunsView } from './wiring/runsView';
import { openSavedTraces } from './wiring/savedTraces';
import { registerScaling } from './wiring/scaling';
import { WatchedRuns } from './wiring/watchedRuns';

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
  const { confirm, confirmSaved } = confirming(runs);
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
    openSavedTraces({
      ...{ extensionUri: context.extensionUri, runs, diagnostics, lastRuns, lineGutter, attempt, exportAs },
      confirmSaved,
      learn: (path, findings) => runsView.learn(path, findings),
    }),
    registerRunCommands({ runs, timelines, watched, memory: context.workspaceState, attempt, perform, confirm }),
  );
  const showLine = (run: Run, file: string, line: number): void => timelines.showLine(run, file, line);
  const lenses = lensActions({ runs, memory: context.workspaceState, attempt });
  context.subscriptions.push(showFunctionLenses(ranFunctions({ runs, fileOf, showLine }), lenses));
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
    registerRunComparison({
      ...{ extensionUri: context.extensionUri, runs, attempt, documentOf },
      active: () => timelines.active,
      showTimeline: (run) => timelines.show(run),
    }),
    registerModeComparison(comparisonParts),
    registerScaling(comparisonParts),
  );
  void vscode.commands.executeCommand('setContext', 'interleave.isActive', true);
  void removeStaleRunFolders().catch((error: unknown) => log.warn(String(error)));
}

function tellOfCopy(uri: vscode.Uri): void {
  void vscode.window.showInformationMessage(`${uri.path} was never saved, so a copy of its text is run.`);
}
