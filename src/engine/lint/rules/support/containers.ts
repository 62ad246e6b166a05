/** Which attributes hold a list, dict, set or deque, and what changes its size. */
import type { Access } from '../../model/accesses';
import type { ClassModel } from '../../model/definitions';
import type { Module } from '../../model/module';

const CONTAINERS: ReadonlySet<string> = new Set([
  'list',
  'dict',
  'set',
  'collections.deque',
  'collections.defaultdict',
  'collections.OrderedDict',
  'collections.Counter',
]);

/** The container that an attribute holds, `list`, `dict`, `set` or `deque`; undefined when it is not certain to be one. */
export function containerKind(module: Module, model: ClassModel, name: string): string | undefined {
  const kinds = module.attributes.of(model, name).flatMap(({ value }) => module.kinds.nameOf(value) || []);
  const telling = kinds.filter((kind) => kind !== 'None');
  const [first] = telling;
  if (first === undefined || !CONTAINERS.has(first) || telling.some((kind) => kind !== first)) return undefined;
  return /deque|list|set/.exec(first)?.[0] ?? 'dict';
}

const SHRINKING: ReadonlySet<string> = new Set(['pop', 'popleft', 'popitem', 'remove', 'clear', 'discard']);
const GROWING: ReadonlySet<string> = new Set([
  'add',
  'append',
  'appendleft',
  'extend',
  'extendleft',
  'insert',
  'rotate',
]);

/** A change that disturbs a loop over the container: for a list only what takes items out. */
export function disturbsLoop({ how, by, node }: Access, container: string): boolean {
  if (how !== 'mutate') return false;
  if (SHRINKING.has(by)) return true;
  const isDeletion = by === '[]' && node.ancestor('delete_statement', 'block')?.type === 'delete_statement';
  if (isDeletion) return true;
  if (container === 'list') return by === 'insert';
  return GROWING.has(by) || by === '[]' || by === 'update' || by === 'setdefault';
}
