/** Which pool of threads an expression stands for, and where a function waits for what it handed to one. */

import { argument } from '../../model/arguments';
import type { FunctionModel } from '../../model/definitions';
import { qualifiedName } from '../../model/imports';
import type { Module } from '../../model/module';
import { bindingScope } from '../../model/scopes';
import { functionAround, type SyntaxNode } from '../../syntax/node';

const EXECUTOR = 'concurrent.futures.ThreadPoolExecutor';
const POOL = 'multiprocessing.pool.ThreadPool';

export interface PoolIdentity {
  /** The same for the same declaration. */
  readonly id: string;
  /** The function whose local it is. */
  readonly owner: FunctionModel | undefined;
}

export function poolOf(module: Module, node: SyntaxNode | undefined): PoolIdentity | undefined {
  const kind = module.kinds.nameOf(node);
  if (!node || (kind !== EXECUTOR && kind !== POOL)) return undefined;
  if (node.type === 'identifier') {
    const scope = bindingScope(node, node.text);
    return scope && { id: `${scope.node.start}:${node.text}`, owner: module.definitions.function(scope.node) };
  }
  const name = module.definitions.selfAttribute(node);
  const owner = name === undefined ? undefined : module.definitions.classAround(node);
  const home = owner && name !== undefined ? module.attributes.home(owner, name) : undefined;
  return home && { id: `${home.name}@${home.node.start}.${name}`, owner: undefined };
}

export interface Wait {
  readonly node: SyntaxNode;
  /** The call that handed over what is waited for. */
  readonly handedOver: SyntaxNode | undefined;
}

/** Where the nodes of a function wait for work that it handed to a pool. */
export function waitsIn(module: Module, model: FunctionModel, nodes: readonly SyntaxNode[], id: string): Wait[] {
  const waits: Wait[] = [];
  const isWaitedFor = new Set<SyntaxNode>();
  for (const call of nodes) {
    const wait = call.type === 'call' ? waitOf(module, call, nodes) : undefined;
    const handedOver = wait?.handedOver;
    if (!wait || !handedOver || functionAround(handedOver) !== model.node || isWaitedFor.has(handedOver)) continue;
    if (poolOf(module, handedOver.child('function')?.child('object'))?.id !== id) continue;
    isWaitedFor.add(handedOver);
    waits.push(wait);
  }
  return waits;
}

function waitOf(module: Module, call: SyntaxNode, nodes: readonly SyntaxNode[]): Wait | undefined {
  const callee = call.child('function');
  const { kinds } = module;
  if (/^concurrent\.futures\.(wait|as_completed)$/.test(qualifiedName(callee) ?? '')) {
    const future = kinds.ofItems(argument(call, 0, 'fs'));
    return isFuture(future?.name) ? { node: call, handedOver: future?.made } : undefined;
  }
  const method = callee?.type === 'attribute' ? (callee.child('attribute')?.text ?? '') : '';
  const object = callee?.child('object');
  if (/^(result|exception|get|wait)$/.test(method)) {
    const future = kinds.of(object);
    const isAsked = nodes.some(
      ({ type, text }) => type === 'attribute' && /\.(done|ready)$/.test(text) && text.startsWith(`${object?.text}.`),
    );
    return isFuture(future?.name) && !isAsked ? { node: call, handedOver: future?.made } : undefined;
  }
  const kind = /^(map|imap|imap_unordered|apply|starmap|shutdown)$/.test(method) ? kinds.nameOf(object) : '';
  if (kind === POOL && /^(map|apply|starmap)$/.test(method)) return { node: call, handedOver: call };
  if (kind === EXECUTOR && method === 'shutdown')
    return argument(call, 0, 'wait')?.type === 'false' ? undefined : { node: call, handedOver: call };
  if ((kind === EXECUTOR && method === 'map') || (kind === POOL && method.startsWith('imap'))) {
    const node = goneThrough(call, nodes);
    return node && { node, handedOver: call };
  }
  return undefined;
}

function isFuture(kind: string | undefined): boolean {
  return kind === 'concurrent.futures.Future' || kind === 'multiprocessing.AsyncResult';
}

const GOES_THROUGH = /^(list|tuple|set|dict|sum|sorted|min|max|any|all|next|print|frozenset)$/;

/** Where the results of `map` are gone through: there, or by the local name that they get. */
function goneThrough(call: SyntaxNode, nodes: readonly SyntaxNode[]): SyntaxNode | undefined {
  if (isGoneThrough(call)) return call;
  const name = call.parent?.type === 'assignment' && call.field === 'right' ? call.parent.child('left') : undefined;
  if (name?.type !== 'identifier') return undefined;
  return nodes.find((each) => each.type === 'identifier' && each.text === name.text && isGoneThrough(each));
}

function isGoneThrough(node: SyntaxNode): boolean {
  const { parent } = node;
  if (node.field === 'right' && /^(for_statement|for_in_clause)$/.test(parent?.type ?? '')) return true;
  const list = parent?.type === 'list_splat' ? parent.parent : parent;
  return list?.type === 'argument_list' && GOES_THROUGH.test(list.parent?.child('function')?.text ?? '');
}
