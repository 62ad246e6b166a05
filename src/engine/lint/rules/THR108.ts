import type { Section } from '../model/held';
import type { Module } from '../model/module';
import type { LintRule } from '../rule';
import type { SyntaxNode } from '../syntax/node';
import { hasTimeout, isCertain } from './support/acquire';
import { blockingCalls, objectOf } from './support/blocking';
import { takings } from './support/takings';

export const THR108: LintRule = {
  id: 'THR108',
  name: 'blocking-call-while-locked',
  title: 'Something slow is waited for with a lock held',
  severity: 'warning',
  observedAs: ['order.join'],
  check(module, report) {
    const { held } = module;
    const sections = held.sections();
    const inSection = ({ start }: SyntaxNode): boolean =>
      sections.some((section) => section.start <= start && start < section.end);
    const waits = (sections.length > 0 ? blockingCalls(module, inSection) : []).map((call) => ({
      call,
      sections: held.sectionsAt(call),
    }));
    const slow = new Set(waits.flatMap((wait) => wait.sections.map(({ node }) => node)));
    for (const { call, sections: around } of waits) {
      const section = around.findLast((each) => isMutex(each) && isCertain(each));
      const inWork = section && workThatTakes(module, call, section);
      const other = sections.find((each) => each.lock.id === section?.lock.id && !slow.has(each.node));
      if (!section) continue;
      // A lock for this one place alone may be there to let one after the other through, unless threads queue up.
      if (!other && !inWork && !module.units.isInThread(module.function(call))) continue;
      const { name } = section.lock;
      const what = call.child('function')?.text ?? '';
      report({
        node: call,
        message: inWork
          ? `${what} waits with ${name} held for work that takes ${name} itself: neither goes on. Give the lock back first.`
          : `${what} can take long, and ${name} stays held meanwhile: all who want it wait as well. Give the lock back first.`,
        ...(inWork && !hasTimeout(call, 0) ? { severity: 'error' } : {}),
        related: [
          { node: section.node, text: 'taken here' },
          ...(inWork ? [{ node: inWork, text: 'also taken by what is waited for' }] : []),
          ...(other && !inWork ? [{ node: other.node, text: 'also taken here' }] : []),
        ],
      });
    }
  },
};

function isMutex({ lock: { kind } }: Section): boolean {
  return /^(threading|multiprocessing(\.managers)?)\.(Lock|RLock|Condition)$/.test(kind);
}

/** Where the thread that is joined, or the work whose result is asked for, takes the lock itself. */
function workThatTakes(module: Module, call: SyntaxNode, { lock }: Section): SyntaxNode | undefined {
  const made = module.kinds.of(objectOf(call))?.made;
  const start = made && module.units.starts.find(({ node }) => node === made);
  if (!start?.model) return undefined;
  return takings(module, start.model).find((taking) => taking.lock.id === lock.id)?.node;
}
