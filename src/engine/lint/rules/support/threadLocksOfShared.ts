/** Locks of threads that are to guard what processes share. */
import { withValue } from '../../model/held';
import { isThreadLock } from '../../model/kindNames';
import type { Module } from '../../model/module';
import type { RuleFinding } from '../../rule';
import { functionAround } from '../../syntax/node';
import { changesInTwoSteps } from './sharedValues';
import { reachedFrom, workIn } from './work';

/** A lock of threads at the top level, by which processes mean to guard a shared value. */
export function threadLocksOfShared(module: Module): RuleFinding[] {
  const found: RuleFinding[] = [];
  for (const { node, object } of changesInTwoSteps(module)) {
    const model = module.function(node);
    const runsInProcess = workIn(module).some(
      (work) => work.kind === 'process' && model && work.model && reachedFrom(module, work.model).has(model),
    );
    const statement = runsInProcess ? node.ancestor('with_statement') : undefined;
    if (!statement || functionAround(statement) !== functionAround(node)) continue;
    for (const item of statement.childOfType('with_clause')?.children ?? []) {
      const value = withValue(item);
      const lock = module.locks.of(value);
      if (!value || !lock || lock.isOfInstance || value.type !== 'identifier' || !isThreadLock(lock.kind)) continue;
      if (!lock.made || functionAround(lock.made)) continue;
      found.push({
        node: value,
        message: `${value.text} is a ${lock.kind}, of which each process has its own, so it does not guard ${object.text}. Take one of multiprocessing.`,
        related: [{ node: lock.made, text: 'made here' }],
      });
    }
  }
  return found;
}
