import { mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { HEADER, RECORD, RECORD_BYTES, SEGMENT_HEADER_BYTES, SEGMENT_MAGIC } from '../../../common/events';
import { committedBytes } from '../../../src/engine/segment';
import type { Chunk } from '../../../src/engine/trace';

/** A folder that is gone after the test. */
export function temporaryFolder(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'interleave-test-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A segment file that is written as the recorder does it: full of zeros at first, then record by record. */
export class SegmentWriter {
  readonly name: string;
  private readonly handle: number;

  constructor(
    folder: string,
    { stream = 0, sequence = 0, records = 64 }: { stream?: number; sequence?: number; records?: number } = {},
  ) {
    this.name = `100-0-abc-${stream}-${sequence}.seg`;
    this.handle = openSync(join(folder, this.name), 'w');
    const size = SEGMENT_HEADER_BYTES + records * RECORD_BYTES;
    const bytes = Buffer.alloc(size);
    bytes.set(SEGMENT_MAGIC);
    bytes.writeBigUInt64LE(BigInt(size), HEADER.size);
    writeSync(this.handle, bytes, 0, size, 0);
  }

  /** Writes a record whose object is `value` into a slot. */
  write(slot: number, value: number): void {
    this.writePayload(slot, value);
    this.writeCommit(slot);
  }

  writePayload(slot: number, value: number): void {
    const payload = Buffer.alloc(RECORD.commit);
    payload.writeUInt32LE(value, RECORD.object);
    writeSync(this.handle, payload, 0, payload.length, placeOf(slot));
  }

  writeCommit(slot: number): void {
    const commit = Buffer.alloc(4);
    commit.writeUInt32LE(50);
    writeSync(this.handle, commit, 0, 4, placeOf(slot) + RECORD.commit);
  }
}

function placeOf(slot: number): number {
  return SEGMENT_HEADER_BYTES + slot * RECORD_BYTES;
}

/** Takes chunks as the engine does, and remembers the values of the records, file by file. */
export class RecordingSink {
  readonly values = new Map<string, number[]>();
  readonly texts = new Map<string, string>();
  readonly files: string[] = [];
  passes = 0;
  private readonly consumed = new Map<string, number>();

  append({ file, offset, bytes, final }: Chunk): number {
    if (file === '') {
      this.passes++;
      return 0;
    }
    this.files.push(file);
    if (!file.endsWith('.seg')) {
      this.texts.set(file, (this.texts.get(file) ?? '') + Buffer.from(bytes).toString());
      return offset + bytes.length;
    }
    const known = this.consumed.get(file);
    if (known !== undefined && offset === 0) return known;
    const from = offset === 0 ? SEGMENT_HEADER_BYTES : 0;
    const length = committedBytes(bytes, from, { final });
    const values = this.values.get(file) ?? [];
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    for (let at = from; at < from + length; at += RECORD_BYTES) {
      const isHole = view.getUint32(at + RECORD.commit, true) === 0;
      if (!isHole) values.push(view.getUint32(at + RECORD.object, true));
    }
    this.values.set(file, values);
    this.consumed.set(file, offset + from + length);
    return offset + from + length;
  }
}
