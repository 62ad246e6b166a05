/** A run as patterns look at it: rows by what they are about, made when the first pattern asks, and names. */
import type { AdvicePlace, AdviceStretch } from '../../../common/advice';
import { rowsByUnit } from '../../../common/analysis/rowsByUnit';
import type { RunTables } from '../../../common/analysis/tables';
import { OPERATION_FAMILIES } from '../../../common/events';
import type { Unit, UnitKind } from '../../../common/trace';
import { objectName, operationName, placeName, unitName } from '../names';
import type { Interval } from './intervals';
import { MOST_STRETCHES } from './thresholds';

const NONE = new Uint32Array(0);
const MANY: Readonly<Record<UnitKind, string>> = {
  process: 'processes',
  interpreter: 'interpreters',
  thread: 'threads',
  task: 'tasks',
  job: 'jobs',
};

export class Look {
  private readonly made = new Map<string, (key: number) => Uint32Array>();

  private readonly shared = new Map<string, unknown>();

  constructor(readonly tables: RunTables) {}

  /** Nanoseconds that the run took so far. */
  get wall(): number {
    return Math.max(1, this.tables.now);
  }

  /** Rows of waits of a unit, of waits for an object, of waits for a unit, of holds of an object, in the order of ends. */
  readonly waitsOf = (unit: number): Uint32Array =>
    this.rows('waits.unit', this.tables.waits.columns.unit, this.tables.waits.length, 0, unit);
  readonly waitsForObject = (object: number): Uint32Array =>
    this.rows('waits.object', this.tables.waits.columns.object, this.tables.waits.length, 1, object);
  readonly waitsForUnit = (unit: number): Uint32Array =>
    this.rows('waits.target', this.tables.waits.columns.target, this.tables.waits.length, 1, unit);
  readonly holdsOf = (object: number): Uint32Array =>
    this.rows('holds.object', this.tables.holds.columns.object, this.tables.holds.length, 0, object);
  /** How a thread stood, in the order of time. */
  readonly statesOf = (unit: number): Uint32Array =>
    this.rows('states.unit', this.tables.states.columns.unit, this.tables.states.length, 0, unit);
  /** Spans that ran on a thread, those of its tasks among them. */
  readonly spansOn = (thread: number): Uint32Array =>
    this.rows('spans.thread', this.tables.spans.columns.thread, this.tables.spans.length, 0, thread);

  /** What several patterns need, made once. */
  once<T>(name: string, make: () => T): T {
    if (!this.shared.has(name)) this.shared.set(name, make());
    return this.shared.get(name) as T;
  }

  /** From begin to end, up to now while it runs; undefined when it never began. */
  life({ start, end }: Unit): Interval | undefined {
    return Number.isNaN(start) ? undefined : [start, Number.isNaN(end) ? this.tables.now : end];
  }

  wait(row: number): Interval {
    const { start, end } = this.tables.waits.columns;
    return [start[row] as number, end[row] as number];
  }

  hold(row: number): Interval {
    const { start, end } = this.tables.holds.columns;
    return [start[row] as number, end[row] as number];
  }

  /** `lock`, `queue`, `sleep`; '' when unknown. */
  familyOfWait(row: number): string {
    return OPERATION_FAMILIES[this.tables.waits.columns.operation[row] as number] ?? '';
  }

  operationOfWait(row: number): string {
    return operationName(this.tables.waits.columns.operation[row] as number);
  }

  familyOfObject(object: number): string {
    return OPERATION_FAMILIES[this.tables.objects[object]?.operation ?? 0] ?? '';
  }

  nameOf(unit: number): string {
    return unitName(this.tables, unit);
  }

  objectName(object: number): string {
    return objectName(this.tables, object);
  }

  /** `prog.py:12`, '' when unknown; `site` is row + 1. */
  placeOf(site: number): string {
    return placeName(this.tables.sites[site - 1]);
  }

  /** `4 threads`, `1 task`, `3 units` where they are of several kinds. */
  countWords(units: Iterable<number>): string {
    const all = [...units];
    const kinds = new Set(all.map((unit) => this.tables.units[unit]?.kind));
    const [kind] = kinds;
    if (kinds.size !== 1 || kind === undefined) return `${all.length} units`;
    return `${all.length} ${all.length === 1 ? kind : MANY[kind]}`;
  }

  private rows(name: string, column: ArrayLike<number>, length: number, less: number, key: number): Uint32Array {
    let of = this.made.get(name);
    if (!of) {
      let keys = 0;
      for (let row = 0; row < length; row++) keys = Math.max(keys, (column[row] as number) + 1);
      const index = rowsByUnit(column, length, keys);
      of = (wanted) => index.rows.subarray(index.starts[wanted] ?? 0, index.starts[wanted + 1] ?? 0);
      this.made.set(name, of);
    }
    return key < 0 ? NONE : of(key + less);
  }
}

/** The longest stretches that a picture can show, in the order of time. */
export function longest(stretches: readonly AdviceStretch[]): AdviceStretch[] {
  return [...stretches]
    .sort((a, b) => b.to - b.from - (a.to - a.from))
    .slice(0, MOST_STRETCHES)
    .sort((a, b) => a.from - b.from);
}

/** The places with the largest sums, the largest first, each with what happens there. */
export function costliest(sums: ReadonlyMap<number, number>, role: string, most = 3): AdvicePlace[] {
  return [...sums]
    .filter(([site]) => site > 0)
    .sort((a, b) => b[1] - a[1])
    .slice(0, most)
    .map(([site]) => ({ site, role }));
}

export function addTo<K>(sums: Map<K, number>, key: K, by: number): void {
  sums.set(key, (sums.get(key) ?? 0) + by);
}
