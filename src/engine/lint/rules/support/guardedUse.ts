/** Which lock of its class guards an attribute, told by how its methods use it, and who changes it without. */
import { type Access, isChange } from '../../model/accesses';
import type { ClassModel } from '../../model/definitions';
import type { Held } from '../../model/held';
import { isAsyncLock, isSemaphore } from '../../model/kindNames';
import type { Lock } from '../../model/locks';
import type { Module } from '../../model/module';
import { functionAround, type SyntaxNode, statementOf } from '../../syntax/node';
import { isAlone } from './alone';
import { isCertainlyFree } from './certainlyFree';
import { isClosedBefore } from './closedBefore';
import { containerKind, disturbsLoop } from './containers';

export interface GuardedUse {
  readonly name: string;
  readonly lock: Lock;
  /** With the lock, in the order of the text. */
  readonly inside: readonly Access[];
  /** Changes and loops without it. */
  readonly free: readonly Access[];
}

/** Locks of a class that let one in at a time. */
export function isGuard({ kind, home }: Lock): boolean {
  return home !== undefined && !isSemaphore(kind) && !isAsyncLock(kind);
}

const GUARDS_ITSELF = /^(threading|queue|multiprocessing|concurrent|contextvars|weakref|asyncio|subprocess)\b/;

export function guardedUse(
  module: Module,
  model: ClassModel,
  name: string,
  accesses: readonly Access[],
): GuardedUse | undefined {
  if (!mayBeHalfGuarded(accesses)) return undefined;
  const heldAt = new Map(accesses.map((access) => [access, module.held.at(access.node)]));
  const lock = mostHeld([...heldAt.values()]);
  if (!lock || isOutOfQuestion(module, model, name)) return undefined;
  const container = containerKind(module, model, name);
  const changes = (access: Access): boolean => isChange(access) && (access.how !== 'mutate' || container !== undefined);
  const isOutside = (access: Access): boolean => heldAt.get(access)?.length === 0;
  if (!accesses.some((access) => (changes(access) || access.how === 'iterate') && isOutside(access))) return undefined;

  const used = accesses.filter(({ node }) => !isAlone(module, node));
  const inside = used.filter((access) => heldAt.get(access)?.some((held) => held.lock.id === lock.id));
  const outside = used.filter(isOutside);
  if (inside.length === 0 || inside.length < outside.length) return undefined;
  const isOfOneMethod = new Set(inside.map(({ method }) => method)).size === 1;
  if (outside.some((access) => isUsedInsideLater(access, inside))) return undefined;
  const isFlag = accesses.every(isFlagUse);
  const areSingle = areSingleSteps(module, lock, inside);
  const free = outside.filter((access) => {
    const others = inside.filter((each) => each.method !== access.method && changes(each));
    const isWrong =
      access.how === 'iterate'
        ? container !== undefined && others.some((each) => disturbsLoop(each, container))
        : changes(access) && others.length > 0 && !(isFlag && access.how === 'write');
    if (
      !isWrong ||
      isLastStep(access) ||
      (areSingle && isSingleStep(access)) ||
      (isOfOneMethod && isHarmlessStep(access))
    )
      return false;
    if (container !== undefined && isForUnguardedLoops(module, access, outside, container)) return false;
    if (access.how === 'iterate' && isClosedBefore(module, access, lock, others)) return false;
    return isCertainlyFree(module, access.node, lock.id, (node) => isAlone(module, node));
  });
  return { name, lock, inside, free };
}

/** Cheap: two methods, apart from `__init__`, change it or go through it. */
function mayBeHalfGuarded(accesses: readonly Access[]): boolean {
  if (accesses.length < 3) return false;
  const methods = new Set<unknown>();
  for (const { how, method } of accesses) if (how !== 'read' && method?.name !== '__init__') methods.add(method);
  return methods.size > 1;
}

/** It is declared as guarded, which is for another rule, or needs no guard. */
function isOutOfQuestion(module: Module, model: ClassModel, name: string): boolean {
  return module.attributes
    .of(model, name)
    .some(
      ({ node, value }) =>
        module.declarations.guardBeside(value ?? node) !== undefined || GUARDS_ITSELF.test(module.kinds.nameOf(value)),
    );
}

/** The lock of the class that is held most often where the attribute is used. */
function mostHeld(heldAt: readonly (readonly Held[])[]): Lock | undefined {
  const counts = new Map<string, { readonly lock: Lock; count: number }>();
  for (const { lock } of heldAt.flat()) {
    if (!isGuard(lock)) continue;
    const entry = counts.get(lock.id) ?? { lock, count: 0 };
    counts.set(lock.id, entry);
    entry.count++;
  }
  return [...counts.values()].sort((a, b) => b.count - a.count).at(0)?.lock;
}

/** A read, or an assignment of True, False, None or a number. */
function isFlagUse({ how, node }: Access): boolean {
  if (!isChange({ how })) return true;
  let value = how === 'write' && node.field === 'left' ? node.parent?.child('right') : undefined;
  while (value?.type === 'assignment') value = value.child('right');
  return value !== undefined && /^(true|false|none|integer)$/.test(value.type);
}

/** A method that assigns it first and takes the lock then to use it has it for itself: the lock is there for something else. */
function isUsedInsideLater({ how, node, method }: Access, inside: readonly Access[]): boolean {
  return how === 'write' && inside.some((each) => each.method === method && each.node.start > node.start);
}

/** What is removed may be gone already, which a lock around the search for it would have told. */
function isSingleStep({ how, by }: Access): boolean {
  return how === 'write' || how === 'delete' || (how === 'mutate' && by !== 'remove' && by !== 'pop');
}

const ENDS = /^_?(a?close|shutdown|dispose|destroy|terminate|cleanup|tear_?down)$/;

/** What is emptied or replaced at the end of the object, when its threads should be gone. */
function isLastStep({ how, by, method }: Access): boolean {
  return method !== undefined && ENDS.test(method.name) && (how === 'write' || by === 'clear');
}

const ADDING: ReadonlySet<string> = new Set(['append', 'appendleft', 'add', 'extend', 'insert', 'setdefault']);

/** An assignment or an addition: where one method alone has a section, that may be there for something else. */
function isHarmlessStep({ how, by }: Access): boolean {
  return how === 'write' || ADDING.has(by);
}

/** Each section consists of one statement that uses the attribute once, so that the lock adds nothing to single steps. */
function areSingleSteps(module: Module, lock: Lock, inside: readonly Access[]): boolean {
  const seen = new Set<SyntaxNode>();
  return inside.every(({ node, how }) => {
    const statement = statementOf(node);
    const section = module.held.sectionsAt(node).find((each) => each.lock.id === lock.id && each.how === 'with');
    const isOnly = statement.parent === section?.statement.child('body') && statement.parent?.children.length === 1;
    if (!isOnly || seen.has(statement) || how === 'update' || how === 'iterate') return false;
    seen.add(statement);
    return functionAround(statement) === functionAround(node);
  });
}

/** A loop that changes without the lock disturb as well, in another thread: the rule about such loops reports it. */
function isForUnguardedLoops(module: Module, access: Access, outside: readonly Access[], container: string): boolean {
  if (access.how !== 'iterate') return false;
  const { units } = module;
  return outside.some(
    (each) =>
      each.function !== access.function &&
      disturbsLoop(each, container) &&
      (units.isInThread(each.function) || units.isInThread(access.function)),
  );
}
