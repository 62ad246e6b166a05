/** Filter: what is not meant is pale, lanes that are not meant are hidden, and a chip says so. */
import { Chips } from '../chips';
import type { Feature, Instrument } from '../feature';
import type { LaneCondition } from '../laneOrder/arrangement';
import { type LaneKind, unitName } from '../lanes';
import { isSameMeant, MarkedRows, MOST_MARKED } from '../markedRows';
import { type Sliced, Slices } from '../slices';
import { hasAll, wordsOf } from '../textWords';
import { CallsByFile, sitesIn } from './callsByFile';
import { FilterForm } from './filterForm';
import {
  dims,
  type FilterState,
  filterWords,
  hidesByKind,
  isFilter,
  type KindName,
  NO_FILTER,
  restoredFilter,
  type SavedFilter,
  savedFilter,
} from './filterState';
import { paintRest, rowsLeft } from './paintFilter';
import { UnitsLeft } from './unitsLeft';

const CONDITION = 'filter';
const CORE_LANES: ReadonlySet<LaneKind> = new Set<LaneKind>(['cores', 'core', 'note', 'band']);

export function filter(instrument: Instrument): Feature {
  const { panel, store, chart, choices } = instrument;
  const chips = new Chips(panel.chips);
  let state = NO_FILTER;
  let calls: MarkedRows | undefined;
  let left: UnitsLeft | undefined;
  let byFile: CallsByFile | undefined;
  let version = -1;
  let shownLeft = -1;
  const slices = new Slices(() => instrument.changed());

  const form = new FilterForm(panel.chips, {
    changed: (part) => change({ ...state, ...part }),
    cleared: () => change(NO_FILTER),
    closed: () => close(),
  });

  const change = (next: FilterState): void => {
    state = next;
    left = undefined;
    look();
    arrange();
    if (form.isOpen) form.show(state);
    instrument.changed();
  };
  /** Takes in what has come; the tables are looked at from the start only when something else is meant. */
  const look = (): void => {
    version = store.version;
    if ([calls, left, byFile].some((task) => task?.isStale)) calls = left = byFile = undefined;
    const sites = sitesIn(store, state.files);
    const meant = { sites, objects: new Uint8Array(0) };
    if (state.files.size === 0) calls = undefined;
    else if (!calls || !isSameMeant(calls.meant, meant)) {
      calls = new MarkedRows(store, meant);
      left = undefined;
    }
    if (calls) calls.meant = meant;
    if (!state.hides || !dims(state)) left = undefined;
    else left ??= new UnitsLeft(store, state, sites);
    if (form.isOpen) byFile ??= new CallsByFile(store);
    const tasks = [calls, left, form.isOpen ? byFile : undefined].filter((task) => task !== undefined);
    if (tasks.some(({ isComplete }) => !isComplete)) slices.start(together(tasks));
  };
  const arrange = (): void => {
    const conditions = new Map(choices.arrangement.conditions);
    const condition = conditionOf();
    shownLeft = left?.isComplete ? left.size : -1;
    if (condition) conditions.set(CONDITION, condition);
    else if (!conditions.delete(CONDITION)) return;
    choices.arrange({ conditions });
  };
  const conditionOf = (): LaneCondition | undefined => {
    // Until all rows were looked at no lane is known to have nothing.
    const known = left?.isComplete ? left : undefined;
    if (!hidesByKind(state) && !known) return undefined;
    const words = wordsOf(state.name);
    const { kinds } = state;
    return {
      shows: (id) => {
        const unit = store.units[id];
        if (kinds.size > 0 && !kinds.has(unit.kind as KindName)) return false;
        return hasAll(unitName(unit), words) && (known?.has(id) ?? true);
      },
      showsOther: (lane) => kinds.size === 0 || (kinds.has('cores') && CORE_LANES.has(lane.kind)),
    };
  };
  const open = (): void => {
    form.open(state);
    look();
    instrument.changed();
  };
  const close = (): void => {
    form.close();
    panel.chart.focus({ preventScroll: true });
  };
  const words = (): string => {
    const { all, left: shown } = chart.arranged;
    const lanes = shown < all ? [`${shown.toLocaleString('en')} of ${all.toLocaleString('en')} lanes`] : [];
    const counting = (left && !left.isComplete) || (calls && !calls.isComplete) ? ['counting…'] : [];
    const capped = calls?.isCapped ? [`the first ${MOST_MARKED.toLocaleString('en')} calls are known`] : [];
    return `filtered: ${[...lanes, filterWords(state), ...counting, ...capped].join(' · ')}`;
  };

  return {
    commands: [{ group: 'Find', keys: ['x'], shown: 'X', words: 'filter by state, length, file, lane', run: open }],
    kept: {
      name: 'filter',
      save: () => (isFilter(state) ? savedFilter(state) : undefined),
      restore: (value) => {
        if (value) change(restoredFilter(value as SavedFilter));
      },
    },
    paintBars: (surface, scrollTop) => {
      const view = choices.drawn?.view;
      if (!dims(state) || !view) return;
      const { lanes, first, last, bars } = chart;
      const picture = { lanes, first, last, bars, view, now: choices.now };
      paintRest(surface, rowsLeft({ store, filter: state, calls }, picture), lanes, scrollTop);
    },
    refresh: () => {
      const isActive = isFilter(state);
      if ((isActive || form.isOpen) && store.version !== version) look();
      if (left?.isComplete && left.size !== shownLeft) arrange();
      if (form.isOpen && byFile) form.showFiles(byFile.counts(), byFile.isComplete, state);
      const undo = (): void => change(NO_FILTER);
      chips.show(isActive ? [{ words: words(), undoWords: 'Filter nothing', undo, open }] : []);
    },
    forget: () => {
      calls = undefined;
      left = undefined;
      byFile = undefined;
      version = -1;
      arrange();
    },
    closes: () => {
      if (!form.isOpen) return false;
      close();
      return true;
    },
    takesBack: () => {
      if (!isFilter(state)) return false;
      change(NO_FILTER);
      instrument.say('Nothing is filtered');
      return true;
    },
  };
}

function together(tasks: readonly Sliced[]): Sliced {
  return { advance: (rows) => tasks.map((task) => task.advance(rows)).every(Boolean) };
}
