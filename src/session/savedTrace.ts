import { copyFile } from 'node:fs/promises';
import type { TraceDelta } from '../../common/protocol';
import type { Note, Problem } from '../../common/trace';
import { TRACE_DONE, Trace } from '../engine/trace';
import { type Disposable, Emitter } from '../support/disposable';
import { errorCode, Failure, sentenceOf } from '../support/failure';
import { readRun } from './confirm';
import { endFile } from './endFile';
import { Findings } from './findings';
import { appendNotes, notesChunk } from './notes';
import type { RunPlan } from './runFolder';
import { readSavedTrace } from './savedTraces';
import { readerOf } from './traceReader';

/** A saved trace that is being read, and what is wrong with its file. */
export class SavedTrace implements Disposable {
  readonly trace = new Trace();
  readonly findings = new Findings(this.trace, () => this.changed.fire());
  /** Resolves when all that can be read was read; never rejects. */
  readonly loaded: Promise<void>;
  private problems: readonly Problem[] = [];
  private keeping: Promise<void> = Promise.resolve();
  private readonly changed = new Emitter();
  readonly onDidChange = this.changed.event;

  private constructor(readonly path: string) {
    this.loaded = readSavedTrace(path, this.trace).then(
      (problems) => {
        this.problems = problems;
        this.finish();
      },
      (error: unknown) => {
        this.trace.append(endFile({ exitCode: null, how: 'failed', text: sentenceOf(error) }));
        this.finish();
      },
    );
  }

  /** Begins to read a file. */
  static open(path: string): SavedTrace {
    return new SavedTrace(path);
  }

  openReader(mostRows?: number): () => TraceDelta {
    return readerOf(this.trace, this.findings, () => this.problems, mostRows);
  }

  /** Keeps the file under another name as well. Rejects with a Failure. */
  async copyTo(path: string): Promise<void> {
    await copyFile(this.path, path).catch((error: unknown) => {
      throw new Failure(`The trace could not be saved to ${path} (${errorCode(error)}); choose another place.`);
    });
  }

  /** Keeps notes in the file, in place of those before. Rejects with a Failure; then they are there until it is closed. */
  keepNotes(notes: readonly Note[]): Promise<void> {
    this.trace.append(notesChunk(notes));
    this.changed.fire();
    // One after the other: each writes behind the one before.
    const kept = this.keeping.then(() => appendNotes(this.path, notes));
    this.keeping = kept.catch(() => undefined);
    return kept;
  }

  /** What was run. Rejects with a Failure when the file does not tell. */
  async plan(): Promise<RunPlan> {
    return (await readRun(this.path)).plan;
  }

  dispose(): void {
    this.changed.dispose();
  }

  private finish(): void {
    this.trace.append(TRACE_DONE);
    this.changed.fire();
  }
}
