/** Which locks a function takes, itself or by what it calls. */
import type { FunctionModel } from '../../model/definitions';
import type { Section } from '../../model/held';
import type { Lock } from '../../model/locks';
import type { Module } from '../../model/module';
import { functionAround, type SyntaxNode } from '../../syntax/node';
import { waitsForLock } from './acquire';
import { innerCalls } from './innerCalls';
import { takers } from './takers';

export interface Taking {
  readonly lock: Lock;
  /** What takes it: the object of a `with`, the call of `acquire`. */
  readonly node: SyntaxNode;
  /** In the function that was asked for: the taking itself, or the call that leads to it. */
  readonly from: SyntaxNode;
  /** The functions that are called on the way. */
  readonly way: readonly FunctionModel[];
  /** `self` is the same object all the way. */
  readonly isSameObject: boolean;
  /** Locks that are held on the way when it is taken. */
  readonly with: ReadonlySet<string>;
}

export const MOST_CALLS = 3;
/** By function and depth. */
const known = new WeakMap<Module, Map<SyntaxNode, (readonly Taking[])[]>>();

/** Those that wait for the lock for certain when the function runs through, at most one for each lock. */
export function takings(module: Module, model: FunctionModel, depth = MOST_CALLS): readonly Taking[] {
  const ofModule = known.get(module) ?? new Map<SyntaxNode, (readonly Taking[])[]>();
  known.set(module, ofModule);
  const ofFunction = ofModule.get(model.node) ?? [];
  ofModule.set(model.node, ofFunction);
  const before = ofFunction[depth];
  if (before) return before;
  if (!takers(module).has(model)) return [];
  ofFunction[depth] = [];
  const found = find(module, model, depth);
  ofFunction[depth] = found;
  return found;
}

function find(module: Module, model: FunctionModel, depth: number): Taking[] {
  const found = new Map<string, Taking>();
  const add = (taking: Taking): void => {
    const { id } = taking.lock;
    if (!found.has(id)) found.set(id, taking);
  };
  for (const { lock, node } of module.held.sectionsIn(model.node).filter(isWaiting)) {
    if (isGivenBackBefore(module, node, lock) || dependsOnArguments(model, node)) continue;
    add({ lock, node, from: node, way: [], isSameObject: true, with: heldAt(module, node, lock) });
  }
  if (depth === 0) return [...found.values()];
  for (const { node, callee, isSameObject } of innerCalls(module, model)) {
    const inside = callee === model ? [] : takings(module, callee, depth - 1);
    if (inside.length === 0 || dependsOnArguments(model, node)) continue;
    for (const taking of inside) {
      const inner = enter(taking, callee, isSameObject);
      if (!inner || isGivenBackBefore(module, node, taking.lock)) continue;
      add({ ...inner, from: node, with: new Set([...inner.with, ...heldAt(module, node, taking.lock)]) });
    }
  }
  return [...found.values()];
}

/** A taking as the caller of its function sees it; undefined when the lock is another one in each call. */
export function enter(taking: Taking, callee: FunctionModel, isSameObject: boolean): Taking | undefined {
  const { lock, way } = taking;
  if (lock.local === callee.node) return undefined;
  return { ...taking, way: [callee, ...way], isSameObject: isSameObject && taking.isSameObject };
}

export function isWaiting({ how, node }: Section): boolean {
  return how === 'with' || (how === 'acquire' && waitsForLock(node));
}

function heldAt(module: Module, node: SyntaxNode, lock: Lock): ReadonlySet<string> {
  const ids = module.held.sectionsAt(node).map((section) => section.lock.id);
  return new Set(ids.filter((id) => id !== lock.id));
}

/** The function gives it back first: then its caller had it on purpose. */
function isGivenBackBefore(module: Module, node: SyntaxNode, lock: Lock): boolean {
  return module.held
    .lockCallsIn(functionAround(node))
    .some((each) => each.method === 'release' && each.call.start < node.start && each.lock.id === lock.id);
}

/** It stands under an `if` that asks a parameter: for this call it may not run. */
function dependsOnArguments({ parameters, node: owner }: FunctionModel, node: SyntaxNode): boolean {
  for (let at: SyntaxNode | null = node; at && at !== owner; at = at.parent) {
    if (!/^(if_statement|elif_clause|conditional_expression|while_statement)$/.test(at.type)) continue;
    const condition = at.type === 'conditional_expression' ? at.children[1] : at.child('condition');
    const names = condition && condition !== node ? condition.all() : [];
    if (names.some(({ type, text }) => type === 'identifier' && parameters.includes(text) && !isReceiver(text)))
      return true;
  }
  return false;
}

function isReceiver(name: string): boolean {
  return name === 'self' || name === 'cls';
}
