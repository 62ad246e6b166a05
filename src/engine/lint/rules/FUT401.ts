import type { FunctionModel } from '../model/definitions';
import type { Module } from '../model/module';
import type { LintRule } from '../rule';
import { bodyNodes } from '../syntax/node';
import { poolOf, waitsIn } from './support/poolWaits';
import { type Work, workIn } from './support/work';

export const FUT401: LintRule = {
  id: 'FUT401',
  name: 'nested-wait-on-same-executor',
  title: 'Work waits for work of its own pool',
  severity: 'error',
  observedAs: ['deadlock.pool', 'hazard.nested-submit'],
  check(module, report) {
    for (const [pool, works] of worksByPool(module)) {
      const reached = module.graph.reachedFrom(works.flatMap(({ model }) => model ?? []));
      for (const [model, way] of reached) {
        // What a function makes for itself is another pool each time.
        if (pool.owner && reached.has(pool.owner)) break;
        const outer = works.find((work) => work.model === way[0]);
        for (const { node, handedOver } of waitsIn(module, model, bodyNodes(model.node), pool.id)) {
          report({
            node,
            message: `${model.name || 'This work'} runs in ${pool.name} and waits here for other work of ${pool.name}. When all workers wait, none is left to do it.`,
            related: [
              ...(outer ? [{ node: outer.call, text: 'handed to the pool here' }] : []),
              ...(handedOver && handedOver !== node
                ? [{ node: handedOver, text: 'the inner work is handed over here' }]
                : []),
            ],
          });
        }
      }
    }
  },
};

interface Pool {
  readonly id: string;
  readonly name: string;
  /** The function that makes it for itself. */
  readonly owner: FunctionModel | undefined;
}

function worksByPool(module: Module): Map<Pool, Work[]> {
  const pools = new Map<string, Pool>();
  const found = new Map<Pool, Work[]>();
  for (const work of workIn(module)) {
    if (work.kind !== 'thread' || work.way !== 'pool' || !work.model) continue;
    const object =
      work.by === 'run_in_executor'
        ? work.call.child('arguments')?.children[0]
        : work.call.child('function')?.child('object');
    const identity = poolOf(module, object);
    if (!identity || !object) continue;
    const pool = pools.get(identity.id) ?? { ...identity, name: object.text };
    pools.set(identity.id, pool);
    found.set(pool, [...(found.get(pool) ?? []), work]);
  }
  return found;
}
