/** The tables of statistics as rows of one form, with names. Pure. */
import type { Statistics, Timing } from '../../common/analysis/statistics';
import { OPERATION_NAMES } from '../../common/events';
import type { Site } from '../../common/trace';
import { type Selection, selectionOf } from '../selection';
import type { Store } from '../store';
import { functionWords, nameOf, objectName, placeWords } from '../words';

export type TableName = 'functions' | 'units' | 'waits';

export interface StatisticsRow {
  readonly name: string;
  /** Where it stands, '' when unknown. */
  readonly place: string;
  readonly site: Site | undefined;
  readonly timing: Timing;
  /** Nanoseconds: a function's own time, a unit's waits; NaN where there is no such thing. */
  readonly second: number;
  /** What must be known to read the figures, '' for nothing. */
  readonly note: string;
  readonly longest: Selection | undefined;
}

export function rowsOf(store: Store, statistics: Statistics, table: TableName): readonly StatisticsRow[] {
  switch (table) {
    case 'functions':
      return functionRows(store, statistics);
    case 'units':
      return unitRows(store, statistics);
    case 'waits':
      return waitRows(store, statistics);
  }
}

function functionRows(store: Store, { functions }: Statistics): readonly StatisticsRow[] {
  return functions.map((timing) => {
    const site = store.site(timing.site);
    const { longest } = timing;
    return {
      name: functionWords(site) || 'a function that is not known',
      place: site ? placeWords(site) : '',
      site,
      timing,
      second: timing.own,
      note: notes(timing.isSuspended && 'each time between two suspensions counts as a call'),
      longest: longest < 0 ? undefined : selectionOf(store, { kind: 'span', row: longest }),
    };
  });
}

function unitRows(store: Store, { units }: Statistics): readonly StatisticsRow[] {
  return units.map((timing) => ({
    name: nameOf(store, timing.unit),
    place: store.units[timing.unit]?.kind ?? '',
    site: undefined,
    timing,
    second: timing.waited,
    note: notes(timing.isDerived && 'when it ran is concluded, not recorded'),
    longest: longestOfUnit(store, timing),
  }));
}

function longestOfUnit(store: Store, { longest, rowsOf, unit }: Statistics['units'][number]): Selection | undefined {
  if (longest < 0) return undefined;
  if (rowsOf === 'spans') return selectionOf(store, { kind: 'span', row: longest });
  const { start, end, state, flags } = store.states.columns;
  const derived = (flags[longest] & 1) !== 0;
  return { kind: 'state', unit, state: state[longest], from: start[longest], to: end[longest], derived };
}

function waitRows(store: Store, { waits }: Statistics): readonly StatisticsRow[] {
  return waits.map((timing) => {
    const made = store.site(store.objects[timing.object - 1]?.site ?? 0);
    const thing = objectName(store, timing.object) || (made ? `made at ${placeWords(made)}` : '');
    const kind = OPERATION_NAMES[timing.operation] ?? 'waits';
    return {
      name: timing.isIdle ? `${kind} (idle)` : [kind, thing].filter(Boolean).join(' '),
      place: made ? placeWords(made) : '',
      site: made,
      timing,
      second: Number.NaN,
      note: notes(timing.isIdle && 'a worker without work'),
      longest: timing.longest < 0 ? undefined : selectionOf(store, { kind: 'wait', row: timing.longest }),
    };
  });
}

function notes(...all: readonly (string | false)[]): string {
  return all.filter(Boolean).join('; ');
}
