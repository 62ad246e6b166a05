import { argument } from '../model/arguments';
import type { FunctionModel } from '../model/definitions';
import type { Module } from '../model/module';
import type { LintRule } from '../rule';
import type { SyntaxNode } from '../syntax/node';
import { dependsOnParameter, type ProcessStart, processStarts } from './support/processes';
import { reachedFrom, type Work, workIn } from './support/work';

export const MPR307: LintRule = {
  id: 'MPR307',
  name: 'pool-inside-pool-worker',
  title: 'Worker of a pool starts processes',
  severity: 'warning',
  check(module, report) {
    const starts = processStarts(module).filter(({ what, function: model }) => what !== 'ExecutorUse' && model);
    if (starts.length === 0) return;
    const works = workIn(module).filter((work) => work.model && isDaemon(module, work));
    for (const work of works) {
      const reached = work.model && reachedFrom(module, work.model);
      if (!reached) continue;
      for (const { node, what, function: model } of starts) {
        const way = model && reached.get(model);
        if (!way || way.some(asksForDaemon) || dependsOnParameter(node, model)) continue;
        const outer = work.way === 'pool' ? 'in a worker of a pool' : 'in a daemon process';
        report({
          node,
          message: `${way[0]?.name || 'This function'} runs ${outer}, which may not have children, so it cannot start ${WORDS[what]}.`,
          related: [{ node: work.call, text: 'handed to the outer process here' }],
        });
      }
    }
  },
};

const WORDS: Readonly<Record<ProcessStart['what'], string>> = {
  Process: 'a process',
  Pool: 'a pool',
  Manager: 'a manager',
  Executor: 'an executor of processes',
  ExecutorUse: 'an executor of processes',
};

/** It runs in a worker of a `Pool`, or in a process that is told to be a daemon. */
function isDaemon(module: Module, { kind, way, call }: Work): boolean {
  if (kind !== 'process' || way === 'initializer') return false;
  if (way === 'pool') {
    const pool = module.kinds.of(call.child('function')?.child('object'));
    return pool?.name === 'multiprocessing.Pool' && pool.instanceOf === undefined;
  }
  return argument(call, -1, 'daemon')?.type === 'true' || isMadeDaemon(module, call);
}

/** `process.daemon = True` follows. */
function isMadeDaemon(module: Module, call: SyntaxNode): boolean {
  return module.all('assignment').some((each) => {
    const left = each.child('left');
    if (left?.type !== 'attribute' || left.child('attribute')?.text !== 'daemon') return false;
    return each.child('right')?.type === 'true' && module.kinds.of(left.child('object'))?.made === call;
  });
}

function asksForDaemon({ node }: FunctionModel): boolean {
  return node
    .all()
    .some(({ type, text }) => type === 'attribute' && /current_process\(\)\.(_config|daemon)$/.test(text));
}
