import { type Access, isChange } from '../model/accesses';
import type { ClassModel } from '../model/definitions';
import { isAsyncLock, isSemaphore } from '../model/kindNames';
import type { Lock } from '../model/locks';
import type { Module } from '../model/module';
import type { LintRule, Report } from '../rule';
import { isAlone } from './support/alone';
import { isCertainlyFree } from './support/certainlyFree';
import { containerKind, disturbsLoop } from './support/containers';
import { wrapFix } from './support/wrapFix';

export const THR112: LintRule = {
  id: 'THR112',
  name: 'inconsistent-guard',
  title: 'An attribute is changed without the lock that guards it elsewhere',
  severity: 'warning',
  observedAs: ['race.data', 'race.check-then-act', 'race.iteration'],
  check(module, report) {
    const homes = new Set(module.held.sections().flatMap(({ lock }) => (isGuard(lock) ? (lock.home ?? []) : [])));
    if (homes.size === 0) return;
    for (const model of module.definitions.classes) {
      const family = module.definitions.family(model);
      const heirs = module.definitions.heirs(model);
      if (![...family, ...heirs].some((each) => homes.has(each))) continue;
      for (const [name, accesses] of module.accesses.ofClass(model)) {
        const guarded = guardedUse(module, model, name, accesses);
        if (guarded) for (const access of guarded.free) reportAccess(module, guarded, access, report);
      }
    }
  },
};

/** Locks that let one in at a time. */
function isGuard({ kind, home }: Lock): boolean {
  return home !== undefined && !isSemaphore(kind) && !isAsyncLock(kind);
}

interface GuardedUse {
  readonly name: string;
  readonly lock: Lock;
  readonly inside: readonly Access[];
  /** Changes and loops without the lock. */
  readonly free: readonly Access[];
}

const GUARDS_ITSELF = /^(threading|queue|multiprocessing|concurrent|contextvars|weakref|asyncio|subprocess)\b/;

function guardedUse(
  module: Module,
  model: ClassModel,
  name: string,
  accesses: readonly Access[],
): GuardedUse | undefined {
  const assigned = module.attributes.of(model, name);
  if (!accesses.some(isChange) || accesses.length < 3) return undefined;
  if (assigned.some(({ node, value }) => module.declarations.guardBeside(value ?? node) !== undefined))
    return undefined;
  if (assigned.some(({ value }) => GUARDS_ITSELF.test(module.kinds.nameOf(value)))) return undefined;
  const container = containerKind(module, model, name);
  const changes = (access: Access): boolean => isChange(access) && (access.how !== 'mutate' || container !== undefined);
  const lock = lockOf(module, accesses, changes);
  if (!lock) return undefined;
  const used = accesses.filter(({ node }) => !isAlone(module, node));
  const inside = used.filter(({ node }) => module.held.isHeldAt(node, lock.id));
  const outside = used.filter(({ node }) => module.held.at(node).length === 0);
  if (inside.length < 2 || inside.length < outside.length) return undefined;
  const guardedChanges = inside.filter(changes);
  const isFlag = accesses.every(isFlagUse);
  const free = outside.filter((access) => {
    const other = guardedChanges.filter(({ method }) => method !== access.method);
    const isWrong =
      access.how === 'iterate'
        ? container !== undefined && other.some((each) => disturbsLoop(each, container))
        : changes(access) && other.length > 0 && !(isFlag && access.how === 'write');
    return isWrong && isCertainlyFree(module, access.node, lock.id);
  });
  return { name, lock, inside, free };
}

/** The lock of the class that is held most often where the attribute is used, if it is changed with it. */
function lockOf(module: Module, accesses: readonly Access[], changes: (access: Access) => boolean): Lock | undefined {
  const counts = new Map<string, { readonly lock: Lock; count: number; isChanged: boolean }>();
  for (const access of accesses) {
    for (const { lock } of module.held.at(access.node)) {
      if (!isGuard(lock)) continue;
      const entry = counts.get(lock.id) ?? { lock, count: 0, isChanged: false };
      counts.set(lock.id, entry);
      entry.count++;
      entry.isChanged ||= changes(access);
    }
  }
  const candidates = [...counts.values()].filter(({ isChanged, count }) => isChanged && count >= 2);
  return candidates.sort((a, b) => b.count - a.count)[0]?.lock;
}

/** A read, or an assignment of True, False or None. */
function isFlagUse({ how, node }: Access): boolean {
  if (!isChange({ how })) return true;
  const value = how === 'write' && node.field === 'left' ? node.parent?.child('right') : undefined;
  return value !== undefined && /^(true|false|none)$/.test(value.type);
}

function reportAccess(module: Module, { name, lock, inside }: GuardedUse, access: Access, report: Report): void {
  const self = access.node.child('object')?.text ?? 'self';
  const done = access.how === 'iterate' ? 'gone through' : 'changed';
  const related = inside.find((each) => isChange(each) && each.method !== access.method);
  const fix = wrapFix(module, access, lock);
  report({
    node: access.node,
    message: `${self}.${name} is ${done} here without ${lock.name}, which is held where it is used elsewhere. Take the lock here as well.`,
    related: [
      ...(related ? [{ node: related.node, text: `changed with ${lock.name} held` }] : []),
      ...(lock.made ? [{ node: lock.made, text: 'the lock' }] : []),
    ],
    ...(fix ? { fix } : {}),
  });
}
