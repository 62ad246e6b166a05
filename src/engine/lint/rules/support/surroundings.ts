/** What is around a place: a lock that may be held, code that runs before other threads know the object. */
import type { FunctionModel } from '../../model/definitions';
import { withValue } from '../../model/held';
import type { Module } from '../../model/module';
import { isFunction, type SyntaxNode } from '../../syntax/node';

const SET_UP = /^(__init__|__new__|__post_init__|__setstate__|__attrs_post_init__|__init_subclass__)$/;
const LIKE_A_LOCK = /lock|mutex|guard|sema|cond|synchron|critical|atomic|transaction/i;
const MOST_DEPTH = 5;

/** A lock is held at a node, or may be: also one that is not known to be a lock, or that the caller has. */
export function mayBeGuarded(module: Module, node: SyntaxNode): boolean {
  if (module.held.at(node).length > 0) return true;
  for (let at = node.parent; at; at = at.parent) {
    if (at.type === 'with_statement' && contextsOf(at).some(({ text }) => LIKE_A_LOCK.test(text))) return true;
    if (!isFunction(at)) continue;
    const model = module.definitions.function(at);
    if (model && (isDecoratedWithLock(model) || module.held.mayHoldOnEntry(model))) return true;
    if (at.type === 'lambda') continue;
    return hasBareAcquire(module, at, node);
  }
  return false;
}

/** The context managers of a `with`. */
export function contextsOf(statement: SyntaxNode): SyntaxNode[] {
  const items = statement.childOfType('with_clause')?.children ?? [];
  return items.flatMap((item) => withValue(item) ?? []);
}

export function isDecoratedWithLock({ decorators }: FunctionModel): boolean {
  return decorators.some(({ text }) => /lock|synchron/i.test(text));
}

/** `x.acquire()` or `stack.enter_context(x)` of something that is not known to be a lock, before the node. */
function hasBareAcquire(module: Module, around: SyntaxNode, node: SyntaxNode): boolean {
  const before = module.text.slice(around.start, node.start);
  return /\.acquire\(|\benter_context\(.*lock/i.test(before);
}

/** Whether a function runs only while nobody else can have the object: `__init__` and its like, and helpers of only these. */
export function isSetUp(module: Module, model: FunctionModel | undefined, depth = 0): boolean {
  if (!model) return false;
  if (model.owner && SET_UP.test(model.name)) return true;
  if (depth >= MOST_DEPTH || module.graph.isPassedOn(model)) return false;
  const calls = module.graph.callsOf(model);
  if (calls.length > 0) return calls.every(({ caller }) => caller !== model && isSetUp(module, caller, depth + 1));
  const overridden = model.owner && module.definitions.family(model.owner).slice(1);
  return overridden?.some(({ methods }) => isSetUp(module, methods.get(model.name), depth + 1)) ?? false;
}
