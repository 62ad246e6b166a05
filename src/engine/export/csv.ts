/**
 * A trace as one table of comma-separated values (RFC 4180, UTF-8), a row for each unit, wait, span, possession and
 * stretch on a core; `row` tells which. Columns that a kind of row does not have are empty. Times are nanoseconds since the
 * run's origin; `unit`, `parent`, `held_by` and `woken_by` are ids of unit rows. A text that begins like a formula has a `'`
 * before it.
 *
 *     unit  id, unit (its own id), parent, kind, name, state, pid, start_ns, end_ns, file, line, function
 *     wait  unit, kind (the operation), name (what for), state (the outcome), start_ns, end_ns, held_by, woken_by, woken_ns, file, line
 *     span  unit, kind (function, step or job), name, state (ok or failed), start_ns, end_ns, depth, file, line, function
 *     hold  unit, name (what was held), start_ns, end_ns, file, line
 *     core  unit, kind (exact or sampled), core, start_ns, end_ns, state (ended: left it, preempted: pushed off)
 */
import { csvRow } from '../../../common/csvText';
import { OUTCOME_NAMES } from '../../../common/events';
import type { Site } from '../../../common/trace';
import { objectName, operationName, unitName } from '../names';
import { waitedFor } from '../report';
import type { Trace } from '../trace';

const COLUMNS = [
  'row',
  'unit',
  'parent',
  'kind',
  'name',
  'state',
  'pid',
  'core',
  'depth',
  'start_ns',
  'end_ns',
  'held_by',
  'woken_by',
  'woken_ns',
  'file',
  'line',
  'function',
] as const;

type Row = Readonly<Partial<Record<(typeof COLUMNS)[number], string | number>>>;

export function* csv(trace: Trace): Generator<string> {
  yield csvRow(COLUMNS);
  for (const row of rows(trace)) yield csvRow(COLUMNS.map((column) => row[column]));
}

function* rows(trace: Trace): Generator<Row> {
  yield* units(trace);
  yield* waits(trace);
  yield* spans(trace);
  yield* holds(trace);
  yield* coreSpans(trace);
}

function place(site: Site | undefined): Row {
  return site && site.line > 0 ? { file: site.file, line: site.line, function: site.function } : {};
}

function* units(trace: Trace): Generator<Row> {
  for (const unit of trace.units) {
    const site = trace.sites[unit.site - 1] ?? trace.sites[trace.functionSite(unit.id) - 1];
    yield {
      ...place(site),
      row: 'unit',
      unit: unit.id,
      ...(unit.parent === -1 ? {} : { parent: unit.parent }),
      kind: unit.kind,
      name: unitName(trace, unit.id),
      state: unit.state,
      pid: unit.pid,
      start_ns: unit.start,
      end_ns: unit.end,
      function: unit.function,
    };
  }
}

function* waits(trace: Trace): Generator<Row> {
  const { columns, length } = trace.waits;
  for (let row = 0; row < length; row++) {
    yield {
      ...place(trace.sites[columns.site[row]! - 1]),
      row: 'wait',
      unit: columns.unit[row]!,
      kind: operationName(columns.operation[row]!),
      name: waitedFor(trace, row),
      state: OUTCOME_NAMES[columns.outcome[row]!] ?? '',
      start_ns: columns.start[row]!,
      end_ns: columns.end[row]!,
      ...optional('held_by', columns.heldBy[row]!),
      ...optional('woken_by', columns.wokenBy[row]!),
      woken_ns: columns.wokenAt[row]!,
    };
  }
}

function* spans(trace: Trace): Generator<Row> {
  const { columns, length } = trace.spans;
  for (let row = 0; row < length; row++) {
    const flags = columns.flags[row]!;
    const site = trace.sites[columns.site[row]! - 1];
    yield {
      ...place(site),
      row: 'span',
      unit: columns.unit[row]!,
      kind: flags & 8 ? 'step' : flags & 16 ? 'job' : 'function',
      name: site?.function ?? '',
      state: flags & 1 ? 'failed' : 'ok',
      depth: columns.depth[row]!,
      start_ns: columns.start[row]!,
      end_ns: columns.end[row]!,
    };
  }
}

function* holds(trace: Trace): Generator<Row> {
  const { columns, length } = trace.holds;
  for (let row = 0; row < length; row++) {
    yield {
      ...place(trace.sites[columns.site[row]! - 1]),
      row: 'hold',
      unit: columns.unit[row]!,
      name: objectName(trace, columns.object[row]!),
      start_ns: columns.start[row]!,
      end_ns: columns.end[row]!,
    };
  }
}

function* coreSpans(trace: Trace): Generator<Row> {
  const { columns, length } = trace.coreSpans;
  for (let row = 0; row < length; row++) {
    const flags = columns.flags[row]!;
    yield {
      row: 'core',
      ...optional('unit', columns.unit[row]!),
      kind: flags & 2 ? 'sampled' : 'exact',
      state: flags & 1 ? 'preempted' : 'ended',
      core: columns.core[row]!,
      start_ns: columns.start[row]!,
      end_ns: columns.end[row]!,
    };
  }
}

function optional(column: 'unit' | 'held_by' | 'woken_by', rowPlusOne: number): Row {
  return rowPlusOne === 0 ? {} : { [column]: rowPlusOne - 1 };
}
