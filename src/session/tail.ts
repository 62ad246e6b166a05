/**
 * Follows the files of a run folder while the program writes them, and hands what is certain to a sink.
 *
 * Writing to a mapped file tells nobody, so there is a short poll; new files are told by the system's watch. All files
 * are held open, since a program may delete the folder or change what its path means. A tick reads for a few
 * milliseconds at a time and lets the host go on in between.
 *
 * A record is certain when its commit word was seen *before* its bytes are read: one pass could copy the payload, then
 * be overtaken by the writer, then copy the commit. So each piece is read twice, the first time only for its commits.
 */
import { closeSync, fstatSync, openSync, readdirSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { RECORD, RECORD_BYTES, SEGMENT_HEADER_BYTES } from '../../common/events';
import { type Chunk, PASS_DONE } from '../engine/trace';
import type { Disposable } from '../support/disposable';
import { errorCode } from '../support/failure';
import { watchFolder } from './folderWatch';

/** Takes pieces in; returns the offset up to which it needs no byte of the file again. */
export interface ChunkSink {
  append(chunk: Chunk): number;
}

const POLL_MS = 25;
/** When the last poll found nothing. */
const IDLE_POLL_MS = 50;
/** The folder is listed anew after so many polls even when the watch was silent (it is unreliable on network drives). */
const POLLS_PER_LISTING = 16;
/** The headers of segments, which count what could not be written, are read again after so many polls. */
const POLLS_PER_HEADER = 32;
/** A record is written within microseconds of its place being taken; unless it was interrupted, and never will be. */
const HOLE_MS = 300;
/** So long a tick may keep the host's thread before it yields. */
const SLICE_MS = 8;
/** About 2 ms of folding; each record kind fits many times. */
const CHUNK_BYTES = 256 * 1024;
/** A first look (a header and some records), so that hundreds of idle files cost little. */
const PROBE_BYTES = 1024;
/** Read from one file before the others have their turn. */
const TURN_BYTES = 4 * CHUNK_BYTES;
/**
 * A pass in which a file was not read to its end is no pass: who ended a wait may stand in what is still unread. Far
 * behind a program that never pauses that would be said never, so after so many polls it is said all the same.
 */
const POLLS_PER_PASS = 40;
/** The sink may conclude from silence: who sleeps has left its core. So many polls after the last news it is asked again. */
const POLLS_TO_CONCLUDE = 6;

const FILES = /^(?:(?:run|cores|end|notes)\.json|cores-\d+\.perf|cores\.samples|(\d+-\d+-[0-9a-f]+-\d+)-(\d+)\.seg)$/;

/** Whether a file of this name belongs to a recording. */
export function isRecorded(name: string): boolean {
  return FILES.test(name);
}

interface TailedFile {
  readonly name: string;
  /** Of segments: the stream that it is part of, and its number there. */
  readonly stream: string | undefined;
  readonly sequence: number;
  handle: number | undefined;
  /** Bytes in it when last asked for. */
  size: number;
  /** Up to here the sink needs no byte again. */
  consumed: number;
  /** Bytes from `consumed` on that the sink has seen and wants to see again with more behind them. */
  offered: number;
  /** When the sink last took something, or was first offered what it has not taken, on performance.now's clock. */
  offeredAt: number;
  /** All that will ever be in it was handed over. */
  done: boolean;
  /** Number of listings since it was found. */
  listings: number;
}

export class Tail implements Disposable {
  private readonly files = new Map<string, TailedFile>();
  private readonly buffer = Buffer.allocUnsafe(CHUNK_BYTES);
  private readonly watcher: Disposable;
  private timer: NodeJS.Timeout | undefined;
  private polls = 0;
  private pollsSincePass = 0;
  private isIdle = false;
  /** Since the last one that found something. */
  private quietPolls = POLLS_TO_CONCLUDE;
  private listingIsStale = true;
  private pumping: Promise<void> = Promise.resolve();
  private isDraining = false;
  private disposed = false;

  /** Follows `folder` from now on; `onRead` is called after each tick in which something was handed over, and a few more. */
  constructor(
    private readonly folder: string,
    private readonly sink: ChunkSink,
    private readonly onRead: () => void,
  ) {
    this.watcher = watchFolder(folder, () => {
      this.listingIsStale = true;
    });
    this.schedule();
  }

  /** Reads all that there is, and takes it as the end: the program and its children are gone. */
  async drain(): Promise<void> {
    this.isDraining = true;
    clearTimeout(this.timer);
    this.watcher.dispose();
    await this.pumping;
    await this.pump(true);
  }

  /** Names of the files found so far. */
  names(): string[] {
    return [...this.files.keys()];
  }

  /** All bytes of a small file; none when it is not there. */
  async bytes(name: string): Promise<Uint8Array> {
    const pieces: Uint8Array[] = [];
    for await (const piece of this.contents(name)) pieces.push(piece);
    return Buffer.concat(pieces);
  }

  /** The bytes of a file, piece by piece, also when the folder is gone. */
  async *contents(name: string): AsyncGenerator<Uint8Array> {
    const file = this.files.get(name);
    const handle = file && this.open(file);
    if (handle === undefined) return;
    for (let offset = 0; ; ) {
      const bytes = Buffer.allocUnsafe(CHUNK_BYTES);
      const length = readSync(handle, bytes, 0, bytes.length, offset);
      if (length === 0) return;
      offset += length;
      yield bytes.subarray(0, length);
    }
  }

  dispose(): void {
    this.disposed = true;
    clearTimeout(this.timer);
    this.watcher.dispose();
    for (const file of this.files.values()) this.close(file);
    this.files.clear();
  }

  private schedule(): void {
    if (this.disposed || this.isDraining) return;
    const poll = (): void => {
      this.pumping = this.pump(false);
      // An error is told by `drain`, which waits for this.
      this.pumping.then(
        () => this.schedule(),
        () => undefined,
      );
    };
    this.timer = setTimeout(poll, this.isIdle ? IDLE_POLL_MS : POLL_MS);
  }

  private async pump(final: boolean): Promise<void> {
    if (this.listingIsStale || final || this.polls++ % POLLS_PER_LISTING === 0) this.list();
    let sliceStart = performance.now();
    let somethingNew = false;
    let isBehind = false;
    const countsLoss = !final && this.polls % POLLS_PER_HEADER === 0;
    for (const file of this.inOrder()) {
      if (countsLoss && isSegment(file) && file.handle !== undefined) this.offerHeaderAgain(file, file.handle);
      for (let turn = 0; final || turn < TURN_BYTES; ) {
        const read = this.read(file, final);
        if (read === 0) break;
        turn += read;
        somethingNew = true;
        isBehind ||= !final && turn >= TURN_BYTES;
        if (performance.now() - sliceStart > SLICE_MS) {
          await new Promise(setImmediate);
          sliceStart = performance.now();
        }
        if (this.disposed) return;
      }
    }
    if (!isBehind || ++this.pollsSincePass >= POLLS_PER_PASS) {
      // Concluding takes as long as a slice: others come between them.
      await new Promise(setImmediate);
      if (this.disposed) return;
      this.sink.append(PASS_DONE);
      if (!final) await new Promise(setImmediate);
      this.pollsSincePass = 0;
    }
    this.isIdle = !somethingNew;
    this.quietPolls = somethingNew ? 0 : this.quietPolls + 1;
    if (this.quietPolls <= POLLS_TO_CONCLUDE) this.onRead();
  }

  private list(): void {
    let names: string[];
    try {
      names = readdirSync(this.folder);
    } catch {
      return;
    }
    this.listingIsStale = false;
    for (const name of names) {
      const match = FILES.exec(name);
      if (!match || this.files.has(name)) continue;
      const file: TailedFile = {
        name,
        stream: match[1],
        sequence: Number(match[2] ?? 0),
        handle: undefined,
        size: 0,
        consumed: 0,
        offered: 0,
        offeredAt: 0,
        done: false,
        listings: 0,
      };
      this.files.set(name, file);
      this.open(file);
    }
    for (const file of this.files.values()) file.listings++;
  }

  /** What can be read now, with each stream's segments in sequence and the facts about the run first. */
  private inOrder(): TailedFile[] {
    return [...this.files.values()]
      .filter((file) => !file.done)
      .sort((a, b) => Number(isSegment(a)) - Number(isSegment(b)) || a.sequence - b.sequence);
  }

  /** Reads one piece and hands it over; returns the number of bytes that were new, 0 when there is nothing more now. */
  private read(file: TailedFile, final: boolean): number {
    if (file.done || !this.isItsTurn(file, final)) return 0;
    const handle = this.open(file);
    if (handle === undefined) return 0;
    const complete = final || this.files.has(`${file.stream}-${file.sequence + 1}.seg`);
    // A segment has its size from the start, and there are many of them.
    if (!isSegment(file) || file.size === 0) file.size = fstatSync(handle).size;
    const available = file.size - file.consumed;
    if (available <= 0 && !(complete && file.size > 0)) {
      // Its stream goes on in the next one by now, or soon: what was read of the others must not get far ahead of it.
      if (isSegment(file) && file.size > 0) this.listingIsStale = true;
      return 0;
    }
    const isRagged = isSegment(file) && !complete;
    const most = CHUNK_BYTES + file.offered;
    const length = isRagged ? this.committedBytes(handle, file.consumed, most) : Math.min(available, most);
    // What stops the sink in the midst of records that are there is a hole, unless it is filled within this time.
    const isHole = isRagged && file.offered > 0 && performance.now() - file.offeredAt > HOLE_MS;
    if (length <= file.offered && !complete && !isHole) return 0;
    const bytes = this.readBytes(handle, file.consumed, length);
    const last = complete && file.consumed + bytes.length >= file.size;
    const consumed = this.sink.append({
      file: file.name,
      offset: file.consumed,
      bytes,
      final: isSegment(file) ? complete || isHole : last,
    });
    const read = bytes.length - file.offered;
    const end = file.consumed + bytes.length;
    if (consumed > file.consumed || file.offered === 0) file.offeredAt = performance.now();
    file.consumed = Math.max(consumed, file.consumed);
    file.offered = end - file.consumed;
    file.done = last;
    if (last && isSegment(file)) this.offerHeaderAgain(file, handle);
    return last ? Math.max(read, 1) : Math.max(read, 0);
  }

  /** The header counts what could not be written, in place. */
  private offerHeaderAgain(file: TailedFile, handle: number): void {
    const bytes = this.readBytes(handle, 0, SEGMENT_HEADER_BYTES);
    if (file.consumed > 0) this.sink.append({ file: file.name, offset: 0, bytes, final: false });
  }

  /** A segment waits for those before it in its stream. */
  private isItsTurn(file: TailedFile, final: boolean): boolean {
    if (!isSegment(file) || file.sequence === 0) return true;
    const before = this.files.get(`${file.stream}-${file.sequence - 1}.seg`);
    if (before) return before.done;
    // A listing that ran while files were made may have missed the one before; the next will not.
    if (!final && file.listings < 2) {
      this.listingIsStale = true;
      return false;
    }
    return true;
  }

  /** Length from `offset` to the end of the last record whose commit word can be seen. */
  private committedBytes(handle: number, offset: number, most: number): number {
    let length = lastCommit(this.readBytes(handle, offset, PROBE_BYTES));
    if (length === PROBE_BYTES) length = lastCommit(this.readBytes(handle, offset, most));
    // The header is certain once a record behind it is.
    return offset === 0 && length <= SEGMENT_HEADER_BYTES ? 0 : length;
  }

  /** The bytes lie in a buffer that the next call overwrites, unless they are many. */
  private readBytes(handle: number, offset: number, length: number): Buffer {
    const buffer = length > this.buffer.length ? Buffer.allocUnsafe(length) : this.buffer;
    return buffer.subarray(0, readSync(handle, buffer, 0, length, offset));
  }

  private open(file: TailedFile): number | undefined {
    if (file.handle !== undefined) return file.handle;
    try {
      file.handle = openSync(join(this.folder, file.name), 'r');
    } catch (error) {
      // Too many are open: files that are read to their end can be opened again when they are needed.
      if (errorCode(error) === 'EMFILE' || errorCode(error) === 'ENFILE') this.closeDone();
      else if (errorCode(error) === 'ENOENT') file.done = true;
    }
    return file.handle;
  }

  private closeDone(): void {
    for (const file of this.files.values()) if (file.done) this.close(file);
  }

  private close(file: TailedFile): void {
    if (file.handle !== undefined) closeSync(file.handle);
    file.handle = undefined;
  }
}

function isSegment(file: TailedFile): boolean {
  return file.stream !== undefined;
}

/** Length up to the end of the last record that has its commit word. */
function lastCommit(bytes: Buffer): number {
  for (let end = bytes.length - (bytes.length % RECORD_BYTES); end > 0; end -= RECORD_BYTES) {
    if (bytes.readUInt32LE(end - RECORD_BYTES + RECORD.commit) !== 0) return end;
  }
  return 0;
}
