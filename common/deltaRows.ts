/** How many rows a message brings, and how many follow. */
import type { TraceDelta } from './protocol';
import type { TableSlice } from './table';

/** Whether nothing that is known by now was left for later messages. */
export function hasAll(delta: TraceDelta): boolean {
  return rowsToCome(delta) === 0;
}

/** Rows that are known and follow in later messages. */
export function rowsToCome(delta: TraceDelta): number {
  return slicesOf(delta).reduce((sum, { more = 0 }) => sum + more, 0);
}

function slicesOf({ spans, waits, holds, coreSpans, states, depths }: TraceDelta): readonly TableSlice[] {
  return [spans, waits, holds, coreSpans, states, depths];
}
