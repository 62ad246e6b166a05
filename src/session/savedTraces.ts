/** Saves a run as one file, and reads such files as a live run is read: piece by piece into a sink. */
import { createReadStream } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { basename } from 'node:path';
import { RECORD_BYTES } from '../../common/events';
import type { Problem } from '../../common/trace';
import { errorCode, Failure } from '../support/failure';
import {
  decodeEntry,
  type Entry,
  encodeEntry,
  nextMarker,
  type PackedEntry,
  TRACE_MAGIC,
  TRACE_VERSION,
} from './savedTraceFormat';
import { type ChunkSink, isRecorded } from './tail';

/** A segment is not larger; an offset that is further off is damage. */
const MOST_GAP_BYTES = 64 * 1024 * 1024;

/** Entries that are unpacked while this thread reads another. */
const UNPACKED_AHEAD = 4;
const NO_BYTES = new Uint8Array(0);

/** A file of a run, to be saved. */
export interface SavedFile {
  readonly name: string;
  readonly contents: AsyncIterable<Uint8Array>;
}

/** Writes a trace; what was at the path is replaced only when all is written. Rejects with a Failure. */
export async function writeSavedTrace(path: string, files: readonly SavedFile[]): Promise<void> {
  const unfinished = `${path}.${process.pid}.part`;
  try {
    const output = await open(unfinished, 'w', 0o600);
    try {
      await output.write(TRACE_MAGIC);
      for (const file of inReadingOrder(files)) {
        for await (const entry of entriesOf(file)) await output.write(await encodeEntry(entry));
      }
      await output.write(await encodeEntry({ kind: 'end', name: '', offset: 0, bytes: new Uint8Array() }));
    } finally {
      await output.close();
    }
    await rename(unfinished, path);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw new Failure(
      `The trace could not be saved to ${path} (${errorCode(error) || String(error)}); choose another place.`,
    );
  }
}

/** Facts about the run come first, so that a file that breaks off still tells what it is about. */
function inReadingOrder(files: readonly SavedFile[]): SavedFile[] {
  const sequence = (name: string): number => Number(/-(\d+)\.seg$/.exec(name)?.[1] ?? -1);
  return [...files].sort((a, b) => sequence(a.name) - sequence(b.name));
}

/** A file's pieces; the part of a segment that was never written is left out. */
async function* entriesOf({ name, contents }: SavedFile): AsyncGenerator<Entry> {
  let offset = 0;
  let before: Entry | undefined;
  for await (const chunk of contents) {
    const bytes = name.endsWith('.seg') ? withoutEmptyEnd(chunk) : chunk;
    if (bytes.length > 0) {
      if (before) yield before;
      before = { kind: 'piece', name, offset, bytes };
    }
    offset += chunk.length;
  }
  if (before) yield { ...before, kind: 'last' };
}

function withoutEmptyEnd(bytes: Uint8Array): Uint8Array {
  let end = bytes.length;
  while (end > 0 && bytes[end - 1] === 0) end--;
  return bytes.subarray(0, Math.min(bytes.length, Math.ceil(end / RECORD_BYTES) * RECORD_BYTES));
}

/**
 * Reads a saved trace into a sink; returns what is wrong with the file. Rejects with a Failure when it cannot be read at
 * all, or is no trace. `onRead` is called now and then while it goes on.
 */
export async function readSavedTrace(
  path: string,
  sink: ChunkSink,
  onRead: () => void = () => undefined,
): Promise<Problem[]> {
  const reader = new EntryReader(sink);
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: 1024 * 1024 })) {
      await reader.take(chunk as Buffer);
      onRead();
    }
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw cannotRead(path, error);
  }
  return reader.finish(basename(path));
}

function cannotRead(path: string, error: unknown): Failure {
  const reasons: Readonly<Record<string, string>> = {
    ENOENT: 'there is no such file',
    ENOTDIR: 'there is no such file',
    EISDIR: 'it is a folder',
    EACCES: 'you may not read it',
  };
  const why = reasons[errorCode(error)] ?? errorCode(error) ?? 'it cannot be read';
  return new Failure(`The trace ${path} could not be opened: ${why}.`, String(error));
}

/** Cuts a stream of bytes into entries and hands their pieces on. */
class EntryReader {
  private pending: Buffer = Buffer.alloc(0);
  private version: number | undefined;
  private isDamaged = false;
  private isWhole = false;
  private entries = 0;
  /** For each file what the sink has not taken yet, and where that begins. */
  private readonly rests = new Map<string, { offset: number; bytes: Uint8Array }>();

  constructor(private readonly sink: ChunkSink) {}

  async take(chunk: Buffer): Promise<void> {
    this.pending = this.pending.length > 0 ? Buffer.concat([this.pending, chunk]) : chunk;
    if (this.version === undefined) {
      if (this.pending.length < TRACE_MAGIC.length) return;
      this.readMagic();
    }
    await this.readEntries(false);
  }

  /** All bytes are there: what is left is read as far as it can be. Throws a Failure when it is no trace. */
  async finish(name: string): Promise<Problem[]> {
    if (this.version !== undefined) await this.readEntries(true);
    if (!this.version && this.entries === 0) {
      throw new Failure(`${name} is not an Interleave trace; choose a file that Interleave has saved.`);
    }
    for (const [file, rest] of this.rests) {
      this.sink.append({ file, offset: rest.offset, bytes: rest.bytes, final: true });
    }
    const problems: Problem[] = [];
    if (this.version && this.version > TRACE_VERSION) {
      const text = `${name} was saved by a newer Interleave (form ${this.version}, this one knows ${TRACE_VERSION}); what is readable is shown, update Interleave to see all.`;
      problems.push({ kind: 'newer', text });
    }
    if (this.isDamaged) problems.push({ kind: 'corrupt', text: `${name} is damaged; what is readable is shown.` });
    if (!this.isWhole) problems.push({ kind: 'truncated', text: `${name} breaks off; what is readable is shown.` });
    return problems;
  }

  private readMagic(): void {
    const isOurs = this.pending.subarray(0, TRACE_MAGIC.length - 1).equals(TRACE_MAGIC.subarray(0, -1));
    this.version = isOurs ? (this.pending[TRACE_MAGIC.length - 1] as number) : 0;
    // Without the magic there may still be entries, when the very start is damaged.
    this.isDamaged ||= !isOurs;
    this.pending = this.pending.subarray(TRACE_MAGIC.length);
  }

  private async readEntries(final: boolean): Promise<void> {
    const ahead: { entry: PackedEntry; length: number }[] = [];
    let aheadBytes = 0;
    for (;;) {
      // 1. Some entries are unpacked ahead, by other threads than this one, which reads what is in them.
      const place = this.pending.subarray(aheadBytes);
      const result = ahead.length < UNPACKED_AHEAD && place.length > 0 ? decodeEntry(place) : undefined;
      if (result?.kind === 'entry') {
        ahead.push(result);
        aheadBytes += result.length;
        continue;
      }
      // 2. The first of them; when it is damaged, its bytes are looked through for others.
      const next = ahead.shift();
      if (next) {
        const bytes = await next.entry.bytes;
        if (bytes) {
          this.pending = this.pending.subarray(next.length);
          aheadBytes -= next.length;
          this.entries++;
          this.handOn({ ...next.entry, bytes });
          continue;
        }
        this.isDamaged = true;
        this.pending = this.pending.subarray(nextMarker(this.pending));
        ahead.length = 0;
        aheadBytes = 0;
        continue;
      }
      // 3. None: the rest is to come, or is none. At the end, an entry that seems to go on may have a damaged length,
      // with whole entries behind it.
      if (!result || (result.kind === 'incomplete' && !final)) return;
      this.isDamaged ||= result.kind === 'damaged';
      this.pending = this.pending.subarray(result.kind === 'damaged' ? result.length : nextMarker(this.pending));
    }
  }

  private handOn({ kind, name, offset, bytes }: Entry): void {
    if (kind === 'end') this.isWhole = true;
    if (kind === 'end' || !isRecorded(name)) return;
    const rest = this.rests.get(name) ?? { offset: 0, bytes: NO_BYTES };
    const end = rest.offset + rest.bytes.length;
    if (offset < end || offset - end > MOST_GAP_BYTES) return;
    // What is lost in between becomes a hole, over which readers step when it is final.
    const isGap = offset > end;
    const isAlone = rest.bytes.length === 0 && !isGap;
    const whole = isAlone ? bytes : Buffer.concat([rest.bytes, Buffer.alloc(offset - end), bytes]);
    const last = kind === 'last';
    const consumed = this.sink.append({ file: name, offset: rest.offset, bytes: whole, final: last || isGap });
    if (last) {
      this.rests.delete(name);
      return;
    }
    const taken = Math.min(whole.length, Math.max(0, consumed - rest.offset));
    this.rests.set(name, { offset: rest.offset + taken, bytes: whole.subarray(taken) });
  }
}
