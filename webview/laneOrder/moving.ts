/** Moves a lane among those beside it. Pure. */

import type { Lane } from '../lanes';
import type { Arrangement } from './arrangement';
import { siblingsOf } from './laneTree';

/** One place up (-1) or down (1); undefined at an end. */
export function movedBy(
  arrangement: Arrangement,
  lanes: readonly Lane[],
  key: string,
  by: -1 | 1,
): Partial<Arrangement> | undefined {
  const group = groupOf(arrangement, lanes, key);
  const at = group?.keys.indexOf(key) ?? -1;
  const other = group?.keys[at + by];
  if (!group || other === undefined) return undefined;
  const keys = [...group.keys];
  [keys[at], keys[at + by]] = [other, key];
  return put(arrangement, group, keys);
}

/** To before another lane, to the end without one; undefined when that one stands elsewhere. */
export function movedBefore(
  arrangement: Arrangement,
  lanes: readonly Lane[],
  key: string,
  before: string | undefined,
): Partial<Arrangement> | undefined {
  const group = groupOf(arrangement, lanes, key);
  if (!group || (before !== undefined && !group.keys.includes(before))) return undefined;
  const keys = group.keys.filter((each) => each !== key);
  keys.splice(before === undefined ? keys.length : keys.indexOf(before), 0, key);
  return put(arrangement, group, keys);
}

interface Group {
  readonly parent: string;
  readonly keys: readonly string[];
  readonly isPinned: boolean;
}

/** Lanes with which a lane can change places: pinned ones among themselves. */
export function groupOf(arrangement: Arrangement, lanes: readonly Lane[], key: string): Group | undefined {
  const siblings = siblingsOf(lanes, key);
  if (!siblings) return undefined;
  const pinned = siblings.parent === '' ? arrangement.pinned : [];
  const isPinned = pinned.includes(key);
  return { ...siblings, isPinned, keys: siblings.keys.filter((each) => pinned.includes(each) === isPinned) };
}

function put({ moved }: Arrangement, { parent, isPinned }: Group, keys: readonly string[]): Partial<Arrangement> {
  return isPinned ? { pinned: keys } : { moved: new Map(moved).set(parent, keys) };
}
