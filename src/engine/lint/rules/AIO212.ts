import { argument } from '../model/arguments';
import { withValue } from '../model/held';
import { isSemaphore } from '../model/kindNames';
import type { Module } from '../model/module';
import type { LintRule } from '../rule';
import { functionAround, type SyntaxNode } from '../syntax/node';
import { isAwaitedAcquire } from './support/coroutines';
import { groupsOf } from './support/groups';

/** A piece of a function in which one permit or connection is held. */
interface Taking {
  /** The same for the same pool. */
  readonly pool: string;
  readonly name: string;
  readonly node: SyntaxNode;
  readonly start: number;
  readonly end: number;
}

export const AIO212: LintRule = {
  id: 'AIO212',
  name: 'nested-bounded-acquire',
  title: 'A second one is taken from the same pool',
  severity: 'warning',
  observedAs: ['hazard.nested-permit'],
  check(module, report) {
    const takings = [...permits(module), ...connections(module)];
    const byFunction = groupsOf(takings, ({ node }) => functionAround(node));
    for (const outer of takings) {
      const message = `One of ${outer.name} is already held here. When all are taken by tasks that want a second one, all of them wait for ever.`;
      const related = [{ node: outer.node, text: 'the first one is taken here' }];
      for (const inner of byFunction.get(functionAround(outer.node)) ?? []) {
        if (isInside(inner.node, outer) && inner.pool === outer.pool) report({ node: inner.node, message, related });
      }
      const node = firstCallThatTakes(module, outer, takings);
      if (node) report({ node, message, related });
    }
  },
};

function isInside({ start }: SyntaxNode, outer: Taking): boolean {
  return outer.start <= start && start < outer.end;
}

/** Permits of semaphores whose kind is known. One of a single permit for threads is the lock rules'. */
function permits(module: Module): Taking[] {
  return module.held.sections().flatMap(({ lock, node, start, end, isOpen, how }) => {
    if (!isSemaphore(lock.kind) || isOpen || (how === 'acquire' && !waits(lock.kind, node))) return [];
    const value = argument(lock.made, 0, 'value')?.text ?? '1';
    if (value === '1' && !lock.kind.startsWith('asyncio.')) return [];
    return [{ pool: lock.id, name: lock.name, node, start, end }];
  });
}

/** An acquire of asyncio that is not awaited here happens in another task. */
function waits(kind: string, call: SyntaxNode): boolean {
  return kind.startsWith('asyncio.') ? isAwaitedAcquire(call) : argument(call, 0, 'blocking')?.text !== 'False';
}

/** Connections of `async with pool.acquire()`, and what a CapacityLimiter limits. */
function connections(module: Module): Taking[] {
  return module.all('with_item').flatMap((item) => {
    const statement = item.ancestor('with_statement');
    const value = withValue(item);
    const body = statement?.child('body');
    if (!statement?.isAsync || !value || !body) return [];
    const pool = pooled(module, value);
    if (!pool) return [];
    const owner = module.definitions.selfAttribute(pool) ? module.definitions.classAround(pool) : undefined;
    const id = `${pool.text} of ${owner?.name ?? functionAround(pool)?.start}`;
    return [{ pool: id, name: pool.text, node: value, start: item.end, end: body.end }];
  });
}

function pooled({ kinds }: Module, value: SyntaxNode): SyntaxNode | undefined {
  if (/^(anyio|trio)\.CapacityLimiter$/.test(kinds.nameOf(value))) return value;
  const callee = value.type === 'call' ? value.child('function') : undefined;
  const object = callee?.child('object');
  const isPool = callee?.child('attribute')?.text === 'acquire' && !kinds.of(object)?.name;
  return isPool && object && /^(identifier|attribute)$/.test(object.type) ? object : undefined;
}

/** The first call inside of a function of the module that takes one as well, and is executed before the first is given back. */
function firstCallThatTakes(module: Module, outer: Taking, takings: readonly Taking[]): SyntaxNode | undefined {
  const around = module.function(outer.node);
  if (!around || module.graph.calleesOf(around).size === 0) return undefined;
  const takers = takings.filter(({ pool, node }) => pool === outer.pool && functionAround(node) !== around.node);
  for (const taker of takers) {
    const model = module.function(taker.node);
    const calls = model ? module.graph.callsOf(model) : [];
    const call = calls.find(
      ({ node, caller }) => caller === around && isInside(node, outer) && (!model?.isAsync || isAwaited(node, outer)),
    );
    if (call) return call.node;
  }
  return undefined;
}

function isAwaited(call: SyntaxNode, outer: Taking): boolean {
  const found = call.ancestor('await', 'expression_statement', 'assignment', 'function_definition', 'lambda');
  return found?.type === 'await' && isInside(found, outer);
}
