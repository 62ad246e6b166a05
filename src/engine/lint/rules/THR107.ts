import type { FunctionModel } from '../model/definitions';
import type { LintRule } from '../rule';
import { hasLocks, interruptionsBy, onePerLock, takenElsewhere } from './support/interruptions';

export const THR107: LintRule = {
  id: 'THR107',
  name: 'lock-in-signal-handler',
  title: 'A signal handler takes a lock that others hold',
  severity: 'warning',
  observedAs: ['hazard.signal-lock'],
  check(module, report) {
    if (module.calls.named('signal.signal').length === 0 || !hasLocks(module)) return;
    const inHandlers = module.units.reachedIn('signal');
    const isInHandler = (model: FunctionModel | undefined): boolean => model !== undefined && inHandlers.has(model);
    const isElsewhere = (model: FunctionModel | undefined): boolean =>
      isInHandler(model) || module.units.isInThread(model);
    for (const start of module.units.starts) {
      const { kind, model } = start;
      if (kind !== 'signal' || !model) continue;
      for (const { name, declaration, from, node } of onePerLock(interruptionsBy(module, { ...start, model }))) {
        const other = takenElsewhere(module, declaration, isElsewhere);
        // Threads that take it go on while the handler waits. Handlers alone can interrupt one another.
        if (!other && takenElsewhere(module, declaration, isInHandler)) continue;
        const who = model.name ? `The signal handler ${model.name}` : 'This signal handler';
        report({
          node: from,
          message: `${who} can interrupt ${other ? 'the main thread while that' : 'itself while it'} holds ${name}: then it waits for itself for ever. Set a flag that the main loop looks at.`,
          related: [
            ...(node === from ? [] : [{ node, text: 'taken here' }]),
            ...(other ? [{ node: other, text: 'also taken here' }] : []),
          ],
        });
      }
    }
  },
};
