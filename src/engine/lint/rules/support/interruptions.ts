/** Locks that are taken by code that runs in the middle of other code: finalizers and signal handlers. */

import { argument } from '../../model/arguments';
import type { FunctionModel } from '../../model/definitions';
import type { Module } from '../../model/module';
import type { Start } from '../../model/units';
import type { SyntaxNode } from '../../syntax/node';
import { innerCalls } from './innerCalls';
import { MOST_CALLS, takings } from './takings';

export interface Interruption {
  /** As the user writes it. */
  readonly name: string;
  readonly declaration: string;
  /** In the function that interrupts: what takes it, or the call that leads there. */
  readonly from: SyntaxNode;
  readonly node: SyntaxNode;
  /** It is an attribute of the object whose method interrupts, which has made it. */
  readonly isOwn: boolean;
}

const LOCKED_QUEUES: ReadonlySet<string> = new Set(['queue.Queue', 'queue.LifoQueue', 'queue.PriorityQueue']);

/** Locks that cannot be taken twice, and queues with such a lock, that a function waits for. */
export function interruptionsBy(module: Module, { model }: Start & { readonly model: FunctionModel }): Interruption[] {
  const locks = takings(module, model).flatMap(({ lock, from, node, isSameObject }): Interruption[] => {
    if (lock.isReentrant || lock.kind.startsWith('asyncio.')) return [];
    const isOwn = isSameObject && lock.isOfInstance && lock.home !== undefined && lock.made !== undefined;
    return [{ name: lock.name, declaration: lock.declaration, from, node, isOwn }];
  });
  return [...locks, ...queuesUsedBy(module, model, MOST_CALLS)];
}

function queuesUsedBy(module: Module, model: FunctionModel, depth: number): Interruption[] {
  const uses = queueUses(module);
  if (uses.length === 0) return [];
  const own = uses.flatMap(({ call, object, declaration, around }) => {
    const isOwn = module.definitions.selfAttribute(object) !== undefined;
    return around === model ? [{ name: object.text, declaration, from: call, node: call, isOwn }] : [];
  });
  if (depth === 0) return own;
  const inner = innerCalls(module, model).flatMap(({ node, callee, isSameObject }) =>
    (callee === model ? [] : queuesUsedBy(module, callee, depth - 1)).map((each) => ({
      ...each,
      from: node,
      isOwn: isSameObject && each.isOwn,
    })),
  );
  return [...own, ...inner];
}

interface QueueUse {
  readonly call: SyntaxNode;
  readonly object: SyntaxNode;
  readonly declaration: string;
  readonly around: FunctionModel | undefined;
}

const knownUses = new WeakMap<Module, readonly QueueUse[]>();

/** Calls of `put` and `get` of queues that have a lock. */
function queueUses(module: Module): readonly QueueUse[] {
  const before = knownUses.get(module);
  if (before) return before;
  const found = module.calls.ofMethod('put', 'get').flatMap((call): QueueUse[] => {
    const object = call.child('function')?.child('object');
    if (!object || !LOCKED_QUEUES.has(module.kinds.nameOf(object))) return [];
    const isTry = argument(call, -1, 'block')?.type === 'false';
    const declaration = isTry ? undefined : module.locks.identity(object)?.declaration;
    return declaration === undefined ? [] : [{ call, object, declaration, around: module.definitions.around(call) }];
  });
  knownUses.set(module, found);
  return found;
}

/** Where else a lock or queue is taken, outside of some functions. */
export function takenElsewhere(
  module: Module,
  declaration: string,
  isLeftOut: (model: FunctionModel | undefined) => boolean,
): SyntaxNode | undefined {
  const sections = module.held.sections().filter(({ lock }) => lock.declaration === declaration);
  const nodes = [...sections, ...queueUses(module).filter((each) => each.declaration === declaration)].map((each) =>
    'call' in each ? each.call : each.node,
  );
  return nodes.find((node) => !isLeftOut(module.definitions.around(node)));
}

/** Functions in which something could be found at all: the module has a lock or such a queue. */
export function hasLocks(module: Module): boolean {
  return module.held.sections().length > 0 || queueUses(module).length > 0;
}

/** The first of each lock, by the place in the function. */
export function onePerLock(found: readonly Interruption[]): Interruption[] {
  return [...new Map([...found].reverse().map((each) => [each.declaration, each])).values()].reverse();
}
