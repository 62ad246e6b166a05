/** From what units did at a line to a strip of columns: which colour each of them has, and whether it waited. */
import type { SiteActivity } from './lineActivity';
import { spread } from './lineActivityBuckets';

/** A column in which the line ran or waited. */
export interface StripCell {
  /** Place in the palette, -1 grey. */
  readonly colour: number;
  /** For at least half of the time that it was there. */
  readonly waits: boolean;
}

/** Units of one row, or neighbours where there are more units than rows; of these each column shows who was there longest. */
export interface StripRow {
  readonly units: readonly number[];
  readonly cells: readonly (StripCell | undefined)[];
}

export type LineStrip = readonly StripRow[];

/** What goes on; `to` is NaN while it does. */
export interface OpenStretch {
  readonly unit: number;
  readonly colour: number;
  readonly from: number;
  readonly to: number;
  readonly waits: boolean;
}

export interface StripFacts {
  /** By unit, or by what stands for the further ones. */
  readonly activities: readonly (readonly [number, SiteActivity])[];
  readonly open: readonly OpenStretch[];
  readonly until: number;
  readonly now: number;
  readonly columns: number;
  readonly rows: number;
}

interface Line {
  readonly unit: number;
  readonly colour: number;
  readonly ran: Float64Array;
  readonly waited: Float64Array;
}

export function stripOf({ activities, open, until, now, columns, rows }: StripFacts): LineStrip {
  const lines = new Map<number, Line>();
  const lineOf = (unit: number, colour: number): Line => {
    let line = lines.get(unit);
    if (!line) {
      line = { unit, colour, ran: new Float64Array(columns), waited: new Float64Array(columns) };
      lines.set(unit, line);
    }
    return line;
  };
  const length = Math.max(until, 1);
  for (const [unit, { colour, buckets }] of activities) {
    const { ran, waited } = lineOf(unit, colour);
    buckets.into(ran, waited, length);
  }
  for (const { unit, colour, from, to, waits } of open) {
    const line = lineOf(unit, colour);
    spread(waits ? line.waited : line.ran, from, Number.isNaN(to) ? Math.max(from, now) : to, length / columns);
  }
  const ordered = [...lines.values()].sort((a, b) => rank(a.unit) - rank(b.unit));
  const count = Math.min(rows, ordered.length);
  return Array.from({ length: count }, (_, row) => {
    const from = Math.floor((row * ordered.length) / count);
    const group = ordered.slice(from, Math.floor(((row + 1) * ordered.length) / count));
    const cells = Array.from({ length: columns }, (_, column) => cellOf(group, column));
    return { units: group.map(({ unit }) => unit), cells };
  });
}

/** What stands for further units comes last. */
function rank(unit: number): number {
  return unit < 0 ? Number.MAX_SAFE_INTEGER + unit : unit;
}

function cellOf(group: readonly Line[], column: number): StripCell | undefined {
  let most: StripCell | undefined;
  let longest = 0;
  for (const { colour, ran, waited } of group) {
    const [didRun, didWait] = [ran[column] as number, waited[column] as number];
    // A wait lies within the time of its line, where that is known.
    const whole = Math.max(didRun, didWait);
    if (whole <= longest) continue;
    longest = whole;
    most = { colour, waits: didWait * 2 >= whole };
  }
  return most;
}
