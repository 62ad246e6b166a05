import type { TraceDelta } from '../../common/protocol';
import type { Cursor, Trace } from '../engine/trace';

/** A reader that first gives all of a trace, then what came since its last call. */
export function readerOf(trace: Trace): () => TraceDelta {
  let cursor: Cursor | null = null;
  return () => {
    const step = trace.delta(cursor);
    cursor = step.cursor;
    return step.delta;
  };
}
