/**
 * The form of an `.interleave` file: the files of a run folder, in pieces, so that it can be written and read as a stream
 * and that one which breaks off or is damaged in a place can be read all the same.
 *
 *     magic (8 bytes; the last one is the version)
 *     entry*   marker 4 | kind 1 | name bytes 1 | unused 2 | offset 6 | bytes stored 4 | bytes 4 | name | gzip of the bytes
 *
 * An entry's bytes are those of a file from an offset on; gzip brings a checksum. The last entry is `end` and has no
 * bytes: where it is missing, the file was cut off.
 */
import { gunzip, gzip } from 'node:zlib';

export const TRACE_MAGIC = Buffer.from('ILTRACE\x01', 'latin1');
export const TRACE_VERSION = TRACE_MAGIC[7] as number;

const MARKER = 0x8c_1e_af_e5;
const MARKER_BYTES = Buffer.from([0xe5, 0xaf, 0x1e, 0x8c]);
const ENTRY_HEADER_BYTES = 22;
/** More than anyone writes; a length above it is damage. */
const MOST_ENTRY_BYTES = 64 * 1024 * 1024;
/** Of unpacking, in one go: what zlib allows, and what is not too much for a length that may be damaged. */
const SMALLEST_OUTPUT = 64;
const MOST_OUTPUT = 1024 * 1024;
/** Traces are mostly repetition: more effort gains little. */
const EFFORT = 1;

export type EntryKind = 'piece' | 'last' | 'end';
const ENTRY_KINDS: readonly EntryKind[] = ['piece', 'last', 'end'];

/** A piece of a file; `last` when nothing of the file follows. */
export interface Entry {
  readonly kind: EntryKind;
  readonly name: string;
  readonly offset: number;
  readonly bytes: Uint8Array;
}

export async function encodeEntry({ kind, name, offset, bytes }: Entry): Promise<Buffer> {
  const stored = kind === 'end' ? Buffer.alloc(0) : await gzipped(bytes);
  const nameBytes = Buffer.from(name, 'latin1');
  const header = Buffer.alloc(ENTRY_HEADER_BYTES);
  header.writeUInt32LE(MARKER, 0);
  header.writeUInt8(ENTRY_KINDS.indexOf(kind), 4);
  header.writeUInt8(nameBytes.length, 5);
  header.writeUIntLE(offset, 8, 6);
  header.writeUInt32LE(stored.length, 14);
  header.writeUInt32LE(bytes.length, 18);
  return Buffer.concat([header, nameBytes, stored]);
}

/** What lies at the start of some bytes: an entry, the start of one, or something damaged. */
export type DecodeResult =
  | { readonly kind: 'entry'; readonly entry: PackedEntry; readonly length: number }
  | { readonly kind: 'incomplete' }
  /** Nothing of use up to `length`. */
  | { readonly kind: 'damaged'; readonly length: number };

/** An entry whose bytes are being unpacked: beside the work of this thread, so that several can be at once. */
export interface PackedEntry {
  readonly kind: EntryKind;
  readonly name: string;
  readonly offset: number;
  /** Undefined when they are damaged. */
  readonly bytes: Promise<Uint8Array | undefined>;
}

export function decodeEntry(bytes: Buffer): DecodeResult {
  if (bytes.length < ENTRY_HEADER_BYTES) return { kind: 'incomplete' };
  const kind = ENTRY_KINDS[bytes.readUInt8(4)];
  const nameLength = bytes.readUInt8(5);
  const stored = bytes.readUInt32LE(14);
  const size = bytes.readUInt32LE(18);
  const isEntry = bytes.readUInt32LE(0) === MARKER && kind && stored <= MOST_ENTRY_BYTES && size <= MOST_ENTRY_BYTES;
  if (!isEntry) return { kind: 'damaged', length: nextMarker(bytes) };
  const length = ENTRY_HEADER_BYTES + nameLength + stored;
  if (bytes.length < length) return { kind: 'incomplete' };
  const name = bytes.toString('latin1', ENTRY_HEADER_BYTES, ENTRY_HEADER_BYTES + nameLength);
  const offset = bytes.readUIntLE(8, 6);
  const content =
    kind === 'end' ? Promise.resolve(Buffer.alloc(0)) : gunzipped(bytes.subarray(length - stored, length), size);
  return { kind: 'entry', entry: { kind, name, offset, bytes: content }, length };
}

/** What the start of an entry says of it, without its content; undefined when there is none. */
export function entryAhead(
  bytes: Buffer,
): { readonly kind: EntryKind; readonly name: string; readonly length: number } | undefined {
  if (bytes.length < ENTRY_HEADER_BYTES || bytes.readUInt32LE(0) !== MARKER) return undefined;
  const kind = ENTRY_KINDS[bytes.readUInt8(4)];
  const nameEnd = ENTRY_HEADER_BYTES + bytes.readUInt8(5);
  const name = bytes.toString('latin1', ENTRY_HEADER_BYTES, nameEnd);
  return kind && { kind, name, length: nameEnd + bytes.readUInt32LE(14) };
}

/** Place of the next marker behind the start; when there is none, of where the first bytes of one may be. */
export function nextMarker(bytes: Buffer): number {
  const place = bytes.indexOf(MARKER_BYTES, 1);
  return place < 0 ? Math.max(1, bytes.length - MARKER_BYTES.length + 1) : place;
}

function gzipped(bytes: Uint8Array): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    gzip(bytes, { level: EFFORT }, (error, result) => (error ? reject(error) : resolve(result)));
  });
}

/** Undefined when the bytes are damaged, or not as many as they were. */
function gunzipped(bytes: Uint8Array, size: number): Promise<Buffer | undefined> {
  return new Promise((resolve) => {
    // In one piece, or it would go back and forth between threads for each 16 KiB.
    const chunkSize = Math.min(Math.max(size, SMALLEST_OUTPUT), MOST_OUTPUT);
    gunzip(bytes, { maxOutputLength: Math.max(size, 1), chunkSize }, (error, result) => {
      resolve(error || result.length !== size ? undefined : result);
    });
  });
}
