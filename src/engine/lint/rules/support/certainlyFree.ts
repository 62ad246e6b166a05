/** Whether a lock is certainly not held at a place: what is not known for certain may be the lock. */
import type { FunctionModel } from '../../model/definitions';
import { qualifiedName } from '../../model/imports';
import type { Module } from '../../model/module';
import { functionAround, isFunction, type SyntaxNode } from '../../syntax/node';
import { contextsOf } from './surroundings';

const MOST_DEPTH = 5;
const HARMLESS_DECORATOR =
  /^(property|classmethod|staticmethod|(\w+)\.(setter|getter|deleter)|override|overload|final|abstractmethod)$|^(functools|contextlib|abc|typing|typing_extensions|asyncio)\./;
const HARMLESS_CONTEXT =
  /^(contextlib\.(suppress|closing|redirect_\w+|nullcontext)|warnings\.\w+|tempfile\.\w+|os\.\w+)$/;
const OWN_HEAD = /^_(?!_.*__$)/;

export function isCertainlyFree(module: Module, node: SyntaxNode, lock: string): boolean {
  return isFreeAt(module, node, lock, 0);
}

function isFreeAt(module: Module, node: SyntaxNode, lock: string, depth: number): boolean {
  if (module.held.isHeldAt(node, lock) || depth >= MOST_DEPTH) return false;
  for (let at = node.parent; at; at = at.parent) {
    if (at.type === 'with_statement' && !contextsOf(at).every((value) => isOther(module, value, lock))) return false;
    if (at.type === 'class_definition') return false;
    if (!isFunction(at) || !functionAroundIs(node, at)) continue;
    const model = module.definitions.function(at);
    return (
      model !== undefined && !mayBeTakenBefore(module, at, node, lock) && isEnteredFree(module, model, lock, depth)
    );
  }
  return !mayBeTakenBefore(module, module.root, node, lock);
}

/** A node in the defaults or decorators of a function does not run in it. */
function functionAroundIs(node: SyntaxNode, around: SyntaxNode): boolean {
  return functionAround(node) === around;
}

/** A context manager is known, and does not take the lock. */
function isOther(module: Module, value: SyntaxNode, lock: string): boolean {
  const known = module.locks.of(value);
  if (known) return known.id !== lock;
  const name = value.type === 'call' ? qualifiedName(value.child('function')) : undefined;
  const kind = module.kinds.of(value);
  return (kind !== undefined && kind.instanceOf === undefined) || (name !== undefined && HARMLESS_CONTEXT.test(name));
}

/** Something before the node took the lock in a way that has no certain end, or took what is not known. */
function mayBeTakenBefore(module: Module, around: SyntaxNode, node: SyntaxNode, lock: string): boolean {
  const text = module.text.slice(around.start, node.start);
  if (!/acquire|enter_context|enter_async_context|lock/i.test(text)) return false;
  const open = module.held.sections().filter((section) => section.isOpen && section.lock.id === lock);
  const openIn = new Set(open.map((section) => functionAround(section.node)));
  const sections = new Set(module.held.sections().map((section) => section.node));
  return callsBefore(around, node).some((call) => {
    const callee = call.child('function');
    const method = callee?.type === 'attribute' ? callee.child('attribute')?.text : callee?.text;
    if (method === 'enter_context' || method === 'enter_async_context') return true;
    const model = module.definitions.callee(call);
    if (model && openIn.has(model.node)) return true;
    if (!method || !/acquire|(^|_)lock$/i.test(method)) return false;
    const taken = callee?.type === 'attribute' ? module.locks.of(callee.child('object')) : undefined;
    if (!taken) return true;
    return taken.id === lock && (!sections.has(call) || open.some((section) => section.node === call));
  });
}

function callsBefore(around: SyntaxNode, node: SyntaxNode): SyntaxNode[] {
  return around.all().filter(({ type, start }) => type === 'call' && start < node.start);
}

/** Somebody calls a function without the lock, as far as the file shows. */
function isEnteredFree(module: Module, model: FunctionModel, lock: string, depth: number): boolean {
  if (module.units.starts.some((start) => start.model === model)) return true;
  if (module.held.mayHoldOnEntry(model) || module.declarations.requiredWords(model.node).length > 0) return false;
  if (!model.decorators.every(isHarmless)) return false;
  const calls = module.graph.callsOf(model);
  if (calls.length > 0) return calls.some(({ node }) => isFreeAt(module, node, lock, depth + 1));
  const isForOthers = !OWN_HEAD.test(model.name) && (model.owner !== undefined || !functionAround(model.node));
  return isForOthers && model.node.type !== 'lambda';
}

function isHarmless(decorator: SyntaxNode): boolean {
  const callee = decorator.type === 'call' ? decorator.child('function') : decorator;
  return HARMLESS_DECORATOR.test(qualifiedName(callee) ?? callee?.text ?? '');
}
