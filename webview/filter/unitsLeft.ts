/**
 * Which units have anything that a filter leaves. Looks at each row once, in slices; a unit that has stretches that are
 * left and calls of the files that are meant is left, though they need not be at the same time.
 */
import { THREAD_STATES } from '../../common/trace';
import type { Sliced } from '../slices';
import { JOB, STEP, type Store } from '../store';
import type { FilterState } from './filterState';

export class UnitsLeft implements Sliced {
  private readonly standing = new Set<number>();
  private readonly calling = new Set<number>();
  private statesSeen = 0;
  private waitsSeen = 0;
  private spansSeen = 0;
  private readonly table: Store['spans'];

  constructor(
    private readonly store: Store,
    private readonly filter: FilterState,
    /** By site row + 1: it is of a file that is meant. */
    private readonly sites: Uint8Array,
  ) {
    this.table = store.spans;
  }

  get isStale(): boolean {
    return this.store.spans !== this.table;
  }

  get isComplete(): boolean {
    const { states, waits, spans } = this.store;
    return this.statesSeen === states.length && this.waitsSeen === waits.length && this.spansSeen === spans.length;
  }

  /** Rises with each unit that is found. */
  get size(): number {
    return this.standing.size + this.calling.size;
  }

  has(unit: number): boolean {
    const { states, shortest, files } = this.filter;
    if (files.size > 0 && !this.calling.has(unit) && !this.callsNow(unit)) return false;
    return (states.size === 0 && shortest === 0) || this.standing.has(unit) || this.standsNow(unit);
  }

  advance(rows: number): boolean {
    this.lookAtStates(rows);
    this.lookAtWaits(rows);
    this.lookAtSpans(rows);
    return this.isComplete;
  }

  private lookAtStates(rows: number): void {
    const { store, filter } = this;
    const { unit, state, start, end } = store.states.columns;
    const meant = THREAD_STATES.map((name) => filter.states.size === 0 || filter.states.has(name));
    const to = Math.min(store.states.length, this.statesSeen + rows);
    for (let row = this.statesSeen; row < to; row++)
      if (meant[state[row]] && end[row] - start[row] >= filter.shortest) this.standing.add(unit[row]);
    this.statesSeen = to;
  }

  private lookAtWaits(rows: number): void {
    const { store, filter } = this;
    const to = Math.min(store.waits.length, this.waitsSeen + rows);
    const isMeant = filter.states.size === 0 || filter.states.has('waiting');
    const { unit, start, end } = store.waits.columns;
    for (let row = isMeant ? this.waitsSeen : to; row < to; row++)
      if (end[row] - start[row] >= filter.shortest) this.standing.add(unit[row]);
    this.waitsSeen = to;
  }

  private lookAtSpans(rows: number): void {
    const { store, filter, sites } = this;
    const to = Math.min(store.spans.length, this.spansSeen + rows);
    const runs = filter.states.size === 0 || filter.states.has('running');
    const { unit, flags, site, start, end } = store.spans.columns;
    for (let row = this.spansSeen; row < to; row++) {
      if (sites[site[row]]) this.calling.add(unit[row]);
      // Tasks and jobs run in steps; how threads stand is in the table of states.
      if (runs && flags[row] & (STEP | JOB) && end[row] - start[row] >= filter.shortest) this.standing.add(unit[row]);
    }
    this.spansSeen = to;
  }

  private callsNow(unit: number): boolean {
    return (this.store.openSpansByUnit.get(unit) ?? []).some(({ site }) => this.sites[site]);
  }

  private standsNow(unit: number): boolean {
    const { store, filter } = this;
    const isMeant = (name: (typeof THREAD_STATES)[number], start: number): boolean =>
      (filter.states.size === 0 || filter.states.has(name)) && store.now - start >= filter.shortest;
    const state = store.openStateByUnit.get(unit);
    if (state && isMeant(THREAD_STATES[state.state], state.start)) return true;
    if ((store.openWaitsByUnit.get(unit) ?? []).some(({ start }) => isMeant('waiting', start))) return true;
    const steps = (store.openSpansByUnit.get(unit) ?? []).filter(({ flags }) => flags & (STEP | JOB));
    return steps.some(({ start }) => isMeant('running', start));
  }
}
