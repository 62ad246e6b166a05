/**
 * A run, as far as it is known: the one thing that all views, reports and exports read.
 *
 * It has one mutator, `append`, which takes the bytes of a run folder's files in pieces: live, from a saved trace and in
 * tests alike. Streams are folded one by one; whatever depends on several of them (who ended a wait, whose core time it
 * is) is concluded once all of them were read that far, which the caller tells with PASS_DONE and TRACE_DONE.
 */
import { NO_ADVICE, type RunAdvice } from '../../common/advice';
import type { Finding } from '../../common/finding';
import type { TraceDelta } from '../../common/protocol';
import type { TableSlice } from '../../common/table';
import {
  type CoreInfo,
  type CoreTable,
  type DepthTable,
  type HoldTable,
  type LineTable,
  type Mark,
  NO_RUN,
  type Note,
  type OpenSpan,
  type OpenWait,
  type Problem,
  type RunInfo,
  type SharedObject,
  type Site,
  type SpanTable,
  type StateTable,
  type Unit,
  type WaitTable,
} from '../../common/trace';
import { openSpans, openWaits } from './activity';
import { readConfirm } from './confirmPlan';
import type { ConfirmVerdict } from './confirmWatch';
import { CoreSweep } from './coreSweep';
import { Cores } from './cores';
import { Detection } from './detect/detection';
import type { AccessSite } from './detect/variables';
import { closeEndedSpaces, closeEverything, closeSeenEnded, markExitStatus, matchStrayReleases } from './ending';
import { Model, type Usage } from './model';
import { baseName } from './names';
import { NOTES_FILE, readNotes } from './notes';
import { Advising } from './patterns/advising';
import {
  coresFile,
  isProblem,
  type Json,
  type MemoryInfo,
  memoryOf,
  NO_CORES,
  parseJson,
  pythonVersion,
  withEndFile,
  withRunFile,
} from './runFiles';
import { Segments } from './segments';
import { cutOffSentence, mutedSentence, sampledSentence } from './sentences';
import { shownFindings } from './shownFindings';
import { States } from './states';
import { settleWaits } from './waits';

/** A piece of one file of the run's folder. */
export interface Chunk {
  /** The file's name, without the folder. */
  readonly file: string;
  /** Where in the file the bytes start: at what the last `append` for it returned, or 0 to have the header read again. */
  readonly offset: number;
  readonly bytes: Uint8Array;
  /** The writer had its time: a slot that is still empty before a written one is a hole and will stay one. */
  readonly final: boolean;
}

const READS_NOTHING = (): undefined => undefined;
const NOTHING = new Uint8Array(0);

/** To append after each round over all files: what they said so far is complete up to where the last round ended. */
export const PASS_DONE: Chunk = { file: '', offset: 0, bytes: NOTHING, final: false };

/** To append when nothing will follow, whether or not the run came to a good end: what is still open is cut off. */
export const TRACE_DONE: Chunk = { file: '', offset: 0, bytes: NOTHING, final: true };

/** How far a reader has read; pass it to `delta` to get what came since. */
export interface Cursor {
  readonly revision: number;
  readonly findings: number;
  readonly advice: RunAdvice;
  readonly marks: number;
  readonly notes: readonly Note[] | null;
  readonly sites: number;
  readonly spans: number;
  readonly waits: number;
  readonly holds: number;
  readonly coreSpans: number;
  readonly states: number;
  readonly depths: number;
}

export class Trace {
  private readonly model = new Model();
  private readonly detection = new Detection(this.model, {
    python: () => versionOf(this.run.python),
    gil: () => this.run.gil,
  });
  private readonly segments = new Segments(this.model, this.detection);
  private readonly coreFiles = new Cores(this.model.problems);
  private readonly threadStates = new States(this.model);
  private readonly sweep = new CoreSweep(this.model, this.coreFiles, this.threadStates);
  private readonly advising = new Advising();
  private readonly corePieces = new Map<string, number>();
  private runInfo: RunInfo = NO_RUN;
  private coreInfo: CoreInfo = NO_CORES;
  private memoryInfo: MemoryInfo | null = null;
  private noteList: readonly Note[] = NO_NOTES;
  private isDone = false;
  /** `now` at the end of the last pass: all streams were read at least that far. */
  private horizon = 0;
  /** Up to where conclusions were drawn. */
  private concluded = 0;
  /** Passes since the last one that brought anything later than what was known. */
  private quietPasses = 0;

  /**
   * Takes a piece of a file and returns the offset up to which the file was read; what lies behind it is to be offered
   * again, with more. Files that are none of a run's are read and ignored.
   */
  append(chunk: Chunk): number {
    const { file, offset, bytes, final } = chunk;
    if (file === '') {
      this.conclude(final);
      return 0;
    }
    if (file.endsWith('.seg')) return this.segments.append(file, offset, bytes, final);
    if (file.endsWith('.perf') || file === 'cores.samples') return this.appendCores(file, offset, bytes);
    if (file === NOTES_FILE || file === 'run.json' || file === 'cores.json' || file === 'end.json')
      return this.appendJson(chunk);
    return offset + bytes.length;
  }

  get units(): readonly Unit[] {
    return this.model.units;
  }

  get objects(): readonly SharedObject[] {
    return this.model.objects;
  }

  /** Sites by row; one whose definition was not read yet has line 0 and empty texts. */
  get sites(): readonly Site[] {
    return this.model.sites;
  }

  get spans(): SpanTable {
    return this.model.spans;
  }

  get waits(): WaitTable {
    return this.model.waits;
  }

  get holds(): HoldTable {
    return this.model.holds;
  }

  get coreSpans(): CoreTable {
    return this.model.coreSpans;
  }

  get states(): StateTable {
    return this.model.states;
  }

  get depths(): DepthTable {
    return this.model.depths;
  }

  /** When lines ran; stays on the host. */
  get lines(): LineTable {
    return this.model.lines;
  }

  /** What processes had used at moments; empty but in a run that is to be compared. */
  get usages(): readonly Usage[] {
    return this.model.usages;
  }

  /** What memory all processes had together; null when it was not looked at. */
  get memory(): MemoryInfo | null {
    return this.memoryInfo;
  }

  /** Latest time recorded, nanoseconds since the origin. */
  get now(): number {
    return this.model.now;
  }

  get cores(): CoreInfo {
    return this.coreInfo;
  }

  get run(): RunInfo {
    const { root } = this.segments;
    if (!root) return this.runInfo;
    const state = this.runInfo.state.kind === 'starting' ? { kind: 'running' as const } : this.runInfo.state;
    const fromEnd = this.runInfo.python !== '';
    const python = fromEnd ? this.runInfo.python : pythonVersion(root.python);
    return { ...this.runInfo, state, python, gil: fromEnd ? this.runInfo.gil : root.gil };
  }

  /** Number of records that could not be written. */
  get dropped(): number {
    return this.segments.dropped;
  }

  get problems(): readonly Problem[] {
    const problems = this.model.problems.all();
    const { dropped } = this;
    if (dropped > 0) {
      problems.push({
        kind: 'dropped',
        text: `${dropped} events were not recorded, since the run's limit was reached.`,
      });
    }
    const cutOff = cutOffSentence(this.runInfo);
    if (cutOff !== '') problems.push({ kind: 'killed', text: cutOff });
    const muted = mutedSentence(this.model);
    if (muted !== '') problems.push({ kind: 'muted', text: muted });
    const sampled = sampledSentence(this.model);
    if (sampled !== '') problems.push({ kind: 'sampled', text: sampled });
    if (this.coreInfo.reason !== '') problems.push({ kind: 'cores', text: this.coreInfo.reason });
    return problems;
  }

  /** In a run that is to confirm a finding: whether it has, so far; undefined otherwise. */
  get verdict(): ConfirmVerdict | undefined {
    return this.detection.verdict;
  }

  /** What the text says of an access (site row + 1). */
  accessSite(site: number): AccessSite | undefined {
    return this.model.accessSites[site - 1];
  }

  /** The program's own marks, in the order in which their labels became known. */
  get marks(): readonly Mark[] {
    return this.model.marks;
  }

  /** What a reader wrote at moments of it. */
  get notes(): readonly Note[] {
    return this.noteList;
  }

  /** What the detectors found so far. */
  get findings(): readonly Finding[] {
    return this.detection.all;
  }

  /** Rises with each change of the findings. */
  get findingsRevision(): number {
    return this.detection.findings.changes;
  }

  /** Patterns that cost time; looked for about once a second, when somebody asks, and when the trace is done. */
  get advice(): RunAdvice {
    return this.advising.of(this, this.isDone);
  }

  /** Site row + 1 of the function that a unit runs, 0 unknown. */
  functionSite(unit: number): number {
    return this.model.functionSites[unit] ?? 0;
  }

  /** Sites row + 1 of functions whose calls are no longer recorded, since there were too many. */
  get mutedSites(): ReadonlySet<number> {
    return this.model.muted;
  }

  openSpans(): OpenSpan[] {
    return openSpans(this.model);
  }

  openWaits(): OpenWait[] {
    return openWaits(this.model);
  }

  /** What the trace gained since `cursor`; all of it, with `reset`, when there is none. Comments in the source are not asked for.
   * Of each table `mostRows` at most: the next call gives what follows. */
  delta(
    cursor: Cursor | null,
    mostRows = Number.POSITIVE_INFINITY,
  ): { readonly delta: TraceDelta; readonly cursor: Cursor } {
    const { model } = this;
    const revision = cursor?.revision ?? 0;
    const firstChangedSite = model.siteRevisions.findIndex((changed) => changed > revision);
    const { advice } = this;
    const sitesFrom = firstChangedSite === -1 ? model.sites.length : firstChangedSite;
    const delta: TraceDelta = {
      kind: 'delta',
      reset: cursor === null,
      run: this.run,
      cores: this.coreInfo,
      now: model.now,
      units: changedSince(model.units, model.unitRevisions, revision),
      sitesFrom,
      sites: model.sites.slice(sitesFrom),
      objects: changedSince(model.objects, model.objectRevisions, revision),
      spans: model.spans.slice(cursor?.spans ?? 0, mostRows),
      waits: model.waits.slice(cursor?.waits ?? 0, mostRows),
      holds: model.holds.slice(cursor?.holds ?? 0, mostRows),
      coreSpans: model.coreSpans.slice(cursor?.coreSpans ?? 0, mostRows),
      states: model.states.slice(cursor?.states ?? 0, mostRows),
      depths: model.depths.slice(cursor?.depths ?? 0, mostRows),
      openSpans: this.openSpans(),
      openWaits: this.openWaits(),
      openCoreSpans: this.isDone ? [] : this.sweep.openSpans(),
      openStates: this.isDone ? [] : this.threadStates.open(model.now),
      findings:
        this.findingsRevision === cursor?.findings ? null : shownFindings(this.findings, this.sites, READS_NOTHING),
      advice: advice === (cursor?.advice ?? NO_ADVICE) ? null : advice,
      marks: model.marks.slice(cursor?.marks ?? 0),
      notes: this.noteList === (cursor?.notes ?? NO_NOTES) ? null : this.noteList,
      problems: this.problems,
      dropped: this.dropped,
    };
    return {
      delta,
      cursor: {
        revision: model.revision,
        findings: this.findingsRevision,
        advice,
        marks: model.marks.length,
        notes: this.noteList,
        sites: model.sites.length,
        spans: endOf(delta.spans),
        waits: endOf(delta.waits),
        holds: endOf(delta.holds),
        coreSpans: endOf(delta.coreSpans),
        states: endOf(delta.states),
        depths: endOf(delta.depths),
      },
    };
  }

  /** Draws the conclusions that need several streams, up to where all of them were read. */
  private conclude(isDone: boolean): void {
    const { model, segments, coreFiles, threadStates } = this;
    if (isDone) {
      segments.finish();
      coreFiles.finish();
      this.isDone = true;
    } else segments.passDone();
    if (!model.origin) return;
    const coresUntil = coreFiles.latest - this.sweep.originNs();
    if (coresUntil > model.now && coresUntil < model.now + MOST_AHEAD_NS) model.now = coresUntil;
    const horizon = isDone
      ? Number.POSITIVE_INFINITY
      : Math.max(this.concluded, Math.min(this.horizon, segments.readUntil));
    this.concluded = horizon;
    this.quietPasses = model.now === this.horizon ? this.quietPasses + 1 : 0;
    this.horizon = model.now;
    model.deferred.retry();
    model.nameNameless(baseName(this.runInfo.file));
    closeEndedSpaces(model, horizon - LATE_END_NS);
    settleWaits(model, horizon);
    closeSeenEnded(model, horizon - LATE_END_NS);
    if (isDone) {
      closeEverything(model, coreFiles.exits, this.sweep.originNs(), this.run.state);
      settleWaits(model, horizon);
      markExitStatus(model, this.run.exitCode);
    }
    matchStrayReleases(model, horizon);
    this.detection.settle(horizon);
    threadStates.source = this.coreInfo.source;
    threadStates.prepare();
    // The supervisor empties the kernel's rings every 20 ms, so the cores lag behind the events. When all threads sleep
    // no later event comes, and that they left their cores would never be seen.
    const coreHorizon = isDone || this.quietPasses >= QUIET_PASSES ? horizon : horizon - CORE_LAG_NS;
    this.sweep.advance(coreHorizon, this.coreInfo.source === 'sampled');
    threadStates.settle(coreHorizon);
  }

  private appendCores(file: string, offset: number, bytes: Uint8Array): number {
    const known = this.corePieces.get(file) ?? 0;
    const from = known - offset;
    if (from < 0 || from >= bytes.length) return known;
    const read = known + this.coreFiles.append(file, bytes.subarray(from));
    this.corePieces.set(file, read);
    return read;
  }

  private readRunFile(json: Json): void {
    this.runInfo = withRunFile(this.runInfo, json);
    const plan = readConfirm(json);
    if (plan) this.detection.confirm(plan);
  }

  /** These files are small and written whole; one that cannot be read yet may be by the next time. */
  private appendJson({ file, offset, bytes, final }: Chunk): number {
    if (offset !== 0 || bytes.length === 0) return 0;
    const json = parseJson(bytes, file);
    if (isProblem(json)) {
      if (final) this.model.problems.add(json.kind, json.text);
      return 0;
    }
    if (file === NOTES_FILE) this.noteList = readNotes(json);
    else if (file === 'run.json') this.readRunFile(json);
    else if (file === 'cores.json') this.coreInfo = coresFile(json);
    else {
      this.runInfo = withEndFile(this.runInfo, json);
      this.memoryInfo = memoryOf(json);
    }
    return bytes.length;
  }
}

const NO_NOTES: readonly Note[] = [];
const CORE_LAG_NS = 60e6;
/** Without news so many passes take longer than that: they are 25 ms apart, or more. */
const QUIET_PASSES = 4;
/** A thread can run for long without a record, but cores that are a day ahead are on another clock. */
const MOST_AHEAD_NS = 8.64e13;
/** A busy reader may come to the last records of one stream so much later than to those of another. */
const LATE_END_NS = 1e9;

function changedSince<T extends object>(items: readonly T[], revisions: readonly number[], revision: number): T[] {
  const changed: T[] = [];
  for (let i = 0; i < items.length; i++) {
    if ((revisions[i] as number) > revision) changed.push({ ...(items[i] as T) });
  }
  return changed;
}

/** `3.13.0` as [3, 13]; [3, 0] while it is unknown. */
function versionOf(python: string): readonly [number, number] {
  const [, major, minor] = /^(\d+)\.(\d+)/.exec(python) ?? [];
  return [Number(major ?? 3), Number(minor ?? 0)];
}

/** The row behind the last one of a slice. */
function endOf({ from, length }: TableSlice): number {
  return from + length;
}
