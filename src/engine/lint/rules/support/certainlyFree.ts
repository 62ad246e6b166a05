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

/** Calls that `isExempt` names do not show that a function is entered without the lock. */
export function isCertainlyFree(
  module: Module,
  node: SyntaxNode,
  lock: string,
  isExempt: (call: SyntaxNode) => boolean = () => false,
): boolean {
  return new Search(module, lock, isExempt).isFreeAt(node, 0);
}

class Search {
  constructor(
    private readonly module: Module,
    private readonly lock: string,
    private readonly isExempt: (call: SyntaxNode) => boolean,
  ) {}

  isFreeAt(node: SyntaxNode, depth: number): boolean {
    const { module } = this;
    if (module.held.isHeldAt(node, this.lock) || depth >= MOST_DEPTH) return false;
    for (let at = node.parent; at; at = at.parent) {
      if (at.type === 'with_statement' && !contextsOf(at).every((value) => this.isOther(value))) return false;
      if (at.type === 'class_definition') return false;
      // What is in the defaults or decorators of a function does not run in it.
      if (!isFunction(at) || functionAround(node) !== at) continue;
      const model = module.definitions.function(at);
      return model !== undefined && !this.mayBeTakenAround(at, node) && this.isEnteredFree(model, depth);
    }
    return !this.mayBeTakenAround(module.root, node);
  }

  /** A context manager is known, and does not take the lock. */
  private isOther(value: SyntaxNode): boolean {
    const known = this.module.locks.of(value);
    if (known) return known.id !== this.lock;
    const name = value.type === 'call' ? qualifiedName(value.child('function')) : undefined;
    const kind = this.module.kinds.of(value);
    return (kind !== undefined && kind.instanceOf === undefined) || (name !== undefined && HARMLESS_CONTEXT.test(name));
  }

  /** Something before the node took the lock in a way that has no certain end, or took what is not known; or it is given back behind. */
  private mayBeTakenAround(around: SyntaxNode, node: SyntaxNode): boolean {
    const text = this.module.text.slice(around.start, around.end);
    if (!/acquire|enter_(async_)?context|lock|release/i.test(text)) return false;
    const sections = this.module.held.sections();
    const open = sections.filter((section) => section.isOpen && section.lock.id === this.lock);
    const openIn = new Set(open.map((section) => functionAround(section.node)));
    const certain = new Set(sections.filter(({ isOpen }) => !isOpen).map((section) => section.node));
    const calls = callsIn(around);
    const behind = calls.filter(({ start }) => start >= node.start);
    if (behind.some((call) => this.mayGiveBack(call, behind))) return true;
    return calls.some((call) => {
      if (call.start >= node.start) return false;
      const model = this.module.definitions.callee(call);
      return (model !== undefined && openIn.has(model.node)) || (this.mayTake(call) && !certain.has(call));
    });
  }

  private mayTake(call: SyntaxNode): boolean {
    const callee = call.child('function');
    const method = callee?.type === 'attribute' ? callee.child('attribute')?.text : callee?.text;
    if (method === 'enter_context' || method === 'enter_async_context') return true;
    if (!method || !/acquire|(^|_)lock$/i.test(method)) return false;
    const taken = callee?.type === 'attribute' ? this.module.locks.of(callee.child('object')) : undefined;
    return !taken || taken.id === this.lock;
  }

  /** A `release` of the lock, or of what is not known, without its `acquire` among the same calls. */
  private mayGiveBack(call: SyntaxNode, calls: readonly SyntaxNode[]): boolean {
    const object = objectOf(call, 'release');
    if (!object) return false;
    const known = this.module.locks.of(object);
    if (known && known.id !== this.lock) return false;
    return !calls.some((each) => each.start < call.start && objectOf(each, 'acquire')?.text === object.text);
  }

  /** Somebody calls a function without the lock, as far as the file shows. */
  private isEnteredFree(model: FunctionModel, depth: number): boolean {
    const { module } = this;
    if (module.units.starts.some((start) => start.model === model)) return true;
    if (module.held.mayHoldOnEntry(model) || module.declarations.requiredWords(model.node).length > 0) return false;
    if (!model.decorators.every(isHarmless)) return false;
    const calls = [model, ...overridden(module, model)].flatMap((each) => module.graph.callsOf(each));
    if (calls.length > 0) return calls.some(({ node }) => !this.isExempt(node) && this.isFreeAt(node, depth + 1));
    const isForOthers = !OWN_HEAD.test(model.name) && (model.owner !== undefined || !functionAround(model.node));
    return isForOthers && model.node.type !== 'lambda';
  }
}

/** The methods that a method takes the place of: who calls them may call it. */
function overridden({ definitions }: Module, { owner, name }: FunctionModel): FunctionModel[] {
  const above = owner ? definitions.family(owner).slice(1) : [];
  return above.flatMap(({ methods }) => methods.get(name) ?? []);
}

/** Kept with the syntax: they are what its text says. */
const knownCalls = new WeakMap<SyntaxNode, readonly SyntaxNode[]>();

function callsIn(around: SyntaxNode): readonly SyntaxNode[] {
  const before = knownCalls.get(around);
  if (before) return before;
  const calls = around.all().filter(({ type }) => type === 'call');
  knownCalls.set(around, calls);
  return calls;
}

/** What a method is called on. */
function objectOf(call: SyntaxNode, method: string): SyntaxNode | undefined {
  const callee = call.child('function');
  return callee?.type === 'attribute' && callee.child('attribute')?.text === method
    ? callee.child('object')
    : undefined;
}

function isHarmless(decorator: SyntaxNode): boolean {
  const callee = decorator.type === 'call' ? decorator.child('function') : decorator;
  return HARMLESS_DECORATOR.test(qualifiedName(callee) ?? callee?.text ?? '');
}
