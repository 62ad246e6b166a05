/**
 * Which of the lanes are shown, and in which order: what the user hid, pinned, sorted and moved, and what filters leave.
 * Pure: lanes as they are built in, lanes as they are shown out.
 */

import type { Lane } from '../lanes';
import { type LaneNode, laneTree, linesUp } from './laneTree';

export const SORTS = ['start', 'busy', 'waiting', 'name'] as const;
export type LaneSort = (typeof SORTS)[number];

/** What has to be true of a unit for its lane to be shown. */
export interface LaneCondition {
  shows(unit: number): boolean;
  /** Whether a lane of a core, an object or the like stays. */
  showsOther(lane: Lane): boolean;
}

export interface Arrangement {
  /** Keys of lanes that are hidden, with all that is in them. */
  readonly hidden: ReadonlySet<string>;
  /** Keys of lanes that stand above all others, from top to bottom. */
  readonly pinned: readonly string[];
  readonly sort: LaneSort;
  /** By the key of the lane in which they are ('' for none): lanes in the order into which they were moved. */
  readonly moved: ReadonlyMap<string, readonly string[]>;
  readonly conditions: ReadonlyMap<string, LaneCondition>;
}

export const AS_BUILT: Arrangement = {
  hidden: new Set(),
  pinned: [],
  sort: 'start',
  moved: new Map(),
  conditions: new Map(),
};

/** What is asked of the run. */
export interface LaneFacts {
  /** Units that are shown whatever else is hidden (the selected one). */
  readonly kept: ReadonlySet<number>;
  /** Nanoseconds by which a unit is sorted. */
  rank(unit: number, sort: 'busy' | 'waiting'): number;
  /** A name that is clear without the lane's surroundings. */
  fullName(lane: Lane): string;
  /** Units inside a closed lane. */
  unitsIn(lane: Lane): readonly number[];
}

export interface ArrangedLanes {
  readonly lanes: readonly Lane[];
  /** Lanes of units that there are, and those of them that conditions leave. */
  readonly all: number;
  readonly left: number;
}

export function arrangeLanes(lanes: readonly Lane[], arrangement: Arrangement, facts: LaneFacts): ArrangedLanes {
  const all = lanes.reduce((sum, lane) => sum + Number(isUnitLane(lane)), 0);
  if (isAsBuilt(arrangement)) return { lanes, all, left: all };
  let left = 0;
  const conditions = [...arrangement.conditions.values()];
  // 1. What is left.
  const afterConditions = pruned(laneTree(lanes), (lane) => passes(lane, conditions, facts));
  count(afterConditions);
  const isHidden = (lane: Lane): boolean => arrangement.hidden.has(lane.key);
  const shown = withoutHidden(afterConditions);
  // 2. In which order.
  const ordered = inOrder('', shown);
  // 3. What stands above.
  const pins = arrangement.pinned.flatMap((key) => taken(ordered, key) ?? []);
  const named = pins.map((node) => ({
    ...node,
    lane: { ...node.lane, name: facts.fullName(node.lane), pinned: true },
  }));
  return { lanes: linesUp([...named, ...ordered]), all, left };

  function count(nodes: readonly LaneNode[]): void {
    for (const { lane, inside } of nodes) {
      if (isUnitLane(lane)) left++;
      count(inside);
    }
  }

  function withoutHidden(nodes: readonly LaneNode[]): LaneNode[] {
    return nodes.flatMap((node) => {
      if (!isHidden(node.lane)) return [{ ...node, inside: withoutHidden(node.inside) }];
      return pruned([node], (lane) => facts.kept.has(ownUnit(lane)));
    });
  }

  function inOrder(parent: string, nodes: readonly LaneNode[]): LaneNode[] {
    const inside = nodes.map((node) => ({ ...node, inside: inOrder(node.lane.key, node.inside) }));
    return moved(sorted(inside, arrangement.sort, facts), arrangement.moved.get(parent));
  }
}

/** Lanes that stand for one unit that does something. */
export function isUnitLane(lane: Lane): boolean {
  return lane.kind === 'thread' || lane.kind === 'task' || lane.kind === 'job';
}

function isAsBuilt({ hidden, pinned, sort, moved: places, conditions }: Arrangement): boolean {
  return hidden.size === 0 && pinned.length === 0 && sort === 'start' && places.size === 0 && conditions.size === 0;
}

/** The unit that a lane itself shows, -1 for lanes of many and of none. */
function ownUnit(lane: Lane): number {
  return isUnitLane(lane) || lane.kind === 'process' || lane.kind === 'interpreter' ? lane.unit : -1;
}

function passes(lane: Lane, conditions: readonly LaneCondition[], facts: LaneFacts): boolean {
  const shows = (unit: number): boolean =>
    facts.kept.has(unit) || conditions.every((condition) => condition.shows(unit));
  if (isUnitLane(lane)) return shows(lane.unit);
  // An open lane stays for what is in it; a fold's units stand beside it.
  if (lane.unit >= 0 && lane.kind !== 'core')
    return (lane.open !== true || lane.kind === 'folded') && facts.unitsIn(lane).some(shows);
  return conditions.every((condition) => condition.showsOther(lane));
}

/** Without the lanes that do not pass, except those around one that does. */
function pruned(nodes: readonly LaneNode[], isLeft: (lane: Lane) => boolean): LaneNode[] {
  return nodes.flatMap((node) => {
    const inside = pruned(node.inside, isLeft);
    return inside.length > 0 || isLeft(node.lane) ? [{ ...node, inside }] : [];
  });
}

/** Lanes of units and homes in the order that is wished; others stay above or below them, and folds divide them. */
function sorted(nodes: readonly LaneNode[], sort: LaneSort, facts: LaneFacts): readonly LaneNode[] {
  if (sort === 'start') return nodes;
  const parts: LaneNode[][] = [[]];
  for (const node of nodes) {
    // Objects stand below all units, whatever the order of those.
    if (node.lane.kind === 'folded' || node.lane.kind === 'objects') parts.push([node], []);
    else parts[parts.length - 1].push(node);
  }
  const isSorted = ({ lane }: LaneNode): boolean => ownUnit(lane) >= 0;
  return parts.flatMap((part) => {
    const first = part.findIndex(isSorted);
    const others = (nodesOf: readonly LaneNode[]): LaneNode[] => nodesOf.filter((node) => !isSorted(node));
    if (first < 0) return part;
    return [
      ...others(part.slice(0, first)),
      ...byRank(part.filter(isSorted), sort, facts),
      ...others(part.slice(first)),
    ];
  });
}

function byRank(nodes: readonly LaneNode[], sort: Exclude<LaneSort, 'start'>, facts: LaneFacts): LaneNode[] {
  if (sort === 'name') return [...nodes].sort((a, b) => NAMES.compare(a.lane.name, b.lane.name));
  const ranks = new Map(nodes.map((node) => [node, rankOf(node, sort, facts)]));
  return [...nodes].sort((a, b) => (ranks.get(b) ?? 0) - (ranks.get(a) ?? 0));
}

/** worker-2 stands before worker-10. */
const NAMES = new Intl.Collator('en', { numeric: true });

/** A home's is that of all threads in it. */
function rankOf({ lane, inside }: LaneNode, sort: 'busy' | 'waiting', facts: LaneFacts): number {
  if (isUnitLane(lane)) return facts.rank(lane.unit, sort);
  if (inside.length > 0) return inside.reduce((sum, node) => sum + rankOf(node, sort, facts), 0);
  return facts.unitsIn(lane).reduce((sum, unit) => sum + facts.rank(unit, sort), 0);
}

/** What was moved stands where it was put; what has come since stands below. */
function moved(nodes: readonly LaneNode[], places: readonly string[] | undefined): LaneNode[] {
  if (!places) return [...nodes];
  const place = new Map(places.map((key, at) => [key, at]));
  const at = ({ lane }: LaneNode): number => place.get(lane.key) ?? places.length;
  return [...nodes].sort((a, b) => at(a) - at(b));
}

/** Takes a lane with all in it out of the tree. */
function taken(nodes: LaneNode[], key: string): LaneNode | undefined {
  const index = nodes.findIndex(({ lane }) => lane.key === key);
  if (index >= 0) return nodes.splice(index, 1)[0];
  for (const node of nodes) {
    const found = taken(node.inside, key);
    if (found) return found;
  }
  return undefined;
}
