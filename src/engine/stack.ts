/** Which of the user's functions were open in a unit at a moment, from the recorded spans. */
import { STEP_FLAG } from './activity';
import type { Trace } from './trace';

/** A function that was open. */
export interface ReportFrame {
  readonly file: string;
  /** Line of the function's `def`. */
  readonly line: number;
  readonly function: string;
}

/** A unit at a time. */
export interface Moment {
  readonly unit: number;
  /** NaN when it is no moment of the run. */
  readonly time: number;
}

const MOST_FRAMES = 16;

interface Call {
  readonly depth: number;
  readonly site: number;
}

/**
 * The functions that were open at each moment, innermost first; none where they were not recorded or are muted. Goes
 * through all spans once, however many moments there are.
 */
export function stacksAt(trace: Trace, moments: readonly Moment[]): ReportFrame[][] {
  const calls: Call[][] = moments.map(() => []);
  const byUnit = momentsByUnit(moments);
  const { unit, start, end, depth, site, flags } = trace.spans.columns;
  for (let row = 0; byUnit.size > 0 && row < trace.spans.length; row++) {
    const wanted = byUnit.get(unit[row] as number);
    if (!wanted || (flags[row] as number) & STEP_FLAG) continue;
    const call = { depth: depth[row] as number, site: site[row] as number };
    for (let at = firstFrom(wanted, start[row] as number); at < wanted.length; at++) {
      const { time, index } = wanted[at] as Wanted;
      if (time > (end[row] as number)) break;
      calls[index]?.push(call);
    }
  }
  for (const span of trace.openSpans()) {
    const wanted = span.flags & STEP_FLAG ? undefined : byUnit.get(span.unit);
    for (const { time, index } of wanted ?? []) if (time >= span.start) calls[index]?.push(span);
  }
  return calls.map((open) => framesOf(trace, open));
}

interface Wanted {
  readonly time: number;
  /** Place among the moments that were asked for. */
  readonly index: number;
}

/** By unit, in the order of time. */
function momentsByUnit(moments: readonly Moment[]): Map<number, Wanted[]> {
  const byUnit = new Map<number, Wanted[]>();
  for (const [index, { unit, time }] of moments.entries()) {
    if (unit === -1 || Number.isNaN(time)) continue;
    const known = byUnit.get(unit);
    if (known) known.push({ time, index });
    else byUnit.set(unit, [{ time, index }]);
  }
  for (const wanted of byUnit.values()) wanted.sort((a, b) => a.time - b.time);
  return byUnit;
}

function firstFrom(wanted: readonly Wanted[], time: number): number {
  let low = 0;
  let high = wanted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((wanted[middle] as Wanted).time < time) low = middle + 1;
    else high = middle;
  }
  return low;
}

function framesOf(trace: Trace, calls: readonly Call[]): ReportFrame[] {
  const innermostFirst = [...calls].sort((a, b) => b.depth - a.depth);
  return innermostFirst.slice(0, MOST_FRAMES).flatMap(({ site }) => {
    const place = trace.sites[site - 1];
    return place && place.line > 0 ? [{ file: place.file, line: place.line, function: place.function }] : [];
  });
}
