import type * as vscode from 'vscode';
import type { LastRuns } from '../session/lint/lastRuns';
import type { Run, Runs } from '../session/runs';
import { type Disposable, Disposables, Emitter } from '../support/disposable';
import { tellVerdict } from '../views/findings/confirmation';
import { offerToStop } from '../views/findings/deadlockOffer';
import type { FindingDiagnostics } from '../views/findings/findingDiagnostics';
import type { RunTimelines } from '../views/timeline/runTimelines';
import type { NotebookRuns } from './notebookRuns';

export interface WatchedParts {
  readonly runs: Runs;
  readonly timelines: RunTimelines;
  readonly diagnostics: FindingDiagnostics;
  readonly lastRuns: LastRuns;
  readonly notebooks: NotebookRuns;
  stop(run: Run): void;
  confirm(run: Run, id: number): void;
  /** Where a file of a run is edited, when that is not its path. */
  documentOf(run: Run, file: string): vscode.Uri | undefined;
  /** The other way. */
  fileOf(run: Run, address: string): string | undefined;
}

/**
 * The runs that the user looks at: they go on, or have a timeline that is open. Their findings are in the Problems list;
 * those of others are not, though the Runs view keeps them.
 */
export class WatchedRuns implements Disposable {
  private readonly owned = new Disposables();
  private readonly watched = new Set<Run>();
  private readonly changed = this.owned.add(new Emitter());
  readonly onDidChange = this.changed.event;

  constructor(private readonly parts: WatchedParts) {
    const { runs, timelines, diagnostics, lastRuns } = parts;
    this.owned.add(timelines.onDidOpen((run) => this.watch(run)));
    this.owned.add(
      timelines.onDidClose((run) => {
        if (run.session.isOver) this.unwatch(run);
      }),
    );
    this.owned.add(
      runs.onDidStart((run) => {
        timelines.show(run);
        this.watch(run);
        this.offer(run);
        lastRuns.follow(run, run.session, run.session.plan.file, (address) => parts.fileOf(run, address));
        runs.keepNewest((each) => this.watched.has(each));
        void run.session.ended.then(() => {
          if (run.session.isOver && !timelines.has(run)) this.unwatch(run);
        });
      }),
    );
    this.owned.add(
      runs.onDidForget((run) => {
        timelines.close(run);
        this.watched.delete(run);
        diagnostics.forget(run);
        lastRuns.forget(run);
      }),
    );
  }

  get all(): Run[] {
    return this.parts.runs.all.filter((run) => this.watched.has(run));
  }

  /** Those that a command without a run is most likely about. */
  get orAll(): Run[] {
    return this.watched.size > 0 ? this.all : this.parts.runs.all;
  }

  dispose(): void {
    this.owned.dispose();
  }

  private watch(run: Run): void {
    const { diagnostics, timelines, notebooks, confirm, documentOf } = this.parts;
    this.watched.add(run);
    diagnostics.follow(run, run.session, {
      show: (id) => timelines.showFinding(run, id),
      confirm: (id) => confirm(run, id),
      documentOf: (file) => documentOf(run, file),
      placeOf: (file, line) => notebooks.placeOf(run, file, line),
      wordsOf: (words) => notebooks.wordsOf(run, words),
    });
    this.changed.fire();
  }

  private unwatch(run: Run): void {
    this.watched.delete(run);
    this.parts.diagnostics.forget(run);
    this.changed.fire();
  }

  private offer(run: Run): void {
    const show = (id: number): void => this.parts.timelines.showFinding(run, id);
    offerToStop(run, { stop: () => this.parts.stop(run), show });
    tellVerdict(run, show);
  }
}
