/** Spans of functions: where they begin and end, and their rows. */
import { OUTCOME } from '../../common/events';
import { endLines } from './foldLines';
import type { Model } from './model';
import type { RawRecord } from './record';
import type { Stream } from './stream';

/** Ends the innermost span of this function; those inside it, whose end is missing, end with it. */
export function foldLeave(model: Model, stream: Stream, record: RawRecord): void {
  const { current, thread } = stream;
  if (!current) return;
  const site = model.siteRow(stream.space, record.site);
  const { spans } = current;
  let found = spans.length - 3;
  while (found >= 0 && spans[found + 1] !== site) found -= 3;
  if (found < 0) return;
  const inStep = Number.isNaN(current.stepStart) ? 0 : 1;
  endLines(model, current, found / 3, record.time, 0);
  while (spans.length > found) {
    const flags = spans.pop() as number;
    const spanSite = spans.pop() as number;
    const start = spans.pop() as number;
    const isCutOff = spans.length > found;
    const failed = record.outcome === OUTCOME.failed ? 1 : 0;
    const ending = isCutOff ? 32 : failed | ((record.flags & 1) << 2);
    addSpan(model, {
      unit: current.unit,
      thread: thread?.unit ?? current.thread,
      start,
      end: record.time,
      site: spanSite,
      depth: spans.length / 3 + inStep,
      flags: (flags << 1) | ending,
    });
  }
}

export interface SpanRow {
  readonly unit: number;
  readonly thread: number;
  readonly start: number;
  readonly end: number;
  readonly site: number;
  readonly depth: number;
  readonly flags: number;
}

export function addSpan(model: Model, span: SpanRow): void {
  const row = model.spans.add();
  const { columns } = model.spans;
  columns.unit[row] = span.unit;
  columns.thread[row] = span.thread;
  columns.start[row] = span.start;
  columns.end[row] = Math.max(span.start, span.end);
  columns.site[row] = span.site;
  columns.depth[row] = Math.min(65535, span.depth);
  columns.flags[row] = span.flags;
}
