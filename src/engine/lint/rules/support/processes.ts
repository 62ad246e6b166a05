/** Where processes are started, and how. */

import { argument } from '../../model/arguments';
import type { FunctionModel } from '../../model/definitions';
import { qualifiedName } from '../../model/imports';
import type { Module } from '../../model/module';
import type { SyntaxNode } from '../../syntax/node';

/** default: as the platform does it, or not known. mayFork: by fork in some runs. */
export type StartMethod = 'default' | 'fork' | 'mayFork' | 'spawn';

export interface ProcessStart {
  readonly node: SyntaxNode;
  /** Executor: it is made. ExecutorUse: it is given work, at which its processes start. */
  readonly what: 'Process' | 'Pool' | 'Manager' | 'Executor' | 'ExecutorUse';
  readonly method: StartMethod;
  /** The function in which it is; undefined at the top level. */
  readonly function: FunctionModel | undefined;
}

const MAKERS: Readonly<Record<string, ProcessStart['what']>> = {
  'multiprocessing.Pool': 'Pool',
  'multiprocessing.Manager': 'Manager',
  'concurrent.futures.ProcessPoolExecutor': 'Executor',
};

const startsOf = new WeakMap<Module, readonly ProcessStart[]>();

export function processStarts(module: Module): readonly ProcessStart[] {
  const known = startsOf.get(module);
  if (known) return known;
  const isMaker = importsProcesses(module) ? makerNames(module) : undefined;
  const starts = isMaker ? module.all('call').flatMap((call) => startAt(module, call, isMaker)) : [];
  startsOf.set(module, starts);
  return starts;
}

const imports = new WeakMap<Module, boolean>();

/** The module imports `multiprocessing` or `concurrent.futures`, whole or in part. */
export function importsProcesses(module: Module): boolean {
  const known = imports.get(module);
  if (known !== undefined) return known;
  const isSo = [...module.all('import_statement'), ...module.all('import_from_statement')].some(({ text }) =>
    /\b(multiprocessing|concurrent)\b/.test(text),
  );
  imports.set(module, isSo);
  return isSo;
}

/** Names by which something that starts processes may be called. */
function makerNames(module: Module): ReadonlySet<string> {
  const aliases = module.all('aliased_import').flatMap((each) => each.child('alias')?.text ?? []);
  const classes = module.definitions.classes.map(({ name }) => name);
  return new Set(['Pool', 'Manager', 'ProcessPoolExecutor', ...aliases, ...classes]);
}

function startAt(module: Module, call: SyntaxNode, isMaker: ReadonlySet<string>): ProcessStart[] {
  const callee = call.child('function');
  const name = callee?.type === 'attribute' ? callee.child('attribute')?.text : callee?.text;
  const own = name !== undefined && isMaker.has(name) ? module.kinds.of(call) : undefined;
  const what = own?.made === call ? MAKERS[own.name] : undefined;
  const around = module.function(call);
  if (what) return [{ node: call, what, method: startMethod(module, call), function: around }];
  const method = callee?.type === 'attribute' ? callee.child('attribute')?.text : undefined;
  if (method === 'start') {
    const process = module.kinds.of(callee?.child('object'));
    if (process?.name !== 'multiprocessing.Process') return [];
    return [{ node: call, what: 'Process', method: startMethod(module, process.made), function: around }];
  }
  if (method !== 'submit' && method !== 'map') return [];
  const executor = module.kinds.of(callee?.child('object'));
  if (executor?.name !== 'concurrent.futures.ProcessPoolExecutor') return [];
  return [{ node: call, what: 'ExecutorUse', method: startMethod(module, executor.made), function: around }];
}

/** How the processes start that a call of `Process`, `Pool` or an executor makes. */
export function startMethod(module: Module, made: SyntaxNode | undefined): StartMethod {
  const callee = made?.child('function');
  const given = argument(made, -1, 'mp_context') ?? argument(made, -1, 'context');
  const object = callee?.type === 'attribute' ? callee.child('object') : undefined;
  const context = [given, object].find((each) => module.kinds.nameOf(each) === 'multiprocessing.Context');
  return context ? methodIn(argument(module.kinds.of(context)?.made, 0, 'method')) : methodOfFile(module);
}

const chosen = new WeakMap<Module, StartMethod>();

/** What the file chooses by `set_start_method`. */
function methodOfFile(module: Module): StartMethod {
  const known = chosen.get(module);
  if (known) return known;
  const choice = module.all('call').find((call) => {
    const callee = call.child('function');
    const name = callee?.type === 'attribute' ? callee.child('attribute') : callee;
    return name?.text === 'set_start_method' && qualifiedName(callee) === 'multiprocessing.set_start_method';
  });
  const method = methodIn(argument(choice, 0, 'method'));
  chosen.set(module, method);
  return method;
}

function methodIn(value: SyntaxNode | undefined): StartMethod {
  if (!value) return 'default';
  const words = value
    .all()
    .filter(({ type }) => type === 'string')
    .map(({ text }) => text.slice(1, -1));
  if (value.type === 'string') return words[0] === 'fork' ? 'fork' : 'spawn';
  return words.includes('fork') && value.type === 'conditional_expression' ? 'mayFork' : 'default';
}

/** Whether a node is reached only as a parameter of the function around says. */
export function dependsOnParameter(node: SyntaxNode, model: FunctionModel | undefined): boolean {
  if (!model) return false;
  const names = model.owner ? model.parameters.slice(1) : model.parameters;
  for (let at = node.parent; at && at !== model.node; at = at.parent) {
    const condition = /^(if_statement|elif_clause)$/.test(at.type) ? at.child('condition') : undefined;
    if (condition && mentions(condition, names)) return true;
  }
  return false;
}

function mentions(node: SyntaxNode, names: readonly string[]): boolean {
  return node.all().some(({ type, text }) => type === 'identifier' && names.includes(text));
}
