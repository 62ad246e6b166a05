/** Reading one record out of a segment's bytes. */
import { RECORD_BYTES } from '../../common/events';

/** One record as numbers; ids are two words. The same object is used for all records of a stream's chunk. */
export interface RawRecord {
  /** Nanoseconds since the origin. */
  time: number;
  kind: number;
  operation: number;
  outcome: number;
  flags: number;
  timeHigh: number;
  timeLow: number;
  objectHigh: number;
  objectLow: number;
  argHigh: number;
  argLow: number;
  site: number;
}

export function emptyRecord(): RawRecord {
  return {
    time: 0,
    kind: 0,
    operation: 0,
    outcome: 0,
    flags: 0,
    timeHigh: 0,
    timeLow: 0,
    objectHigh: 0,
    objectLow: 0,
    argHigh: 0,
    argLow: 0,
    site: 0,
  };
}

/** Reads the record at word `at` into `record`; the caller has checked that it is committed. */
export function readRecord(words: Uint32Array, at: number, record: RawRecord): void {
  const commit = words[at + 7] as number;
  record.timeLow = words[at] as number;
  record.timeHigh = words[at + 1] as number;
  record.objectLow = words[at + 2] as number;
  record.objectHigh = words[at + 3] as number;
  record.argLow = words[at + 4] as number;
  record.argHigh = words[at + 5] as number;
  record.site = words[at + 6] as number;
  record.kind = commit & 0xff;
  record.operation = (commit >>> 8) & 0xfff;
  record.outcome = (commit >>> 20) & 0xf;
  record.flags = commit >>> 24;
}

/** The bytes as 32-bit words; copies them when they do not lie on a word's boundary. */
export function wordsOf(bytes: Uint8Array): Uint32Array {
  const whole = bytes.length - (bytes.length % RECORD_BYTES);
  const aligned = bytes.byteOffset % 4 === 0 ? bytes : bytes.slice(0, whole);
  return new Uint32Array(aligned.buffer, aligned.byteOffset, whole / 4);
}
