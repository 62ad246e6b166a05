import type { Held } from '../model/held';
import { isAsyncLock, isSemaphore } from '../model/kindNames';
import type { Module } from '../model/module';
import type { LintRule } from '../rule';
import { functionAround, type SyntaxNode } from '../syntax/node';
import { takings } from './support/takings';
import { type WaitCall, waitCalls } from './support/waiting';

export const THR111: LintRule = {
  id: 'THR111',
  name: 'wait-with-second-lock-held',
  title: 'Something is waited for with another lock held',
  severity: 'warning',
  observedAs: ['deadlock.stuck'],
  check(module, report) {
    for (const wait of waitCalls(module, 'wait', 'wait_for')) {
      if (wait.mayTimeOut || wait.kind.startsWith('asyncio.')) continue;
      const other = otherHeld(module, wait);
      if (!other) continue;
      const enders = endersOf(module, wait);
      const needing = enders.filter((ender) => needsLock(module, ender, other));
      const mayNeed = needing.length > 0 || enders.length === 0;
      if (!wait.kind.endsWith('.Condition') && !mayNeed) continue;
      const { lock } = other;
      const [first] = needing;
      report({
        node: wait.call,
        severity: first && needing.length === enders.length ? 'error' : 'warning',
        message: first
          ? `${lock.name} stays held while ${wait.object.text} is waited for, and who shall end the wait takes ${lock.name} first. Give it back before the wait.`
          : `${lock.name} stays held while ${wait.object.text} is waited for, and all who want it are stuck so long. Give it back before the wait.`,
        related: [
          { node: other.node, text: `${lock.name} is taken here` },
          ...(first ? [{ node: first, text: `this needs ${lock.name}` }] : []),
        ],
      });
    }
  },
};

/** A lock that is certainly held at a wait, is not given back by it. */
function otherHeld(module: Module, { call, object }: WaitCall): Held | undefined {
  const own = module.locks.of(object)?.id;
  return module.held.at(call).find((held) => {
    const { id, kind } = held.lock;
    if (id === own || isSemaphore(kind) || isAsyncLock(kind) || kind.startsWith('multiprocessing.managers.'))
      return false;
    if ('isOpen' in held && held.isOpen) return false;
    return !isGivenBack(module, call, id);
  });
}

/** The function that waits gives a lock back before. */
function isGivenBack(module: Module, call: SyntaxNode, id: string): boolean {
  const around = functionAround(call);
  return module.calls
    .ofMethod('release')
    .some(
      (each) =>
        each.start < call.start &&
        functionAround(each) === around &&
        module.locks.of(each.child('function')?.child('object'))?.id === id,
    );
}

/** Calls that end a wait: those that notify or set what is waited for, or come to the same barrier. */
function endersOf(module: Module, { call, object, kind }: WaitCall): SyntaxNode[] {
  if (kind.endsWith('.Condition')) {
    const own = module.locks.of(object)?.declaration;
    return waitCalls(module, 'notify', 'notify_all', 'notifyAll').flatMap((each) =>
      module.locks.of(each.object)?.declaration === own ? [each.call] : [],
    );
  }
  const own = module.locks.identity(object)?.declaration;
  const enders = kind.endsWith('.Event') ? waitCalls(module, 'set') : waitCalls(module, 'wait', 'abort');
  return enders.flatMap((each) =>
    each.call !== call && module.locks.identity(each.object)?.declaration === own ? [each.call] : [],
  );
}

/** Who gets to a call has the lock then, or has taken it on the way. */
function needsLock(module: Module, call: SyntaxNode, { lock }: Held): boolean {
  if (module.held.at(call).some((held) => held.lock.declaration === lock.declaration)) return true;
  const around = module.function(call);
  return (
    around !== undefined &&
    takings(module, around).some((each) => each.lock.declaration === lock.declaration && each.from.start < call.start)
  );
}
