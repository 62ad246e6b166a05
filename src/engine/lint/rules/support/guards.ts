/** What comments and annotations declare about locks: `# guarded by: self._lock`, `# requires: self._lock`. */
import type { ClassModel, FunctionModel } from '../../model/definitions';
import { type Held, withValue } from '../../model/held';
import type { Lock } from '../../model/locks';
import type { Module } from '../../model/module';
import { isFunction, type SyntaxNode, statementOf } from '../../syntax/node';
import { isDecoratedWithLock, isSetUp } from './surroundings';

export interface Guard {
  /** The lock as the comment writes it. */
  readonly words: string;
  /** Undefined when it is not known to be one. */
  readonly lock: Lock | undefined;
  /** The statement or function beside which the comment stands. */
  readonly declaration: SyntaxNode;
  /** The class of which the attribute is; undefined for a variable of the module. */
  readonly home: ClassModel | undefined;
}

/** Attributes of a class, or without one variables of the module, that are declared as guarded. */
export function guardsOf(module: Module, model: ClassModel | undefined): Map<string, Guard> {
  const found = new Map<string, Guard>();
  if (!model) {
    for (const statement of module.root.children) {
      const left = statement.children[0]?.type === 'assignment' ? statement.children[0].child('left') : undefined;
      const words = left?.type === 'identifier' ? module.declarations.guardBeside(statement) : undefined;
      if (!left || !words) continue;
      const lock = module.locks.named(words, { node: statement, owner: undefined });
      found.set(left.text, { words, lock, declaration: statement, home: undefined });
    }
    return found;
  }
  for (const name of module.attributes.names(model)) {
    const home = module.attributes.home(model, name) ?? model;
    for (const { node, method, type } of module.attributes.of(model, name)) {
      const words = module.declarations.guardBeside(statementOf(node)) ?? annotatedGuard(type);
      if (!words || found.has(name)) continue;
      const lock = module.locks.named(words, method ?? { node, owner: model });
      found.set(name, { words, lock, declaration: statementOf(node), home });
    }
  }
  return found;
}

/** The lock in `Annotated[dict, GuardedBy("_lock")]`, which is an attribute of the same object. */
function annotatedGuard(type: SyntaxNode | undefined): string | undefined {
  const name = /\bGuardedBy\(\s*["']([\w.]+)["']/.exec(type?.text ?? '')?.[1];
  return name === undefined || name.includes('.') ? name : `self.${name}`;
}

/** The locks that must be held when a function is called. */
export function requiredOf(module: Module, model: FunctionModel): Guard[] {
  if (model.node.type !== 'function_definition') return [];
  return module.declarations.requiredWords(model.node).map((words) => ({
    words,
    lock: module.locks.named(words, model),
    declaration: model.node.child('name') ?? model.node,
    home: model.owner,
  }));
}

/** Where nobody else has the object, or where another convention says that the lock is held. */
export function isExempt(module: Module, node: SyntaxNode): boolean {
  const method = module.definitions.selfMethod(node);
  if (method && isSetUp(module, method)) return true;
  for (let at = node.parent; at; at = at.parent) {
    if (!isFunction(at)) continue;
    const model = module.definitions.function(at);
    if (model && (isDecoratedWithLock(model) || module.held.mayHoldOnEntry(model) || isSetUp(module, model)))
      return true;
    if (at.type !== 'lambda') return false;
  }
  return false;
}

/** The lock is held at a node; a lambda counts as run where it is written. */
export function holds(module: Module, node: SyntaxNode, { lock, words }: Guard): boolean {
  if (lock && heldAt(module, node).some((held) => held.lock.id === lock.id)) return true;
  return !lock && isWithin(node, words);
}

function heldAt(module: Module, node: SyntaxNode): Held[] {
  const around = module.function(node);
  const here = module.held.at(node);
  return around?.node.type === 'lambda' ? [...here, ...heldAt(module, around.node)] : here;
}

/** In a `with` of these words, or behind an `acquire` or `enter_context` of them. */
function isWithin(node: SyntaxNode, words: string): boolean {
  for (let at = node.parent; at; at = at.parent) {
    const items = at.type === 'with_statement' ? (at.childOfType('with_clause')?.children ?? []) : [];
    if (items.some((item) => withValue(item)?.text.startsWith(words))) return true;
    if (at.type !== 'function_definition') continue;
    const before = at.all().filter(({ type, start }) => type === 'call' && start < node.start);
    return before.some(({ text }) => text.startsWith(`${words}.acquire`) || text.includes(`enter_context(${words})`));
  }
  return false;
}
