/** Work that is handed to processes, threads and interpreters, and what it gets there. */
import type { FunctionModel } from '../../model/definitions';
import { isStatic } from '../../model/definitions';
import { qualifiedName } from '../../model/imports';
import { argument } from '../../model/locks';
import type { Module } from '../../model/module';
import type { Start, UnitKind } from '../../model/units';
import type { SyntaxNode } from '../../syntax/node';

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

/** A value that is given to the function, and the place or name of the argument that it is. */
export interface Given {
  readonly place: number | string;
  readonly node: SyntaxNode;
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
    ...module.all('call').flatMap((call) => initializerOf(module, call)),
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
  if (!mayHaveInitializer(call)) return [];
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

function givenBy(call: SyntaxNode, by: string): Given[] {
  switch (by) {
    case 'Thread':
    case 'Process':
      return [...inSequence(argument(call, 3, 'args')), ...inDictionary(argument(call, 4, 'kwargs'))];
    case 'Timer':
      return [...inSequence(argument(call, 2, 'args')), ...inDictionary(argument(call, 3, 'kwargs'))];
    case 'apply':
    case 'apply_async':
      return [...inSequence(argument(call, 1, 'args')), ...inDictionary(argument(call, 2, 'kwds'))];
    case 'starmap':
    case 'starmap_async':
      return itemsOf(argument(call, 1, 'iterable')).flatMap(inSequence);
    case 'map':
    case 'map_async':
    case 'imap':
    case 'imap_unordered':
      return positional(call, 1).flatMap(({ place, node }) => itemsOf(node).map((item) => ({ place, node: item })));
    case 'run_in_executor':
      return positional(call, 2);
    case 'submit':
    case 'call':
    case 'call_in_thread':
      return [...positional(call, 1), ...keywords(call)];
    default:
      return [];
  }
}

const SEQUENCES: ReadonlySet<string> = new Set(['tuple', 'list', 'set']);

function itemsOf(node: SyntaxNode | undefined): readonly SyntaxNode[] {
  if (node && /^(list_comprehension|generator_expression)$/.test(node.type)) return [node.child('body') ?? node];
  return node && SEQUENCES.has(node.type) ? node.children : [];
}

/** Items of a tuple or list, up to the first with a star. */
function inSequence(node: SyntaxNode | undefined): Given[] {
  const items = node && SEQUENCES.has(node.type) ? node.children : [];
  const splat = items.findIndex(({ type }) => type === 'list_splat');
  return (splat < 0 ? items : items.slice(0, splat)).map((item, place) => ({ place, node: item }));
}

function inDictionary(node: SyntaxNode | undefined): Given[] {
  if (node?.type === 'call') return node.child('function')?.text === 'dict' ? keywords(node) : [];
  return (node?.children ?? []).flatMap((pair) => {
    const value = pair.type === 'pair' ? pair.child('value') : undefined;
    const key = pair.child('key');
    return value && key?.type === 'string' ? [{ place: key.text.slice(1, -1), node: value }] : [];
  });
}

function positional(call: SyntaxNode, from: number): Given[] {
  const list = call.child('arguments')?.children ?? [];
  const all = call.child('arguments')?.type === 'generator_expression' ? [] : list;
  const values = all.filter(({ type }) => type !== 'keyword_argument' && type !== 'dictionary_splat');
  const splat = values.findIndex(({ type }) => type === 'list_splat');
  return (splat < 0 ? values : values.slice(0, splat)).slice(from).map((node, place) => ({ place, node }));
}

function keywords(call: SyntaxNode): Given[] {
  return (call.child('arguments')?.children ?? []).flatMap((each) => {
    const value = each.type === 'keyword_argument' ? each.child('value') : undefined;
    return value ? [{ place: each.child('name')?.text ?? '', node: value }] : [];
  });
}

/** The arguments, behind those that a `partial` already has. */
function shifted(target: SyntaxNode | undefined, given: readonly Given[]): Given[] {
  if (target?.type !== 'call' || qualifiedName(target.child('function')) !== 'functools.partial') return [...given];
  const first = positional(target, 1);
  return [
    ...first,
    ...keywords(target),
    ...given.map(({ place, node }) => ({ place: typeof place === 'number' ? place + first.length : place, node })),
  ];
}

/** By function and parameter: what calls and handing over give it, as far as it is written there. */
const givenTo = new WeakMap<Module, Map<FunctionModel, Map<string, SyntaxNode[]>>>();

/** What a parameter of a function gets in this module. */
export function givenToParameter(module: Module, model: FunctionModel, name: string): readonly SyntaxNode[] {
  let functions = givenTo.get(module);
  if (!functions) {
    functions = new Map();
    givenTo.set(module, functions);
  }
  let parameters = functions.get(model);
  if (!parameters) {
    parameters = parametersOf(module, model);
    functions.set(model, parameters);
  }
  return parameters.get(name) ?? [];
}

function parametersOf(module: Module, model: FunctionModel): Map<string, SyntaxNode[]> {
  const found = new Map<string, SyntaxNode[]>();
  const add = (callee: SyntaxNode | undefined, { place, node }: Given): void => {
    const name = parameterAt(module, model, callee, place);
    if (name === undefined) return;
    found.set(name, [...(found.get(name) ?? []), node]);
  };
  for (const work of workIn(module)) {
    if (work.model === model) for (const each of work.given) add(work.target, each);
  }
  for (const { node } of module.graph.callsOf(model)) {
    for (const each of argumentsOf(node)) add(node.child('function'), each);
  }
  return found;
}

/** The parameter that an argument at a place becomes, when `callee` stands for the function. */
export function parameterAt(
  module: Module,
  model: FunctionModel,
  callee: SyntaxNode | undefined,
  place: number | string,
): string | undefined {
  const name = typeof place === 'string' ? place : model.parameters[place + ownPlaces(module, model, callee)];
  return name !== undefined && model.parameters.includes(name) ? name : undefined;
}

/** The arguments of a call as they are written, up to one with a star. */
export function argumentsOf(call: SyntaxNode): Given[] {
  return [...positional(call, 0), ...keywords(call)];
}

/** 1 for a method that has its object already, as `self.work` has. */
function ownPlaces(module: Module, model: FunctionModel, callee: SyntaxNode | undefined): number {
  if (!model.owner || isStatic(model)) return 0;
  if (callee?.type === 'identifier') return 1;
  if (callee?.type === 'call') return ownPlaces(module, model, callee.child('arguments')?.children[0]);
  const isOfClass = module.definitions.classNamed(callee?.child('object')) !== undefined;
  return isOfClass && !model.decorators.some(({ text }) => text === 'classmethod') ? 0 : 1;
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
