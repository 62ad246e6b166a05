/** The host's part of the benchmark: reads a saved trace as the extension does, and gives its messages as bytes. */
import { hasAll } from '../../common/deltaRows';
import type { TraceDelta } from '../../common/protocol';
import { SavedTrace } from '../../src/session/savedTrace';

/** As the panel's. */
const ROWS_PER_MESSAGE = 100_000;

export interface OpenTrace {
  /** Resolves to milliseconds when all of the file was read. */
  readonly decoded: Promise<number>;
  /** The next message, empty when there is none. */
  next(): Buffer;
}

export function openTrace(path: string): OpenTrace {
  const begun = performance.now();
  const trace = SavedTrace.open(path);
  let read: (() => TraceDelta) | undefined;
  let isWhole = false;
  return {
    decoded: trace.loaded.then(() => performance.now() - begun),
    next: () => {
      if (isWhole) return Buffer.alloc(0);
      read ??= trace.openReader(ROWS_PER_MESSAGE);
      const delta = read();
      isWhole = hasAll(delta);
      return packed(delta);
    },
  };
}

/** JSON with the places of the columns, its length before it, and the columns behind it, on boundaries of eight bytes. */
function packed(delta: TraceDelta): Buffer {
  const columns: Buffer[] = [];
  let length = 0;
  const json = JSON.stringify(delta, (_, value: unknown) => {
    if (typeof value === 'number' && Number.isNaN(value)) return { NaN: 1 };
    if (!(value instanceof ArrayBuffer)) return value;
    const place = length;
    columns.push(Buffer.from(value), Buffer.alloc((8 - (value.byteLength % 8)) % 8));
    length += Math.ceil(value.byteLength / 8) * 8;
    return { place, bytes: value.byteLength };
  });
  const text = Buffer.from(json);
  const head = Buffer.alloc(8);
  head.writeUInt32LE(text.length);
  return Buffer.concat([head, text, ...columns]);
}
