/** What the code of a module does with one of its locks: what it guards, where it is taken, and where it is not. */
import type { TextPlace } from './finding';
import { type Access, type AccessHow, isChange } from './model/accesses';
import type { ClassModel } from './model/definitions';
import { isSemaphore } from './model/kindNames';
import type { Lock } from './model/locks';
import type { Module } from './model/module';
import { bindingScope } from './model/scopes';
import { guardsOf, isExempt } from './rules/support/guards';
import type { SyntaxNode } from './syntax/node';

/** An access to what the lock guards, without the lock. */
export interface UnguardedAccess extends TextPlace {
  readonly name: string;
  readonly how: AccessHow;
}

export interface LockUse {
  /** Where it is named in the text. */
  readonly at: TextPlace;
  /** `Cache._lock`, or the name of a variable. */
  readonly name: string;
  /** `threading.Lock`. */
  readonly kind: string;
  /** Attributes of its class, or global variables. */
  readonly guards: readonly string[];
  readonly taken: readonly TextPlace[];
  readonly notTaken: readonly UnguardedAccess[];
}

/** What is known of the lock that is named at an offset; undefined where no lock is. */
export function lockUseAt(module: Module, offset: number): LockUse | undefined {
  const name = module.all('identifier').find(({ start, end }) => start <= offset && offset <= end);
  if (!name) return undefined;
  const node = name.field === 'attribute' && name.parent ? name.parent : name;
  const lock = lockNamedBy(module, node);
  if (!lock) return undefined;
  const owner = ownerOf(module, lock);
  const guarded = isSemaphore(lock.kind) ? [] : guardedBy(module, lock, owner, node);
  return {
    at: module.placeOf(name),
    name: owner ? `${owner.name}.${name.text}` : name.text,
    kind: lock.kind,
    guards: guarded.map(([each]) => each),
    taken: takenAt(module, lock),
    notTaken: guarded
      .flatMap(([, accesses]) => accesses.filter((access) => !isHeld(module, lock, access.node)))
      .map(({ node: at, name: what, how }) => ({ ...module.placeOf(at), name: what, how }))
      .sort((a, b) => a.line - b.line || a.column - b.column),
  };
}

/** In the body of a class, a name is that of an attribute. */
function lockNamedBy(module: Module, node: SyntaxNode): Lock | undefined {
  const lock = module.locks.of(node);
  if (!lock || node.type === 'attribute') return lock;
  const owner = module.definitions.class(bindingScope(node, node.text)?.node);
  const [method] = owner ? [...owner.methods.values()] : [];
  return (method && module.locks.named(`${owner?.name}.${node.text}`, method)) ?? lock;
}

/** A declaration of an attribute has the place of its class in it, `CLASS@OFFSET.NAME`, also when it is not named by `self`. */
const OF_ATTRIBUTE = /@(\d+)\./;

function ownerOf(module: Module, { home, declaration }: Lock): ClassModel | undefined {
  const start = OF_ATTRIBUTE.exec(declaration)?.[1];
  return home ?? module.definitions.classes.find(({ node }) => node.start === Number(start));
}

/** Where it is taken, that of another object of its class as well. */
function takenAt(module: Module, { declaration }: Lock): TextPlace[] {
  return module.held
    .sections()
    .filter(({ lock }) => lock.declaration === declaration)
    .map(({ node }) => module.placeOf(node))
    .sort((a, b) => a.line - b.line || a.column - b.column);
}

/** What it guards, with all accesses that count. */
function guardedBy(
  module: Module,
  lock: Lock,
  owner: ClassModel | undefined,
  node: SyntaxNode,
): (readonly [string, readonly Access[]])[] {
  const isGlobal = bindingScope(node, node.text)?.node.type === 'module';
  if (!owner && !isGlobal) return [];
  const all = owner ? module.accesses.ofClass(owner) : module.accesses.globals;
  const declared = guardsOf(module, owner);
  return [...all]
    .map(([name, accesses]) => [name, accesses.filter((each) => isTelling(module, each))] as const)
    .filter(([name, accesses]) => {
      const isDeclared = declared.get(name)?.lock?.declaration === lock.declaration;
      return isDeclared || isGuarded(module, lock, accesses);
    });
}

/** Before an object is built, and before the module is, nobody shares what is theirs; and some say that a lock is held. */
function isTelling(module: Module, { node, function: around }: Access): boolean {
  return around !== undefined && !isExempt(module, node);
}

/** Things that keep order themselves. */
const SAFE_KIND = /^(threading|queue|asyncio|multiprocessing|concurrent)\./;

/** Something that changes, and of which at least half of the accesses have the lock. */
function isGuarded(module: Module, lock: Lock, accesses: readonly Access[]): boolean {
  const [first] = accesses;
  if (!first || SAFE_KIND.test(module.kinds.nameOf(first.node))) return false;
  const held = accesses.filter(({ node }) => isHeld(module, lock, node)).length;
  return held > 0 && held * 2 >= accesses.length && accesses.some(isChange);
}

function isHeld(module: Module, { declaration }: Lock, node: SyntaxNode): boolean {
  return module.held.at(node).some(({ lock }) => lock.declaration === declaration);
}
