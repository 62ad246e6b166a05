/** Work that is handed to processes, threads and interpreters, and what it gets there. */

import { argument } from '../../model/arguments';
import type { FunctionModel } from '../../model/definitions';
import { qualifiedName } from '../../model/imports';
import type { Module } from '../../model/module';
import type { Start, UnitKind } from '../../model/units';
import type { SyntaxNode } from '../../syntax/node';
import { type Given, givenBy, inSequence, shifted } from './given';

export interface Work {
  readonly kind: UnitKind;
  /** own: a process, thread or interpreter is made or chosen for it. pool: it goes through the queue of a pool. initializer: each worker of a pool runs it first. */
  readonly way: 'own' | 'pool' | 'initializer';
  /** The method or class that is called: `apply_async`, `Process`. */
  readonly by: string;
  readonly call: SyntaxNode;
  readonly target: SyntaxNode | undefined;
  readonly model: FunctionModel | undefined;
  readonly given: readonly Given[];
  /** Several of them can run at once. */
  readonly isMany: boolean;
}

const OWN: ReadonlySet<string> = new Set([
  'threading.Thread',
  'threading.Timer',
  'multiprocessing.Process',
  '_thread.start_new_thread',
]);
const OWN_METHODS: ReadonlySet<string> = new Set(['call', 'call_in_thread', 'Process']);
/** Pools, the kind of their workers, and the place of their initializer. */
const POOLS: Readonly<Record<string, readonly [UnitKind, number]>> = {
  'multiprocessing.Pool': ['process', 1],
  'multiprocessing.pool.ThreadPool': ['thread', 1],
  'concurrent.futures.ProcessPoolExecutor': ['process', 2],
  'concurrent.futures.ThreadPoolExecutor': ['thread', 2],
  'concurrent.futures.InterpreterPoolExecutor': ['interpreter', 2],
};

const worksOf = new WeakMap<Module, readonly Work[]>();

/** All work that calls in the module hand over. */
export function workIn(module: Module): readonly Work[] {
  const known = worksOf.get(module);
  if (known) return known;
  const works = [
    ...module.units.starts.flatMap((start) => workOf(module, start)),
    ...module.allIf('call', mayHaveInitializer).flatMap((call) => initializerOf(module, call)),
  ];
  worksOf.set(module, works);
  return works;
}

function workOf(module: Module, start: Start): Work[] {
  const { kind, node: call, target } = start;
  const model = start.model ?? methodOf(module, target);
  if (call.type !== 'call' || !/^(process|thread|interpreter)$/.test(kind)) return [];
  const kindName = module.kinds.nameOf(call);
  const isOwn = OWN.has(kindName) || OWN.has(qualifiedName(call.child('function')) ?? '');
  const callee = call.child('function');
  const method = callee?.type === 'attribute' ? (callee.child('attribute')?.text ?? '') : '';
  const by = OWN.has(kindName) ? kindName.slice(kindName.indexOf('.') + 1) : method;
  const way = isOwn || OWN_METHODS.has(method) ? 'own' : 'pool';
  const isMany = isRepeated(call) || /map|^run_in_executor$/.test(by);
  return [{ kind, way, by, call, target, model, given: shifted(target, givenBy(call, by)), isMany }];
}

/** The method that `painter.paint` stands for, where the class of `painter` is in the module. */
function methodOf(module: Module, target: SyntaxNode | undefined): FunctionModel | undefined {
  const owner = target?.type === 'attribute' ? module.kinds.ownerOf(target.child('object')) : undefined;
  return owner && module.definitions.method(owner, target?.child('attribute')?.text ?? '');
}

function initializerOf(module: Module, call: SyntaxNode): Work[] {
  const pool = POOLS[module.kinds.nameOf(call)];
  if (!pool || module.kinds.of(call)?.made !== call) return [];
  const [kind, index] = pool;
  const target = argument(call, index, 'initializer');
  const given = inSequence(argument(call, index + 1, 'initargs'));
  if (!target && given.length === 0) return [];
  const model = module.definitions.functionOfExpression(target);
  return [
    { kind, way: 'initializer', by: 'initializer', call, target, model, given: shifted(target, given), isMany: true },
  ];
}

function mayHaveInitializer(call: SyntaxNode): boolean {
  const list = call.child('arguments')?.children ?? [];
  const isNamed = list.some((each) => /^init(ializer|args)$/.test(each.child('name')?.text ?? ''));
  return isNamed || (list.length > 1 && /(Pool|Executor)$/.test(call.child('function')?.text ?? ''));
}

/** In a loop or comprehension of the function that it is in. */
export function isRepeated(node: SyntaxNode): boolean {
  for (let at = node.parent; at && !/^(function_definition|lambda|class_definition)$/.test(at.type); at = at.parent) {
    if (/^(for_statement|while_statement|generator_expression|\w+_comprehension)$/.test(at.type)) return true;
  }
  return false;
}

const reached = new WeakMap<Module, Map<FunctionModel, ReadonlyMap<FunctionModel, readonly FunctionModel[]>>>();

/** A function and all that it calls, each with the way that leads there. */
export function reachedFrom(
  module: Module,
  model: FunctionModel,
): ReadonlyMap<FunctionModel, readonly FunctionModel[]> {
  const byModel = reached.get(module) ?? new Map<FunctionModel, ReadonlyMap<FunctionModel, readonly FunctionModel[]>>();
  reached.set(module, byModel);
  const found = byModel.get(model) ?? module.graph.reachedFrom([model]);
  byModel.set(model, found);
  return found;
}
