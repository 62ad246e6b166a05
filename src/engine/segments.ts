/**
 * From segment files, cut anywhere and offered in any order, to streams folded in order.
 *
 * Held back, as copies, are: segments whose forerunner is not read to its end, spaces whose process_begin was not read,
 * and forked children (and subinterpreters) whose parent is not known, since they speak in its ids.
 */
import { KIND, RECORD_BYTES, SEGMENT_HEADER_BYTES } from '../../common/events';
import type { Detection } from './detect/detection';
import { foldRecords } from './fold';
import { beginSpace, HOW_INTERPRETER } from './foldUnits';
import type { Model } from './model';
import { emptyRecord, readRecord, wordsOf } from './record';
import { committedBytes, readHeader, type SegmentHeader } from './segment';
import { Space } from './space';
import { Stream } from './stream';

/** After so many passes over all files (half a second, live) without progress what is missing is not awaited any longer. */
const PATIENCE_PASSES = 16;

/** From the loading of the recorder to its first record; a figure above it is damage. */
const LONGEST_START_NS = 60e9;

interface SegmentFile {
  readonly header: SegmentHeader | null;
  readonly reader: StreamReader | null;
  consumed: number;
}

/** A stream, and the segments of it that were read but cannot be folded yet. */
interface StreamReader {
  readonly stream: Stream;
  readonly held: Map<number, Uint8Array[]>;
  /** Sequence numbers of segments that were read to their end. */
  readonly complete: Set<number>;
  heldSincePass: number;
}

interface SpaceReader {
  readonly space: Space;
  readonly streams: StreamReader[];
  begin: PendingBegin | null;
  readonly sincePass: number;
}

interface PendingBegin {
  readonly how: number;
  readonly parent: number;
  /** Pid of the process of which this one is a copy, 0 for none. */
  readonly inherits: number;
  readonly timeHigh: number;
  readonly timeLow: number;
  readonly unitId: readonly [number, number];
  readonly stream: number;
}

export class Segments {
  private readonly files = new Map<string, SegmentFile>();
  private readonly spaces = new Map<string, SpaceReader>();
  private readonly waitingSpaces = new Set<SpaceReader>();
  /** Where a stream holds segments back although its space has begun. */
  private readonly waitingStreams = new Set<StreamReader>();
  /** Of which records were offered that lie behind one whose writing was not seen to end. */
  private readonly stuckStreams = new Set<StreamReader>();
  private pass = 0;
  /** Header of the program's own first process. */
  root: SegmentHeader | null = null;

  constructor(
    private readonly model: Model,
    private readonly detection: Detection,
  ) {}

  get dropped(): number {
    let sum = 0;
    for (const { streams } of this.spaces.values()) for (const { stream } of streams) sum += stream.dropped;
    return sum;
  }

  /** Up to this time no stream holds back what was offered. */
  get readUntil(): number {
    let until = Number.POSITIVE_INFINITY;
    for (const readers of [this.stuckStreams, this.waitingStreams]) {
      for (const { stream } of readers) until = Math.min(until, stream.lastTime);
    }
    return until;
  }

  /** Takes a piece of a segment file; returns the offset up to which the file was read. */
  append(name: string, offset: number, bytes: Uint8Array, final: boolean): number {
    const file = this.files.get(name) ?? this.open(name, offset, bytes, final);
    if (!file) return 0;
    const { reader } = file;
    if (!reader || !file.header) return offset + bytes.length;
    if (offset === 0) this.readDropped(name, bytes, reader.stream);
    const from = file.consumed - offset;
    if (from < 0 || from >= bytes.length) return file.consumed;
    const records = bytes.subarray(from);
    const length = committedBytes(records, 0, { final });
    file.consumed += length;
    // Behind an empty place there are records: unlike at the end of what was written, the empty one will come.
    const isStuck = !final && committedBytes(records, length, { final: true }) > 0;
    if (isStuck) this.stuckStreams.add(reader);
    else this.stuckStreams.delete(reader);
    const isComplete = file.consumed >= file.header.size;
    if (length > 0 || isComplete) this.take(reader, file.header, records.subarray(0, length), isComplete);
    return file.consumed;
  }

  /** All files were offered once more; what is not there now is given some more passes, then given up. */
  passDone(): void {
    this.pass++;
    this.beginSpaces(this.pass);
    for (const reader of this.waitingStreams) {
      if (this.pass - reader.heldSincePass >= PATIENCE_PASSES) this.skipToHeld(reader);
    }
  }

  /** Nothing will follow: folds what was held back as well as it can. */
  finish(): void {
    this.beginSpaces(Number.POSITIVE_INFINITY);
    for (const reader of this.waitingStreams) while (reader.held.size > 0) this.skipToHeld(reader);
  }

  private open(name: string, offset: number, bytes: Uint8Array, final: boolean): SegmentFile | undefined {
    if (offset !== 0) return undefined;
    const result = readHeader(bytes, name);
    if (result.kind === 'unbegun') return undefined;
    if (result.kind === 'incomplete') {
      if (final && bytes.length > 0) {
        this.model.addProblem('truncated', `${name} breaks off inside its header; the events in it are missing.`);
      }
      return undefined;
    }
    const file: SegmentFile =
      result.kind === 'bad'
        ? { header: null, reader: null, consumed: 0 }
        : { header: result.header, reader: this.readerOf(result.header), consumed: SEGMENT_HEADER_BYTES };
    if (result.kind === 'bad') this.model.problems.add(result.problem.kind, result.problem.text);
    this.files.set(name, file);
    return file;
  }

  private readDropped(name: string, bytes: Uint8Array, stream: Stream): void {
    const again = readHeader(bytes, name);
    if (again.kind === 'header') stream.dropped = Math.max(stream.dropped, again.header.dropped);
  }

  private readerOf(header: SegmentHeader): StreamReader {
    const key = `${header.pid}-${header.interpreter}-${header.nonce}`;
    let space = this.spaces.get(key);
    if (!space) {
      space = { space: new Space(header, this.model.globals), streams: [], begin: null, sincePass: this.pass };
      this.spaces.set(key, space);
      this.model.spaces.set(key, space.space);
      this.waitingSpaces.add(space);
    }
    let reader = space.streams.find(({ stream }) => stream.number === header.stream);
    if (!reader) {
      const stream = new Stream(space.space, header.stream);
      reader = { stream, held: new Map(), complete: new Set(), heldSincePass: this.pass };
      space.streams.push(reader);
    }
    return reader;
  }

  private take(reader: StreamReader, header: SegmentHeader, records: Uint8Array, isComplete: boolean): void {
    const { stream } = reader;
    if (isComplete) reader.complete.add(header.sequence);
    if (header.sequence === stream.sequence) reader.heldSincePass = this.pass;
    const isItsTurn = stream.space.begun && header.sequence === stream.sequence && reader.held.size === 0;
    if (isItsTurn) {
      foldRecords(this.model, this.detection, stream, records);
      if (isComplete) stream.sequence++;
      return;
    }
    const held = reader.held.get(header.sequence);
    if (held) held.push(records.slice());
    else reader.held.set(header.sequence, [records.slice()]);
    if (stream.space.begun) {
      this.drain(reader);
      return;
    }
    if (header.sequence === 0) this.noteBegin(stream, records);
    this.beginSpaces(this.pass);
  }

  /** Remembers a process_begin, which is the first record of its space's first stream. */
  private noteBegin(stream: Stream, records: Uint8Array): void {
    const reader = [...this.waitingSpaces].find(({ space }) => space === stream.space);
    if (!reader || reader.begin || records.length < RECORD_BYTES) return;
    const record = emptyRecord();
    readRecord(wordsOf(records.subarray(0, RECORD_BYTES)), 0, record);
    if (record.kind !== KIND.process_begin) return;
    reader.begin = {
      how: record.flags,
      parent: record.argLow,
      inherits: record.site,
      timeHigh: record.timeHigh,
      timeLow: record.timeLow,
      unitId: [record.objectHigh, record.objectLow],
      stream: stream.number,
    };
  }

  /** Begins all spaces that can; at `pass` those that waited for too long begin without the other. */
  private beginSpaces(pass: number): void {
    for (let progress = true; progress; ) {
      progress = false;
      const inOrder = [...this.waitingSpaces].sort((a, b) => a.space.header.nonce - b.space.header.nonce);
      for (const reader of inOrder) {
        const isLate = pass - reader.sincePass >= PATIENCE_PASSES;
        if (!this.canBegin(reader, isLate)) continue;
        this.begin(reader);
        progress = true;
      }
    }
  }

  private canBegin(reader: SpaceReader, isLate: boolean): boolean {
    const { begin } = reader;
    const isRoot = begin?.how === 0;
    if (isLate) return true;
    if (!begin || (!this.model.origin && !isRoot)) return false;
    const needsParent = begin.inherits !== 0 || begin.how === HOW_INTERPRETER;
    return !needsParent || this.parentOf(reader.space, begin)?.begun === true;
  }

  private parentOf(space: Space, begin: PendingBegin): Space | null {
    const pid = begin.how === HOW_INTERPRETER ? space.header.pid : begin.inherits;
    let latest: Space | null = null;
    for (const { space: other } of this.spaces.values()) {
      const { header } = other;
      const isEarlier = header.pid === pid && header.interpreter === 0 && header.nonce < space.header.nonce;
      if (isEarlier && (!latest || header.nonce > latest.header.nonce)) latest = other;
    }
    return latest;
  }

  private begin(reader: SpaceReader): void {
    const { model } = this;
    const { space } = reader;
    const { header } = space;
    const [nonceHigh, nonceLow] = header.nonceWords;
    this.waitingSpaces.delete(reader);
    if (!model.origin || reader.begin?.how === 0) this.root ??= header;
    model.origin ??= this.originOf(reader);
    const begin = reader.begin ?? {
      how: -1,
      parent: 0,
      inherits: 0,
      timeHigh: nonceHigh,
      timeLow: nonceLow,
      unitId: [0, 0] as const,
      stream: 0,
    };
    space.shift = this.shiftOf(header);
    const [originHigh, originLow] = model.origin;
    const relative = (high: number, low: number) => (high - originHigh) * 4294967296 + (low - originLow) + space.shift;
    space.begin = relative(nonceHigh, nonceLow);
    if (begin.inherits !== 0) space.parent = this.parentOf(space, begin);
    space.firstStream = begin.stream;
    space.begun = true;
    const time = relative(begin.timeHigh, begin.timeLow);
    beginSpace(model, space, { how: begin.how, parent: begin.parent, time, unitId: begin.unitId });
    for (const stream of reader.streams) this.drain(stream);
  }

  /** The first record's time; where that cannot be, when the recorder was loaded. */
  private originOf({ space, begin }: SpaceReader): readonly [number, number] {
    const { nonceWords } = space.header;
    if (!begin) return nonceWords;
    const time = [begin.timeHigh, begin.timeLow] as const;
    const startedAfter = difference(time, nonceWords);
    return startedAfter >= 0 && startedAfter < LONGEST_START_NS ? time : nonceWords;
  }

  /** Where processes have clocks of their own, the wall clock tells how far theirs is off the first one's. */
  private shiftOf(header: SegmentHeader): number {
    const { root } = this;
    if (header.clockIsShared || !root || root === header) return 0;
    const walls = difference(header.wall, root.wall);
    const clocks = difference(header.clock, root.clock);
    return walls - clocks;
  }

  /** Folds held segments for as long as they follow one another. */
  private drain(reader: StreamReader): void {
    const { stream, held } = reader;
    for (;;) {
      const pieces = held.get(stream.sequence);
      held.delete(stream.sequence);
      for (const piece of pieces ?? []) foldRecords(this.model, this.detection, stream, piece);
      if (!reader.complete.delete(stream.sequence)) break;
      stream.sequence++;
    }
    if (held.size === 0) this.waitingStreams.delete(reader);
    else if (!this.waitingStreams.has(reader)) {
      reader.heldSincePass = this.pass;
      this.waitingStreams.add(reader);
    }
  }

  /** The writer went on to a later segment long ago: what is missing of the earlier ones was never written. */
  private skipToHeld(reader: StreamReader): void {
    reader.stream.sequence = Math.min(...reader.held.keys());
    reader.heldSincePass = this.pass;
    this.drain(reader);
  }
}

function difference(a: readonly [number, number], b: readonly [number, number]): number {
  return (a[0] - b[0]) * 4294967296 + (a[1] - b[1]);
}
