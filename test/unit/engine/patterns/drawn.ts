/** Runs drawn for tests of patterns: a main thread, and what the drawing adds. */
import type { Advice } from '../../../../common/advice';
import { drawCores } from '../../../support/drawCores';
import { drawTrace } from '../../../support/drawTrace';
import { readWhole } from '../../../support/readTrace';

/** `end` in microseconds. */
export function drawnAdvice(drawing: string, end: number, cores?: { drawing: string; count: number }): Advice[] {
  const files = drawTrace(`
    0 100.0 process_begin P how=program parent=1
    0 100.0 thread_begin Main tid=100 flags=1
    ${drawing}
    ${end} 100.0 process_end P
  `);
  const kernel = cores ? drawCores(cores.drawing, cores.count) : new Map<string, Uint8Array>();
  return [...readWhole(new Map([...files, ...kernel])).advice.all];
}

export function ids(advice: readonly Advice[]): string[] {
  return advice.map(({ id }) => id);
}

/** One line for each time, in the order of the numbers. */
export function repeat(count: number, line: (i: number) => string): string {
  return Array.from({ length: count }, (_, i) => line(i)).join('\n');
}
