/** Which lock an expression stands for. */
import { functionAround, isFunction, type SyntaxNode } from '../syntax/node';
import { argument } from './arguments';
import type { Attributes } from './attributes';
import type { ClassModel, Definitions, FunctionModel } from './definitions';
import { isCondition, isLock, isSemaphore } from './kindNames';
import type { Kind, Kinds } from './kinds';
import { bindingScope } from './scopes';

/** A lock, condition or semaphore by where it is declared. Two objects of one class have the same one: instances are not told apart. */
export interface Lock {
  /** The same for the same declaration; that of a condition made with a lock is the lock's. */
  readonly id: string;
  /** As the user writes it. */
  readonly name: string;
  readonly kind: string;
  /** What makes it. */
  readonly made: SyntaxNode | undefined;
  /** One that its holder can take again. */
  readonly isReentrant: boolean;
  /** Belongs to an instance, so that two objects have one each. */
  readonly isOfInstance: boolean;
  /** The class whose attribute it is; undefined for variables, and where it is not seen through `self` or the class. */
  readonly home: ClassModel | undefined;
  /** The same for the attribute of all objects, however they are named. */
  readonly declaration: string;
  /** The function or lambda whose every call has another one: it is local there, or of an object that is. */
  readonly local: SyntaxNode | undefined;
}

/** Where an object is declared. */
export type Identity = Pick<Lock, 'id' | 'isOfInstance' | 'home' | 'declaration' | 'local'>;

export class Locks {
  private readonly known = new Map<SyntaxNode, Lock | undefined>();

  constructor(
    private readonly definitions: Definitions,
    private readonly attributes: Attributes,
    private readonly kinds: Kinds,
  ) {}

  /** The lock that a name or attribute stands for; undefined when it is not known to be one. */
  of(node: SyntaxNode | undefined): Lock | undefined {
    if (node?.type !== 'identifier' && node?.type !== 'attribute') return undefined;
    if (!this.known.has(node)) this.known.set(node, this.find(node));
    return this.known.get(node);
  }

  /** The lock that words of a comment name, seen from a function: `self._lock`, `LOCK`. */
  named(words: string, model: Pick<FunctionModel, 'node' | 'owner'>): Lock | undefined {
    const [object = '', attribute] = words.split('.');
    const owner = model.owner ?? this.definitions.selfMethod(model.node)?.owner;
    if (attribute === undefined) {
      const scope = bindingScope(model.node, object);
      return this.of(scope?.bindings.get(object)?.find(({ kind }) => kind === 'assign')?.node);
    }
    const isSelf = object === 'self' || object === 'cls' || object === owner?.name;
    const assigned = owner && isSelf ? this.attributes.of(owner, attribute) : [];
    return this.ofAssigned(assigned.find(({ value }) => value?.type !== 'none')?.node);
  }

  /** The lock that an assignment makes: in a class's body, the name stands for the attribute. */
  private ofAssigned(node: SyntaxNode | undefined): Lock | undefined {
    const owner = node?.type === 'identifier' ? this.definitions.class(node.ancestor('class_definition')) : undefined;
    const found = this.of(node);
    if (!owner || !found || !node) return found;
    const id = this.attributeId(owner, node.text);
    return { ...found, id, declaration: id, isOfInstance: false, home: owner, local: undefined };
  }

  private attributeId(home: ClassModel, name: string): string {
    return `${home.name}@${home.node.start}.${name}`;
  }

  private find(node: SyntaxNode): Lock | undefined {
    const kind = this.kinds.of(node);
    if (!kind || !isLock(kind.name)) return undefined;
    const identity = this.identity(node);
    if (!identity) return undefined;
    const inner = isCondition(kind.name) ? this.innerOf(argument(kind.made, 0, 'lock')) : undefined;
    if (inner) return { ...inner, name: node.text, kind: kind.name };
    return { ...identity, name: node.text, kind: kind.name, made: kind.made, isReentrant: isReentrant(kind) };
  }

  /** The lock that a condition is made with: in a class's body, the name stands for the attribute. */
  private innerOf(node: SyntaxNode | undefined): Lock | undefined {
    const isOfBody = node?.type === 'identifier' && bindingScope(node, node.text)?.node.type === 'class_definition';
    return isOfBody ? this.ofAssigned(node) : this.of(node);
  }

  /** What a name or attribute stands for by its declaration; the same for two that mean the same object. */
  identity(node: SyntaxNode): Identity | undefined {
    if (node.type === 'identifier') {
      const scope = bindingScope(node, node.text);
      const id = scope && `${scope.node.start}:${node.text}`;
      const local = scope && isFunction(scope.node) ? scope.node : undefined;
      return id === undefined ? undefined : { id, declaration: id, isOfInstance: false, home: undefined, local };
    }
    const name = node.child('attribute')?.text ?? '';
    const object = node.child('object');
    const owner = this.kinds.ownerOf(object);
    const home = owner && this.attributes.home(owner, name);
    if (!home) return undefined;
    const declaration = this.attributeId(home, name);
    const isClassLevel = this.attributes
      .of(home, name)
      .some(({ method, value }) => method === undefined && value !== undefined && value.type !== 'none');
    if (isClassLevel || this.definitions.isSelf(object) || !object)
      return { id: declaration, declaration, isOfInstance: !isClassLevel, home, local: undefined };
    // That of another object than `self` is another one, as far as can be seen.
    const other = /^(identifier|attribute)$/.test(object.type) ? this.identity(object) : undefined;
    const local = other ? other.local : functionAround(node);
    const id = `${declaration} of ${other?.id ?? object.text}`;
    return { id, declaration, isOfInstance: true, home: undefined, local };
  }
}

/** Whether who has it can take it again: an RLock, a Condition of one; a semaphore of one permit cannot be. */
function isReentrant({ name, made }: Kind): boolean {
  if (name.endsWith('.RLock')) return true;
  if (isCondition(name)) return !name.startsWith('asyncio.') && argument(made, 0, 'lock') === undefined;
  if (!isSemaphore(name)) return false;
  const permits = argument(made, 0, 'value');
  return permits !== undefined && permits.text !== '1';
}
