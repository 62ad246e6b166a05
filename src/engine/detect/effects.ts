/** What an access does to which variable: the table between operations of the text and what the race rules speak of. */
import { OPERATION, OPERATION_NAMES } from '../../../common/events';
import { ACCESS_FLAGS, type AccessSite, type Variable, WRITTEN } from './variables';

/**
 * read, write, update (read and write in one statement): of an attribute, a name, an item.
 * look (is it empty, is it in there), iterate, grow, shrink, reorder: of a container as a whole.
 * advance: of an iterator. use: a call of something that is made for one thread at a time.
 */
export type Deed =
  | 'read'
  | 'write'
  | 'delete'
  | 'update'
  | 'look'
  | 'iterate'
  | 'grow'
  | 'shrink'
  | 'reorder'
  | 'advance'
  | 'use';

export interface Effect {
  /** Row of the variable. */
  readonly variable: number;
  /** Attribute or name; '' of an item, '#' of a container as a whole. */
  readonly field: string;
  readonly deed: Deed;
  /** Item of a container that is grown or shrunk, -1 when it is not known which. */
  readonly item: number;
}

const WHOLE = '#';
const ITEM = OPERATION['variable.item'];
const ITERATOR = OPERATION['variable.iterator'];
const CONFINED = OPERATION['variable.confined'];
const LOOKS: ReadonlySet<string> = new Set(['get', 'index', 'count']);
const ITERATIONS: ReadonlySet<string> = new Set([
  'items',
  'keys',
  'values',
  'copy',
  'union',
  'intersection',
  'difference',
  'issubset',
  'issuperset',
]);
const GROWS: ReadonlySet<string> = new Set([
  'append',
  'appendleft',
  'add',
  'setdefault',
  'extend',
  'extendleft',
  'insert',
  'update',
]);
const SHRINKS: ReadonlySet<string> = new Set([
  'pop',
  'popleft',
  'popitem',
  'remove',
  'discard',
  'clear',
  'difference_update',
  'intersection_update',
  'symmetric_difference_update',
]);
const REORDERS: ReadonlySet<string> = new Set(['sort', 'reverse', 'rotate']);
/** What methods do to the item that they are asked about, where that is known. */
const OWN_DEEDS: ReadonlyMap<string, Deed> = new Map([
  ['get', 'read'],
  ['pop', 'delete'],
]);
const WRITING: ReadonlySet<Deed> = new Set([
  'write',
  'delete',
  'update',
  'grow',
  'shrink',
  'reorder',
  'advance',
  'use',
]);

export function isWriting(deed: Deed): boolean {
  return WRITING.has(deed);
}

/** What an access does to the thing itself and to the container; `field` is what was known of its name by then. */
interface Deeds {
  readonly field: string;
  readonly own: Deed | undefined;
  readonly whole: Deed | undefined;
}

const deedsOfSites = new WeakMap<AccessSite, Deeds>();

/** The effects of an access, one or two: on the thing itself, and on the container that it is an item of. */
export function effectsOf(access: AccessSite, variable: Variable): Effect[] {
  if (variable.operation === ITERATOR) return [{ variable: variable.id, field: WHOLE, deed: 'advance', item: -1 }];
  if (variable.operation === CONFINED && isCall(access)) {
    return [{ variable: variable.id, field: WHOLE, deed: 'use', item: -1 }];
  }
  let deeds = deedsOfSites.get(access);
  if (!deeds || deeds.field !== access.field) {
    deeds = deedsOf(access);
    deedsOfSites.set(access, deeds);
  }
  const { own, whole } = deeds;
  const row = variable.id;
  if (!whole) return own ? [{ variable: row, field: access.field, deed: own, item: -1 }] : [];
  const isItem = variable.operation === ITEM;
  if (!own && !isItem) return [{ variable: row, field: WHOLE, deed: whole, item: -1 }];
  const container = isItem ? variable.parent : row;
  const effects: Effect[] = isItem && own ? [{ variable: row, field: '', deed: own, item: -1 }] : [];
  if (container !== -1) effects.push({ variable: container, field: WHOLE, deed: whole, item: isItem ? row : -1 });
  return effects;
}

function isCall({ operation }: AccessSite): boolean {
  return operation === OPERATION['object.call'] || operation === OPERATION['container.call'];
}

function deedsOf(access: AccessSite): Deeds {
  const { field } = access;
  const [what, operation] = (OPERATION_NAMES[access.operation] ?? '').split('.') as [string, string];
  if (what === 'attribute' || what === 'name') return { field, own: deedOf(access, operation), whole: undefined };
  if (what !== 'item') return { field, own: OWN_DEEDS.get(field), whole: containerDeed(operation, field) };
  const whole = operation === 'delete' ? 'shrink' : operation === 'read' ? 'look' : 'grow';
  return { field, own: deedOf(access, operation), whole };
}

function deedOf({ flags, written }: AccessSite, operation: string): Deed {
  if (operation === 'update') return 'update';
  if (operation === 'delete') return 'delete';
  if (operation !== 'write') return 'read';
  return flags & ACCESS_FLAGS.dependsByValue && written !== WRITTEN.constant ? 'update' : 'write';
}

function containerDeed(operation: string, field: string): Deed | undefined {
  if (operation === 'contains' || operation === 'length' || operation === 'truth') return 'look';
  if (operation === 'iterate') return 'iterate';
  if (LOOKS.has(field)) return 'look';
  if (ITERATIONS.has(field)) return 'iterate';
  if (GROWS.has(field)) return 'grow';
  if (SHRINKS.has(field)) return 'shrink';
  return REORDERS.has(field) ? 'reorder' : undefined;
}
