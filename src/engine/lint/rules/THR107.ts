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
    const isElsewhere = (model: FunctionModel | undefined): boolean =>
      model !== undefined && (inHandlers.has(model) || module.units.isInThread(model));
    for (const start of module.units.starts) {
      const { kind, model } = start;
      if (kind !== 'signal' || !model) continue;
      for (const { name, declaration, from, node } of onePerLock(interruptionsBy(module, { ...start, model }))) {
        const other = takenElsewhere(module, declaration, isElsewhere);
        if (!other) continue;
        const who = model.name ? `The signal handler ${model.name}` : 'This signal handler';
        report({
          node: from,
          message: `${who} can interrupt the main thread while that holds ${name}: then it waits for itself for ever. Set a flag that the main loop looks at.`,
          related: [...(node === from ? [] : [{ node, text: 'taken here' }]), { node: other, text: 'also taken here' }],
        });
      }
    }
  },
};
