import { basename } from 'node:path';
import type { Mode } from '../../common/trace';
import { type Disposable, Emitter } from '../support/disposable';
import type { Confirmation } from './confirm';
import type { Session } from './session';

/** What the user asked to be run. */
export interface RunRequest {
  /** URI of the document. */
  readonly uri: string;
  readonly mode: Mode;
  /** '' in the mode as-written, and so are the inputs. */
  readonly function: string;
  readonly inputs: string;
  /** Lines to run instead of the whole file; `line` is the first one's number, from 1. */
  readonly selection?: { readonly text: string; readonly line: number };
  /** A cell of the notebook that `uri` names, to run after the cells above it; its number from 1 is for people. */
  readonly cell?: { readonly uri: string; readonly number: number };
  /** The run is to confirm a finding of an earlier one: it runs as that did. */
  readonly confirm?: Confirmation;
}

/** A program as it is, not one of its functions in a mode. */
export const AS_WRITTEN = { mode: 'as-written', function: '', inputs: '' } as const;

/** Starts a program. Of the runs of one file at the same time, each has another slot. Rejects with a Failure. */
export type StartSession = (request: RunRequest, slot: number) => Promise<Session>;

/** A program that was run from the editor, once or again and again; its session is the latest one. */
export interface Run {
  request: RunRequest;
  /** For people: `prime.py`, `prime.py: check`, or the name that the user gave. */
  title: string;
  readonly slot: number;
  session: Session;
  /** When the session was started. */
  startedAt: Date;
  /** The same program was run again since: this is what was recorded before. */
  readonly isEarlier: boolean;
}

/** So many runs are kept; fewer when they hold much. */
export const MOST_RUNS = 20;
/** Rows of the tables of all runs that are over and not looked at: some 500 MB. */
const MOST_ROWS = 10_000_000;

/** The runs of one window. */
export class Runs implements Disposable {
  private readonly runs = new Set<Run>();
  private readonly started = new Emitter<Run>();
  private readonly changed = new Emitter();
  /** A run has a new session: it was started, or started again. */
  readonly onDidStart = this.started.event;
  /** A run was started, is over, or was forgotten. */
  readonly onDidChange = this.changed.event;

  private readonly forgotten = new Emitter<Run>();
  /** What a run recorded is gone. */
  readonly onDidForget = this.forgotten.event;

  constructor(private readonly startSession: StartSession) {}

  get all(): Run[] {
    return [...this.runs];
  }

  /** Those that go on. */
  get active(): Run[] {
    return this.all.filter((run) => !run.session.isOver);
  }

  /** Those that are not superseded by a later run of the same program. */
  private get latest(): Run[] {
    return this.all.filter((run) => !run.isEarlier);
  }

  /** Runs what was asked for; when the same was run before and is over, in its place. Rejects with a Failure. */
  async start(request: RunRequest): Promise<void> {
    const finished = this.latest.find((run) => run.session.isOver && isSameProgram(run.request, request));
    if (finished) return this.restart(finished, request);
    const slot = freeSlot(this.latest.filter((run) => run.request.uri === request.uri));
    const session = await this.startSession(request, slot);
    this.follow({ request, title: titleOf(request), slot, session, startedAt: new Date(), isEarlier: false });
  }

  /** Runs the same again, after stopping it when it still goes on. Rejects with a Failure. */
  async runAgain(run: Run): Promise<void> {
    if (run.isEarlier) return this.start(run.request);
    await run.session.stop();
    await this.restart(run, run.request);
  }

  rename(run: Run, title: string): void {
    run.title = title;
    this.changed.fire();
  }

  /** Forgets the oldest runs of those that are over and not `needed`, beyond what is kept. */
  keepNewest(isNeeded: (run: Run) => boolean): void {
    const rest = this.all.filter((run) => run.session.isOver && !isNeeded(run));
    let kept = this.runs.size - rest.length;
    let rows = 0;
    for (const run of rest.sort((a, b) => b.startedAt.getTime() - a.startedAt.getTime())) {
      kept++;
      rows += rowsOf(run.session);
      if (kept > MOST_RUNS || rows > MOST_ROWS) this.forget(run);
    }
  }

  /** Ends what still goes on of a run and forgets what it recorded. */
  forget(run: Run): void {
    this.runs.delete(run);
    run.session.dispose();
    this.forgotten.fire(run);
    this.changed.fire();
  }

  dispose(): void {
    for (const run of this.all) this.forget(run);
    this.started.dispose();
    this.changed.dispose();
    this.forgotten.dispose();
  }

  private async restart(run: Run, request: RunRequest): Promise<void> {
    const session = await this.startSession(request, run.slot);
    const isWorthKeeping = run.session.trace.units.length > 0;
    if (isWorthKeeping) this.runs.add({ ...run, isEarlier: true });
    else run.session.dispose();
    run.session = session;
    run.request = request;
    // A name that the user gave stays with what it was given to.
    run.title = titleOf(request);
    run.startedAt = new Date();
    this.follow(run);
  }

  private follow(run: Run): void {
    this.runs.add(run);
    this.started.fire(run);
    this.changed.fire();
    void run.session.ended.then(() => this.changed.fire());
  }
}

function freeSlot(runs: readonly Run[]): number {
  const taken = new Set(runs.map((run) => run.slot));
  let slot = 0;
  while (taken.has(slot)) slot++;
  return slot;
}

function rowsOf({ trace }: Session): number {
  const { spans, waits, holds, coreSpans, states, lines } = trace;
  return [spans, waits, holds, coreSpans, states, lines].reduce((sum, { length }) => sum + length, 0);
}

function isSameProgram(one: RunRequest, other: RunRequest): boolean {
  return one.uri === other.uri && titleOf(one) === titleOf(other);
}

function titleOf({ uri, function: called, selection, cell, confirm }: RunRequest): string {
  const file = basename(decodeURIComponent(new URL(uri).pathname));
  if (confirm) return `${file}: confirm ${confirm.how.confirm.rule}`;
  if (called) return `${file}: ${called}`;
  if (cell) return `${file}: cell ${cell.number}`;
  return selection ? `${file}: line ${selection.line}` : file;
}
