import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { constants } from 'node:os';
import { basename, join } from 'node:path';
import type { TraceDelta } from '../../common/protocol';
import type { Note, Problem } from '../../common/trace';
import { NOTES_FILE } from '../engine/notes';
import { TRACE_DONE, Trace } from '../engine/trace';
import { type Disposable, Emitter } from '../support/disposable';
import { sentenceOf } from '../support/failure';
import { END_FILE, endFile, parseEnd, type RunEnd } from './endFile';
import { Findings } from './findings';
import { type Interpreter, supervisorPath } from './interpreter';
import type { Launch, Launched, ProcessEnd } from './launch';
import { notesChunk } from './notes';
import { killRun, terminate } from './processes';
import { createRunFolder, type RunPlan, removeRunFolder, writePlan } from './runFolder';
import { type SavedFile, writeSavedTrace } from './savedTraces';
import { Tail } from './tail';
import { readerOf } from './traceReader';

/** The supervisor ends a program by force after two seconds. When even that did not help, we end the supervisor as well. */
const STOP_GRACE_MS = 5000;

/** Why a run was ended before the program had finished. */
type StopReason = 'stopped' | 'timeout';

export interface SessionOptions {
  readonly plan: RunPlan;
  /** The text of the file, when it was never saved: it is run from the run folder. */
  readonly unsavedText?: string;
  readonly interpreter: Interpreter;
  /** Folder in which the product lies; the runtime is below it. */
  readonly productFolder: string;
  readonly launch: Launch;
}

/** One run of one program, from its start until it is disposed of: starting → running → ended or failed. */
export class Session implements Disposable {
  readonly trace = new Trace();
  readonly findings = new Findings(this.trace, () => this.changed.fire());
  /** Resolves when the program has ended and all that it wrote was read; never rejects. */
  readonly ended: Promise<void>;
  private readonly changed = new Emitter();
  /** The trace has changed; at most once for each tick of the tail. */
  readonly onDidChange = this.changed.event;
  private readonly tail: Tail;
  /** What the trace itself cannot tell. */
  private problems: readonly Problem[] = [];
  private stopReason: StopReason | undefined;
  private killTimer: NodeJS.Timeout | undefined;
  /** Bytes of `end.json`, once the run is over. */
  private end: Uint8Array | undefined;

  private constructor(
    readonly plan: RunPlan,
    private readonly folder: string,
    private readonly launching: Promise<Launched>,
  ) {
    this.tail = new Tail(folder, this.trace, () => this.changed.fire());
    this.ended = this.follow();
  }

  /** Begins to start a program; when that fails, the session's state says so. Rejects when not even that can be begun. */
  static async start(options: SessionOptions): Promise<Session> {
    const folder = await createRunFolder();
    try {
      const plan = await inFolder(options, folder);
      await writePlan(folder, plan);
      const launching = options.launch({
        executable: options.interpreter.path,
        args: ['-I', '-S', supervisorPath(options.productFolder), folder],
        cwd: plan.cwd,
      });
      return new Session(plan, folder, launching);
    } catch (error) {
      removeRunFolder(folder);
      throw error;
    }
  }

  /** Whether the program has ended, or was never started. */
  get isOver(): boolean {
    return this.end !== undefined;
  }

  /** A reader that first gives the whole trace, then what came since its last call. */
  openReader(mostRows?: number): () => TraceDelta {
    return readerOf(this.trace, this.findings, () => this.problems, mostRows);
  }

  /** All that is missing or doubtful, one sentence each. */
  get allProblems(): readonly Problem[] {
    return [...this.problems, ...this.trace.problems];
  }

  /** Ends the program and all that it started: asks first, then by force. Resolves when the run is over. */
  async stop(reason: StopReason = 'stopped'): Promise<void> {
    if (!this.isOver && this.stopReason === undefined) {
      this.stopReason = reason;
      await this.launching.then((launched) => this.endProgram(launched)).catch(() => undefined);
    }
    await this.ended;
  }

  /** Keeps notes with the trace, in place of those before; they are saved with it. */
  keepNotes(notes: readonly Note[]): void {
    this.trace.append(notesChunk(notes));
    this.changed.fire();
  }

  /** Packs what was recorded into one file. Rejects with a Failure. */
  async save(path: string): Promise<void> {
    await writeSavedTrace(path, this.recordedFiles());
  }

  /** Ends the run if it still goes on, and removes the run folder. */
  async close(): Promise<void> {
    await this.stop();
    this.dispose();
  }

  /** As `close`, without waiting when there is nothing to wait for: the host may be about to end. */
  dispose(): void {
    if (!this.isOver) {
      void this.close();
      return;
    }
    this.changed.dispose();
    this.tail.dispose();
    removeRunFolder(this.folder);
  }

  private async endProgram({ pid, closePlace }: Launched): Promise<void> {
    if (this.isOver) return;
    if (pid === undefined) {
      closePlace();
      return;
    }
    this.killTimer = setTimeout(() => void killRun(pid, this.folder), STOP_GRACE_MS);
    await terminate(pid);
  }

  private recordedFiles(): SavedFile[] {
    const names = this.tail.names().filter((name) => name !== END_FILE);
    const files = names.map((name) => ({ name, contents: this.tail.contents(name) }));
    if (this.trace.notes.length > 0)
      files.push({ name: NOTES_FILE, contents: once(notesChunk(this.trace.notes).bytes) });
    return this.end ? [...files, { name: END_FILE, contents: once(this.end) }] : files;
  }

  private async follow(): Promise<void> {
    let end: RunEnd | undefined;
    try {
      const launched = await this.launching;
      const processEnd = await launched.ended;
      clearTimeout(this.killTimer);
      await this.tail.drain();
      if (!existsSync(this.folder)) this.problems = [FOLDER_DELETED];
      end = parseEnd(await this.tail.bytes(END_FILE)) ?? this.endWithoutFile(processEnd);
    } catch (error) {
      end = { exitCode: null, how: 'failed', text: sentenceOf(error) };
    }
    if (this.stopReason === 'timeout') end = { ...end, how: 'timeout' };
    const chunk = endFile(end);
    this.end = chunk.bytes;
    this.trace.append(chunk);
    this.trace.append(TRACE_DONE);
    this.changed.fire();
  }

  /** How a run ended whose supervisor could not write it down. */
  private endWithoutFile({ code, signal }: ProcessEnd): RunEnd {
    // As Python's subprocess has it: negative for a signal.
    const exitCode = signal ? -constants.signals[signal] : code;
    if (this.stopReason) return { exitCode, how: this.stopReason };
    if (this.problems.includes(FOLDER_DELETED)) return { exitCode, how: signal ? 'killed' : 'exited' };
    const text =
      this.trace.units.length > 0
        ? 'The recording was ended from outside before the program was; run it again.'
        : 'Python could not be started or ended at once; the terminal says why.';
    return { exitCode, how: 'failed', text };
  }
}

const FOLDER_DELETED: Problem = {
  kind: 'lost',
  text: 'The program deleted the folder of its recording; some of what it did after that is missing.',
};

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

async function inFolder({ plan, unsavedText }: SessionOptions, folder: string): Promise<RunPlan> {
  if (unsavedText === undefined) return plan;
  const file = join(folder, basename(plan.file));
  await writeFile(file, unsavedText, { mode: 0o600 });
  // What is to be held is in the copy as well.
  const moved = <Place extends { readonly file: string }>(place: Place): Place =>
    place.file === plan.file ? { ...place, file } : place;
  const confirm = plan.confirm && { ...plan.confirm, locations: plan.confirm.locations.map(moved) };
  return { ...plan, file, ...(confirm ? { confirm, pauses: plan.pauses?.map(moved) ?? [] } : {}) };
}
