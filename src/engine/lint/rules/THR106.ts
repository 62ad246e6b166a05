import type { FunctionModel } from '../model/definitions';
import type { LintRule } from '../rule';
import { hasLocks, interruptionsBy, onePerLock, takenElsewhere } from './support/interruptions';

export const THR106: LintRule = {
  id: 'THR106',
  name: 'lock-in-finalizer',
  title: 'A finalizer takes a lock that others hold',
  severity: 'error',
  observedAs: ['hazard.finalizer-lock'],
  check(module, report) {
    const starts = module.units.starts.filter(({ kind }) => kind === 'finalizer');
    if (starts.length === 0 || !hasLocks(module)) return;
    const finalizers = new Set(starts.map(({ model }) => model));
    const isOnlyFinal = (each: FunctionModel | undefined): boolean => {
      if (!each || finalizers.has(each)) return each !== undefined;
      const callers = module.graph.callsOf(each);
      return /^_/.test(each.name) && callers.length > 0 && callers.every(({ caller }) => finalizers.has(caller));
    };
    for (const start of starts) {
      const { model } = start;
      if (!model) continue;
      const isDel = model.name === '__del__';
      for (const { name, declaration, from, node, isOwn } of onePerLock(interruptionsBy(module, { ...start, model }))) {
        // Nobody is in a section of a lock that only the dying object has.
        if (isDel && isOwn) continue;
        const other = takenElsewhere(module, declaration, isOnlyFinal);
        const who = model.name || 'This finalizer';
        report({
          node: from,
          message: other
            ? `${who} can run in any thread at any moment, also while that thread holds ${name}: then it waits for itself for ever.`
            : `${who} of another object can run while this one holds ${name}, in the same thread: then it waits for itself for ever.`,
          related: [
            ...(node === from ? [] : [{ node, text: 'taken here' }]),
            ...(other ? [{ node: other, text: 'also taken here' }] : []),
          ],
        });
      }
    }
  },
};
