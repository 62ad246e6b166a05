import type { ShownFinding } from '../../common/finding';
import type { TraceDelta } from '../../common/protocol';
import type { Problem } from '../../common/trace';
import type { Cursor, Trace } from '../engine/trace';
import type { Findings } from './findings';

/**
 * A reader that first gives all of a trace, then what came since its last call; with problems that the trace cannot know.
 * With `mostRows` it gives so many rows of each table at most, and the others at its next calls.
 */
export function readerOf(
  trace: Trace,
  findings: Findings,
  moreProblems: () => readonly Problem[],
  mostRows?: number,
): () => TraceDelta {
  let cursor: Cursor | null = null;
  let sent: readonly ShownFinding[] | undefined;
  return () => {
    const step = trace.delta(cursor, mostRows);
    cursor = step.cursor;
    const all = findings.all();
    const news = all === sent ? null : all;
    sent = all;
    return { ...step.delta, findings: news, problems: [...moreProblems(), ...step.delta.problems] };
  };
}
