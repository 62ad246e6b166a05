import type { Held } from '../model/held';
import { isCondition } from '../model/kindNames';
import type { Module } from '../model/module';
import type { LintRule } from '../rule';
import { functionAround, type SyntaxNode } from '../syntax/node';
import { isTimedWait } from './support/waiting';

const WAITED = /^(threading|multiprocessing(\.managers)?)\.(Condition|Event|Barrier)$/;
const MUTEX = /^(threading|multiprocessing(\.managers)?)\.(Lock|RLock|Condition)$/;

export const THR111: LintRule = {
  id: 'THR111',
  name: 'wait-with-second-lock-held',
  title: 'Something is waited for with another lock held',
  severity: 'warning',
  check(module, report) {
    for (const call of module.calls.ofMethod('wait', 'wait_for')) {
      const object = call.child('function')?.child('object');
      const kind = object ? module.kinds.nameOf(object) : '';
      if (!object || !WAITED.test(kind) || isTimedWait(call)) continue;
      const own = module.locks.of(object)?.id;
      const outer = module.held.at(call).find((held) => isSecond(module, held, own));
      if (!outer) continue;
      const enders = isCondition(kind) ? undefined : endersOf(module, call, object, kind);
      const needing = enders?.filter((ender) => needs(module, ender, outer));
      if (enders && needing && enders.length > 0 && needing.length === 0) continue;
      const isForEver = enders !== undefined && enders.length > 0 && enders.length === needing?.length;
      const { name } = outer.lock;
      report({
        node: call,
        message: isForEver
          ? `${object.text} is waited for with ${name} held, and who ends the wait needs ${name} first: neither goes on.`
          : `${object.text} is waited for with ${name} held: nobody can take ${name} until the wait ends, nor can who shall end it.`,
        ...(isForEver ? { severity: 'error' } : {}),
        related: [
          { node: outer.node, text: `${name} taken here` },
          ...(needing ?? []).slice(0, 1).map((node) => ({ node, text: 'the wait is ended here' })),
        ],
      });
    }
  },
};

/** A lock that the wait does not give back, and that is taken at a second place. */
function isSecond(module: Module, { lock, node, how }: Held, own: string | undefined): boolean {
  if (lock.id === own || !MUTEX.test(lock.kind)) return false;
  const takings = module.held.sections().filter((section) => section.lock.id === lock.id);
  return takings.filter((section) => section.node !== node).length > (how === 'callers' ? 1 : 0);
}

/** The calls that end a wait for an event or a barrier. */
function endersOf(module: Module, wait: SyntaxNode, object: SyntaxNode, kind: string): SyntaxNode[] {
  const id = module.locks.identity(object)?.declaration;
  return module.calls.ofMethod(kind.endsWith('Event') ? 'set' : 'wait').filter((call) => {
    const other = call.child('function')?.child('object');
    return call !== wait && other && module.locks.identity(other)?.declaration === id;
  });
}

/** The lock is held there, or taken before in the same function. */
function needs(module: Module, ender: SyntaxNode, { lock }: Held): boolean {
  if (module.held.isHeldAt(ender, lock.id)) return true;
  const sections = module.held.sectionsIn(functionAround(ender));
  return sections.some((section) => section.lock.id === lock.id && section.start < ender.start);
}
