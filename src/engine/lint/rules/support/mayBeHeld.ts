/** Whether a lock may be held at a place. That it is not, is certain only where all of its callers are seen. */
import type { FunctionModel } from '../../model/definitions';
import { withValue } from '../../model/held';
import type { Lock } from '../../model/locks';
import type { Module } from '../../model/module';
import { functionAround, type SyntaxNode } from '../../syntax/node';
import { isDecoratedWithLock } from './surroundings';

const MOST_DEPTH = 4;

export function mayBeHeld(module: Module, node: SyntaxNode, lock: Lock, depth = 0): boolean {
  if (depth > MOST_DEPTH || module.held.isHeldAt(node, lock.id)) return true;
  if (isInUnknownWith(module, node) || isTakenSomehow(module, node, lock)) return true;
  const model = module.definitions.around(node);
  return model !== undefined && mayBeHeldByCallers(module, model, lock, depth);
}

function mayBeHeldByCallers(module: Module, model: FunctionModel, lock: Lock, depth: number): boolean {
  if (isDecoratedWithLock(model) || module.held.mayHoldOnEntry(model)) return true;
  if (module.declarations.requiredWords(model.node).length > 0 || model.node.type === 'lambda') return true;
  const calls = module.graph.callsOf(model).filter(({ caller }) => caller !== model);
  if (calls.length > 0) return calls.every((call) => mayBeHeld(module, call.node, lock, depth + 1));
  const isPublicMethod = model.owner !== undefined || module.definitions.around(model.node) === undefined;
  const isPrivate = /^_(?!_)/.test(model.name) || /^__\w+__$/.test(model.name);
  return isPrivate || !isPublicMethod || module.graph.isPassedOn(model);
}

/** A `with` around it has a context manager that could take the lock. */
function isInUnknownWith(module: Module, node: SyntaxNode): boolean {
  const around = functionAround(node);
  for (let at = node.parent; at && at !== around; at = at.parent) {
    const items = at.type === 'with_statement' ? (at.childOfType('with_clause')?.children ?? []) : [];
    const isUnknown = items.some((item) => {
      const value = withValue(item);
      return value && !module.locks.of(value) && module.kinds.nameOf(value) === '';
    });
    if (isUnknown) return true;
  }
  return false;
}

/** It is acquired before, in a way that makes no section, and not released since; or an ExitStack has something. */
function isTakenSomehow(module: Module, node: SyntaxNode, lock: Lock): boolean {
  const around = functionAround(node);
  const before = (...names: string[]): SyntaxNode[] =>
    module.calls.ofMethod(...names).filter((call) => call.start < node.start && functionAround(call) === around);
  if (before('enter_context', 'enter_async_context', '__enter__').length > 0) return true;
  const own = before('acquire', 'release').filter(
    (call) => module.locks.of(call.child('function')?.child('object'))?.id === lock.id,
  );
  const last = own.sort((a, b) => a.start - b.start).at(-1);
  return last?.child('function')?.child('attribute')?.text === 'acquire';
}
