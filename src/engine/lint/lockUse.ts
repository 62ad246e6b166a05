/** What the code of a module does with one of its locks: what it guards, where it is taken, and where it is not. */
import type { TextPlace } from './finding';
import { type Access, type AccessHow, isChange } from './model/accesses';
import type { ClassModel } from './model/definitions';
import { isSemaphore } from './model/kindNames';
import type { Lock } from './model/locks';
import type { Module } from './model/module';
import { bindingScope } from './model/scopes';
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

/** Locks of objects have the id of their attribute, `CLASS@OFFSET.NAME`; behind it, whose it is when it is not that of `self`. */
const ATTRIBUTE_ID = /^[^@]*@(\d+)\.\w+/;

function ownerOf(module: Module, { id }: Lock): ClassModel | undefined {
  const start = ATTRIBUTE_ID.exec(id)?.[1];
  return start === undefined ? undefined : module.definitions.classes.find(({ node }) => node.start === Number(start));
}

function declaredId({ id }: Lock): string {
  return ATTRIBUTE_ID.exec(id)?.[0] ?? id;
}

/** Where it is taken, that of another object of its class as well. */
function takenAt(module: Module, lock: Lock): TextPlace[] {
  return module.held
    .sections()
    .filter((section) => declaredId(section.lock) === declaredId(lock))
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
  const all = owner ? module.accesses.ofClass(owner) : isGlobal ? module.accesses.globals : new Map<string, Access[]>();
  return [...all]
    .map(([name, accesses]) => [name, accesses.filter((each) => isTelling(module, each, owner))] as const)
    .filter(([, accesses]) => isGuarded(module, lock, accesses));
}

const BUILDERS: ReadonlySet<string> = new Set(['__init__', '__new__', '__post_init__', '__setstate__', '__del__']);

/** Before an object is built, and before the module is, nobody shares what is theirs; and some say that a lock is held. */
function isTelling(module: Module, { function: around, method }: Access, owner: ClassModel | undefined): boolean {
  if (around && module.held.mayHoldOnEntry(around)) return false;
  if (!owner) return around !== undefined;
  return around !== method || !BUILDERS.has(method?.name ?? '');
}

/** Things that keep order themselves. */
const SAFE_KIND = /^(threading|queue|asyncio|multiprocessing|concurrent)\./;

/** Something that changes, and of which at least half of the accesses have the lock; or a comment says so. */
function isGuarded(module: Module, lock: Lock, accesses: readonly Access[]): boolean {
  const [first] = accesses;
  if (!first || SAFE_KIND.test(module.kinds.nameOf(first.node))) return false;
  if (isDeclared(module, lock, first)) return true;
  const held = accesses.filter(({ node }) => isHeld(module, lock, node)).length;
  return held > 0 && held * 2 >= accesses.length && accesses.some(isChange);
}

function isDeclared(module: Module, lock: Lock, { node, name, method }: Access): boolean {
  if (!module.declarations.hasGuards) return false;
  const owner = method?.owner;
  const assigned = owner
    ? module.attributes.of(owner, name).map((each) => each.node)
    : (bindingScope(node, name)?.bindings.get(name) ?? []).map((each) => each.node);
  return assigned.some((each) => {
    const words = module.declarations.guardBeside(each);
    const named = words?.split('.').at(-1);
    return named !== undefined && declaredId(lock).split(/[.:]/).at(-1) === named;
  });
}

function isHeld(module: Module, lock: Lock, node: SyntaxNode): boolean {
  return module.held.at(node).some((each) => declaredId(each.lock) === declaredId(lock));
}
