/** Threads that `__init__` starts and that run methods of the object which is being made. */
import type { ClassModel, FunctionModel } from '../../model/definitions';
import type { Module } from '../../model/module';
import type { SyntaxNode } from '../../syntax/node';
import { isThreadKind } from './threadCalls';

export interface InitStart {
  /** The class whose `__init__` it is. */
  readonly model: ClassModel;
  readonly init: FunctionModel;
  /** The call of `start`. */
  readonly call: SyntaxNode;
  /** What is started: `self.thread`, `self`. */
  readonly object: SyntaxNode;
  /** The method that the thread runs. */
  readonly target: FunctionModel;
}

export function startsInInit(module: Module): InitStart[] {
  return module.calls.ofMethod('start').flatMap((call) => {
    const callee = call.child('function');
    const object = callee?.type === 'attribute' ? callee.child('object') : undefined;
    if (!object || callee?.child('attribute')?.text !== 'start') return [];
    const init = module.function(call);
    const model = init?.name === '__init__' ? init.owner : undefined;
    const target = model && targetOf(module, model, object);
    return init && model && target ? [{ model, init, call, object, target }] : [];
  });
}

function targetOf(module: Module, model: ClassModel, object: SyntaxNode): FunctionModel | undefined {
  const { definitions, kinds } = module;
  if (!isThreadKind(kinds.nameOf(object))) return undefined;
  if (definitions.isSelf(object))
    return definitions.method(model, 'start') ? undefined : definitions.method(model, 'run');
  const made = object.type === 'call' ? object : kinds.of(object)?.made;
  const start = made && module.units.starts.find(({ node }) => node === made);
  if (!made || module.function(made) !== module.function(object)) return undefined;
  const isOwn = start?.target?.type === 'attribute' && definitions.isSelf(start.target.child('object'));
  return isOwn ? start?.model : undefined;
}

/** Names of the attributes of `self` that a method reads, itself or through methods of `self`, in an object of the class. */
export function readsOf(module: Module, model: ClassModel, target: FunctionModel): Set<string> {
  const { definitions } = module;
  const reads = new Set<string>();
  const writes = new Set<string>();
  const reached = new Set([definitions.method(model, target.name) ?? target]);
  for (const method of reached) {
    for (const node of method.node.all()) {
      const name = definitions.selfAttribute(node);
      if (name === undefined) continue;
      const called = definitions.method(model, name);
      if (called) reached.add(called);
      else if (node.field === 'left' && node.parent?.type === 'assignment') writes.add(name);
      else reads.add(name);
    }
  }
  for (const name of writes) reads.delete(name);
  return reads;
}

/**
 * Where `__init__` sets an attribute for the first time behind a call in it; undefined when it can have one before: from a
 * class, from another method, or in the branch of an `if` that the call is not in.
 */
export function setBehind(
  module: Module,
  model: ClassModel,
  init: FunctionModel,
  name: string,
  call: SyntaxNode,
): SyntaxNode | undefined {
  const assigned = module.attributes.of(model, name);
  const isOnlyHere = assigned.every(
    ({ method, node }) => method !== undefined && (method !== init || node.start > call.end),
  );
  const isEarly = assigned.some(({ method }) => method !== init && method && mayRunBefore(module, init, method, call));
  const [first] = assigned.filter(({ method }) => method === init);
  if (!first || !isOnlyHere || isEarly || isInOtherBranch(first.node, call)) return undefined;
  return first.node;
}

/** A method that `__init__` calls, or that of a class it inherits from. */
function mayRunBefore(module: Module, init: FunctionModel, method: FunctionModel, call: SyntaxNode): boolean {
  if (method.name === '__init__' || method.name === '__new__') return true;
  const calls = module.graph.callsOf(method);
  return (
    calls.some(({ caller, node }) => caller !== init || node.start < call.start) &&
    module.graph.reachedFrom([init]).has(method)
  );
}

function isInOtherBranch(node: SyntaxNode, call: SyntaxNode): boolean {
  let at = node.parent;
  while (at && !at.contains(call)) at = at.parent;
  return at !== null && /^(if_statement|elif_clause|try_statement|match_statement)$/.test(at.type);
}
