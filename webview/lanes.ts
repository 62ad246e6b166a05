/**
 * Which lanes there are, from top to bottom: the cores, the band of what runs at once, then each process with its
 * interpreters, threads, tasks and jobs. Pure: units and what is open or closed in, lanes out.
 */
import type { Unit } from '../common/trace';
import { depthOfUnit } from './functionSegments';
import { hasObjects, objectLabel, objectsShown } from './objects/objectLanes';
import type { ObjectSort } from './objects/objectUse';
import type { Store } from './store';

export type LaneKind =
  | 'cores'
  | 'core'
  | 'note'
  | 'band'
  | 'process'
  | 'interpreter'
  | 'thread'
  | 'loop'
  | 'task'
  | 'jobs'
  | 'job'
  | 'folded'
  | 'objects'
  | 'object'
  | 'moreObjects';

export interface Lane {
  /** The same for the same lane as long as the panel lives. */
  readonly key: string;
  readonly kind: LaneKind;
  /** Unit that the lane shows (for loop, jobs and folded: the one in which they are); the core's number for a core; else -1. */
  readonly unit: number;
  readonly level: number;
  readonly name: string;
  /** Undefined when there is nothing to open. */
  readonly open: boolean | undefined;
  /** Pixels from the top of all lanes. */
  readonly top: number;
  readonly height: number;
  /** Rows of nested functions below the first row. */
  readonly functionRows: number;
  /** Units that a folded lane stands for. */
  readonly members: readonly number[];
  /** Row of the lock, queue or the like that the lane shows. */
  readonly object?: number;
  /** Stands above all others by the user's wish. */
  readonly pinned?: boolean;
}

export const LANE_HEIGHT = 24;
export const HEADING_HEIGHT = 26;
export const FUNCTION_ROW_HEIGHT = 17;
/** More rows of functions than this are not drawn. */
export const MAX_FUNCTION_ROWS = 24;
/** With more units than this in one place, short finished ones fold into one lane. */
const FOLD_ABOVE = 16;
/** Finished units that lived for less than this part of the run fold away. */
const SHORT_PART = 0.02;
/** As many finished units keep their lane at most: those that lived longest. As many more do that ended badly. */
const KEPT_FINISHED = 12;
/** More units than this in one place fold away even while they live: nobody reads as many lanes. */
const MOST_LANES = 2000;

export interface LaneChoices {
  /** What the user opened or closed, by lane key; the rest stands as usual. */
  readonly toggled: ReadonlyMap<string, boolean>;
  /** Units that are never folded away (the selected one). */
  readonly kept: ReadonlySet<number>;
  /** In which order objects stand; by the waiting that they caused unless told. */
  readonly objectSort?: ObjectSort;
}

export function buildLanes(store: Store, choices: LaneChoices): Lane[] {
  const lanes: Lane[] = [];
  let top = 0;
  const add = (
    lane: Partial<Lane> & Pick<Lane, 'key' | 'kind' | 'unit' | 'level' | 'name'>,
    height = LANE_HEIGHT,
  ): void => {
    const functionRows = lane.functionRows ?? 0;
    const full = height + functionRows * FUNCTION_ROW_HEIGHT + (functionRows > 0 ? 4 : 0);
    lanes.push({ open: undefined, members: [], functionRows, ...lane, top, height: full });
    top += full;
  };
  const isOpen = (key: string, usually: boolean): boolean => choices.toggled.get(key) ?? usually;

  addCores();
  for (const root of sortedRoots(store)) addUnit(root, 0);
  addObjects();
  return lanes;

  function addObjects(): void {
    if (!hasObjects(store)) return;
    const open = isOpen('objects', false);
    add({ key: 'objects', kind: 'objects', unit: -1, level: 0, name: 'Objects', open }, HEADING_HEIGHT);
    if (!open) return;
    const { shown, more } = objectsShown(store, choices.objectSort ?? 'waiting');
    for (const object of shown) {
      const name = objectLabel(store, object);
      add({ key: `object:${object}`, kind: 'object', unit: -1, level: 1, name, object });
    }
    const name = `${more.toLocaleString('en')} more objects`;
    if (more > 0) add({ key: 'moreObjects', kind: 'moreObjects', unit: -1, level: 1, name });
  }

  function addCores(): void {
    if (store.units.length === 0) return;
    const open = isOpen('cores', true);
    add({ key: 'cores', kind: 'cores', unit: -1, level: 0, name: 'Cores', open }, HEADING_HEIGHT);
    if (!open) return;
    if (store.cores.source === 'none') add({ key: 'note', kind: 'note', unit: -1, level: 1, name: 'not known' });
    for (const core of coresToShow(store))
      add({ key: `core:${core}`, kind: 'core', unit: core, level: 1, name: `core ${core}` });
    add({ key: 'band', kind: 'band', unit: -1, level: 1, name: 'running / wanting' });
  }

  function addUnit(id: number, level: number): void {
    const unit = store.units[id];
    if (unit.kind === 'process' || unit.kind === 'interpreter') addHome(unit, level);
    else if (unit.kind === 'thread') addThread(unit, level);
    else addLeaf(unit, level);
  }

  /** A process or interpreter: a heading, and all that lives in it. */
  function addHome(unit: Unit, level: number): void {
    const key = `unit:${unit.id}`;
    const inside = store.children[unit.id] ?? [];
    const open = inside.length > 0 ? isOpen(key, true) : undefined;
    add({ key, kind: unit.kind as LaneKind, unit: unit.id, level, name: unitName(unit), open }, HEADING_HEIGHT);
    const processes = inside.filter((id) => store.units[id].kind === 'process');
    if (open)
      addMany(
        `fold:${unit.id}`,
        unit.id,
        inside.filter((id) => store.units[id].kind !== 'process'),
        level + 1,
      );
    // Processes stand beside each other, whoever started them; who did is in the details.
    addMany(`children:${unit.id}`, unit.id, processes, 0);
  }

  function addThread(unit: Unit, level: number): void {
    const key = `unit:${unit.id}`;
    const { open, functionRows } = functions(unit);
    add({ key, kind: 'thread', unit: unit.id, level, name: unitName(unit), open, functionRows });
    const inside = store.children[unit.id] ?? [];
    addGroup(
      'loop',
      unit.id,
      inside.filter((id) => store.units[id].kind === 'task'),
      level + 1,
      true,
    );
    addGroup(
      'jobs',
      unit.id,
      inside.filter((id) => store.units[id].kind === 'job'),
      level + 1,
      false,
    );
    // A process that is known as a thread's (a fork) stands beside the others.
    for (const id of inside) if (store.units[id].kind !== 'task' && store.units[id].kind !== 'job') addUnit(id, 0);
  }

  function addGroup(
    kind: 'loop' | 'jobs',
    thread: number,
    members: readonly number[],
    level: number,
    usually: boolean,
  ): void {
    if (members.length === 0) return;
    const key = `${kind}:${thread}`;
    const open = isOpen(key, usually);
    add({ key, kind, unit: thread, level, name: kind === 'loop' ? 'asyncio loop' : 'jobs', open, members });
    if (open) addMany(`fold:${key}`, thread, members, level + 1);
  }

  function addLeaf(unit: Unit, level: number): void {
    const { open, functionRows } = unit.kind === 'task' ? functions(unit) : { open: undefined, functionRows: 0 };
    add({
      key: `unit:${unit.id}`,
      kind: unit.kind as LaneKind,
      unit: unit.id,
      level,
      name: unitName(unit),
      open,
      functionRows,
    });
  }

  /** Rows of nested calls, which are shown when the lane is opened. */
  function functions(unit: Unit): { open: boolean | undefined; functionRows: number } {
    // A task's first level are its steps, which its lane shows already.
    const all = depthOfUnit(store, unit.id);
    const depth = all > (unit.kind === 'task' ? 1 : 0) ? all : 0;
    const open = depth > 0 ? isOpen(`unit:${unit.id}`, false) : undefined;
    return { open, functionRows: open ? Math.min(depth, MAX_FUNCTION_ROWS) : 0 };
  }

  function addMany(key: string, home: number, ids: readonly number[], level: number): void {
    const { shown, folded } = fold(store, ids, choices.kept);
    for (const id of shown) addUnit(id, level);
    if (folded.length === 0) return;
    const open = isOpen(key, false);
    const live = folded.some((id) => Number.isNaN(store.units[id].end)) ? '' : 'finished ';
    const name = `${folded.length.toLocaleString('en')} more ${live}units`;
    add({ key, kind: 'folded', unit: home, level, name, open, members: folded });
    if (open) for (const id of folded) addUnit(id, level);
  }
}

/** All lanes together in pixels. */
export function lanesHeight(lanes: readonly Lane[]): number {
  const last = lanes.at(-1);
  return last ? last.top + last.height : 0;
}

/** Index of the lane at this height, -1 outside. */
export function laneAt(lanes: readonly Lane[], y: number): number {
  let low = 0;
  let high = lanes.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (lanes[middle].top + lanes[middle].height <= y) low = middle + 1;
    else high = middle;
  }
  return low < lanes.length && y >= 0 ? low : -1;
}

/** For each unit the lane in which it is seen: its own, else the fold, loop or closed unit that holds it. */
export function lanesByUnit(store: Store, lanes: readonly Lane[]): (unit: number) => number {
  const own = new Map<number, number>();
  const groups = new Map<string, number>();
  const group = (home: number, unit: Unit): string => `${home} ${unit.kind}`;
  for (const [index, lane] of lanes.entries()) {
    if (lane.kind === 'core') continue;
    // A fold stands below the loop whose tasks it holds, and wins.
    if (lane.members.length > 0) groups.set(group(lane.unit, store.units[lane.members[0]]), index);
    else if (lane.unit >= 0) own.set(lane.unit, index);
  }
  return (unit) => {
    for (let at = unit; at >= 0; at = store.units[at]?.parent ?? -1) {
      const { parent = -1 } = store.units[at] ?? {};
      const index = own.get(at) ?? (store.units[at] && groups.get(group(parent, store.units[at])));
      if (index !== undefined) return index;
    }
    return -1;
  };
}

/** The user's name for it; where there is none, what it runs. */
export function unitName(unit: Unit): string {
  // A number is asyncio's own idea of a name; what the task runs says more.
  const number = unit.kind === 'task' && unit.function ? /^Task-(\d+)$/.exec(unit.name)?.[1] : undefined;
  if (number) return `${unit.function.split('.').at(-1)} #${number}`;
  if (unit.name) return unit.name;
  if (unit.kind === 'process') return `process ${unit.pid}`;
  return unit.function || `${unit.kind} ${unit.id}`;
}

function coresToShow(store: Store): number[] {
  if (store.cores.source === 'none') return [];
  const used = new Set<number>();
  for (const [core, track] of store.coreTracks.entries()) if (track) used.add(core);
  for (const span of store.openCoreSpans) used.add(span.core);
  // Up to eight cores are shown even when nothing ran there: that they were free is a fact worth seeing.
  if (store.cores.count <= 8) for (let core = 0; used.size < store.cores.count && core < 8; core++) used.add(core);
  return [...used].sort((a, b) => a - b);
}

function sortedRoots(store: Store): number[] {
  const rank = (id: number): number => (store.units[id].kind === 'process' ? 0 : 1);
  return [...store.roots].sort((a, b) => rank(a) - rank(b) || a - b);
}

/** Divides units into those with a lane of their own and the others, short finished ones mostly, both in their order. */
function fold(
  store: Store,
  ids: readonly number[],
  kept: ReadonlySet<number>,
): { shown: readonly number[]; folded: readonly number[] } {
  if (ids.length <= FOLD_ABOVE) return { shown: ids, folded: [] };
  const short = store.now * SHORT_PART;
  const length = (id: number): number => store.units[id].end - (store.units[id].start || 0) || 0;
  const isFinished = (id: number): boolean => !Number.isNaN(store.units[id].end) && !kept.has(id);
  const isBad = (id: number): boolean => store.units[id].state === 'failed' || store.units[id].state === 'killed';
  const long = ids.filter((id) => isFinished(id) && length(id) >= short);
  if (long.length > KEPT_FINISHED) long.sort((a, b) => length(b) - length(a));
  const chosen = new Set([...long.slice(0, KEPT_FINISHED), ...ids.filter(isBad).slice(0, KEPT_FINISHED)]);
  let room = MOST_LANES;
  const isShown = (id: number): boolean => kept.has(id) || ((!isFinished(id) || chosen.has(id)) && room-- > 0);
  const shown: number[] = [];
  const folded: number[] = [];
  for (const id of ids) (isShown(id) ? shown : folded).push(id);
  // A lane that says "1 more" takes as much room as the one.
  return folded.length < 2 ? { shown: ids, folded: [] } : { shown, folded };
}
