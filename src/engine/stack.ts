/** Which of the user's functions were open in a unit at a moment, from the recorded spans. */
import { STEP_FLAG } from './activity';
import type { ReportFrame } from './reportFindings';
import type { Trace } from './trace';

const MOST_FRAMES = 16;

/** Innermost first; empty when function spans are not recorded (or muted there). Looks through all spans. */
export function stackAt(trace: Trace, unit: number, time: number): ReportFrame[] {
  const open: { depth: number; site: number }[] = [];
  const { columns, length } = trace.spans;
  for (let row = 0; row < length; row++) {
    if (columns.unit[row] !== unit || (columns.flags[row] as number) & STEP_FLAG) continue;
    if ((columns.start[row] as number) > time || (columns.end[row] as number) < time) continue;
    open.push({ depth: columns.depth[row] as number, site: columns.site[row] as number });
  }
  for (const span of trace.openSpans()) {
    if (span.unit === unit && span.start <= time && !(span.flags & STEP_FLAG)) open.push(span);
  }
  open.sort((a, b) => b.depth - a.depth);
  const frames: ReportFrame[] = [];
  for (const { site } of open.slice(0, MOST_FRAMES)) {
    const place = trace.sites[site - 1];
    if (place && place.line > 0) frames.push({ file: place.file, line: place.line, function: place.function });
  }
  return frames;
}
