import type { TraceDelta } from '../../common/protocol';
import type { Problem } from '../../common/trace';
import type { Cursor, Trace } from '../engine/trace';

/** A reader that first gives all of a trace, then what came since its last call; with problems that the trace cannot know. */
export function readerOf(trace: Trace, moreProblems: () => readonly Problem[]): () => TraceDelta {
  let cursor: Cursor | null = null;
  return () => {
    const step = trace.delta(cursor);
    cursor = step.cursor;
    return { ...step.delta, problems: [...moreProblems(), ...step.delta.problems] };
  };
}
