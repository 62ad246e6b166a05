/** What an access does to which variable: the table between operations of the text and what the race rules speak of. */
import { OPERATION_NAMES } from '../../../common/events';
import { ACCESS_FLAGS, type AccessSite, type Variable, WRITTEN } from './variables';

/**
 * read, write, update (read and write in one statement): of an attribute, a name, an item.
 * look (is it empty, is it in there), iterate, grow, shrink, reorder: of a container as a whole.
 */
export type Deed = 'read' | 'write' | 'delete' | 'update' | 'look' | 'iterate' | 'grow' | 'shrink' | 'reorder';

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
]);
const REORDERS: ReadonlySet<string> = new Set(['sort', 'reverse', 'rotate']);
const WRITING: ReadonlySet<Deed> = new Set(['write', 'delete', 'update', 'grow', 'shrink', 'reorder']);

export function isWriting(deed: Deed): boolean {
  return WRITING.has(deed);
}

/** The effects of an access, one or two: on the thing itself, and on the container that it is an item of. */
export function effectsOf(access: AccessSite, variable: Variable): Effect[] {
  const name = OPERATION_NAMES[access.operation] ?? '';
  const [what, operation] = name.split('.') as [string, string];
  const row = variable.id;
  if (what === 'attribute' || what === 'name') {
    return [{ variable: row, field: access.field, deed: deedOf(access, operation), item: -1 }];
  }
  if (what === 'item') return itemEffects(access, variable, operation);
  const deed = containerDeed(operation, access.field);
  return deed ? [{ variable: row, field: WHOLE, deed, item: -1 }] : [];
}

function itemEffects(access: AccessSite, variable: Variable, operation: string): Effect[] {
  const isItem = OPERATION_NAMES[variable.operation] === 'variable.item';
  const container = isItem ? variable.parent : variable.id;
  const effects: Effect[] = [];
  if (isItem) effects.push({ variable: variable.id, field: '', deed: deedOf(access, operation), item: -1 });
  if (container === -1) return effects;
  const whole: Deed | undefined = operation === 'delete' ? 'shrink' : operation === 'read' ? 'look' : 'grow';
  effects.push({ variable: container, field: WHOLE, deed: whole, item: isItem ? variable.id : -1 });
  return effects;
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
