/** The form of a segment file: its header, and how far its records are committed. */
import { HEADER, RECORD, RECORD_BYTES, SEGMENT_HEADER_BYTES, SEGMENT_MAGIC } from '../../common/events';
import type { Problem } from '../../common/trace';
import { u32, u64 } from './bytes';

export interface SegmentHeader {
  readonly pid: number;
  readonly interpreter: number;
  /** When its space began to record, nanoseconds; names the space together with pid and interpreter. */
  readonly nonce: number;
  /** The same as [high, low] words. */
  readonly nonceWords: readonly [number, number];
  readonly stream: number;
  readonly sequence: number;
  /** Nanoseconds of the recorder's clock and of the wall clock at one moment, each as [high, low] words. */
  readonly clock: readonly [number, number];
  readonly wall: readonly [number, number];
  /** `sys.hexversion`. */
  readonly python: number;
  readonly gil: boolean;
  readonly clockIsShared: boolean;
  /** Records that the stream could not write. */
  readonly dropped: number;
  /** Bytes of the whole file. */
  readonly size: number;
  /** Whether the stream gave up writing. */
  readonly stopped: boolean;
}

export type HeaderResult =
  | { readonly kind: 'header'; readonly header: SegmentHeader }
  /** More bytes are needed. */
  | { readonly kind: 'incomplete' }
  /** Its writer has not finished the header, whose magic comes last: there is nothing in it yet. */
  | { readonly kind: 'unbegun' }
  | { readonly kind: 'bad'; readonly problem: Problem };

/** Reads a segment's header from the start of `bytes`; `file` is for the sentence about what is wrong. */
export function readHeader(bytes: Uint8Array, file: string): HeaderResult {
  if (bytes.length < SEGMENT_HEADER_BYTES) return { kind: 'incomplete' };
  if (bytes.subarray(0, SEGMENT_MAGIC.length).every((byte) => byte === 0)) return { kind: 'unbegun' };
  for (let i = 0; i < 7; i++) {
    if (bytes[i] !== SEGMENT_MAGIC[i]) {
      return bad('corrupt', `${file} does not start as a segment of events does; it was left out.`);
    }
  }
  const version = bytes[7] as number;
  if (version !== SEGMENT_MAGIC[7]) {
    return bad(
      'newer',
      `${file} has format version ${version}, this Interleave reads version ${SEGMENT_MAGIC[7]}; update the extension to see it.`,
    );
  }
  const features = u32(bytes, HEADER.features);
  const header: SegmentHeader = {
    pid: u32(bytes, HEADER.pid),
    interpreter: u32(bytes, HEADER.interpreter),
    nonce: u64(bytes, HEADER.nonce),
    nonceWords: [u32(bytes, HEADER.nonce + 4), u32(bytes, HEADER.nonce)],
    stream: u32(bytes, HEADER.stream),
    sequence: u32(bytes, HEADER.sequence),
    clock: [u32(bytes, HEADER.clock + 4), u32(bytes, HEADER.clock)],
    wall: [u32(bytes, HEADER.wall + 4), u32(bytes, HEADER.wall)],
    python: u32(bytes, HEADER.python),
    gil: (features & 1) !== 0,
    clockIsShared: (features & 2) !== 0,
    dropped: u64(bytes, HEADER.dropped),
    size: u64(bytes, HEADER.size),
    stopped: u32(bytes, HEADER.lastRecord + RECORD.commit) !== 0,
  };
  return { kind: 'header', header };
}

/**
 * Number of bytes from `offset` on that are complete records. A slot whose commit word is zero ends them, since it may
 * be written any moment; with `final` such a slot is a hole and is stepped over when a committed record follows it.
 */
export function committedBytes(bytes: Uint8Array, offset: number, { final }: { readonly final: boolean }): number {
  const last = bytes.length - RECORD_BYTES;
  let end = offset;
  for (let at = offset; at <= last; at += RECORD_BYTES) {
    const committed = u32(bytes, at + RECORD.commit) !== 0;
    if (committed) end = at + RECORD_BYTES;
    else if (!final) break;
  }
  return end - offset;
}

function bad(kind: Problem['kind'], text: string): HeaderResult {
  return { kind: 'bad', problem: { kind, text } };
}
