import { argument } from '../model/arguments';
import type { Module } from '../model/module';
import type { LintRule } from '../rule';
import { bodyNodes, functionAround, type SyntaxNode, statementOf } from '../syntax/node';
import { importsProcesses } from './support/processes';
import { type ProcessQueue, queuesOf, queuesOfObject } from './support/processQueues';
import { swapFix } from './support/swapFix';
import { workIn } from './support/work';

export const MPR302: LintRule = {
  id: 'MPR302',
  name: 'join-before-drain',
  title: 'Process is joined before its queue is drained',
  severity: 'error',
  observedAs: ['hazard.join-before-drain'],
  check(module, report) {
    if (!importsProcesses(module)) return;
    for (const join of module.all('call')) {
      const callee = join.child('function');
      if (callee?.type !== 'attribute' || callee.child('attribute')?.text !== 'join' || !mayWait(join)) continue;
      const process = module.kinds.of(callee.child('object'));
      const made = process?.name === 'multiprocessing.Process' ? process.made : undefined;
      if (!made || functionAround(made) !== functionAround(join)) continue;
      const work = workIn(module).find(({ call }) => call === made);
      const nodes = bodyNodes(functionAround(join) ?? module.root);
      if (isEndedByForce(nodes, join, callee.child('object')?.text ?? '')) continue;
      for (const queue of work ? queuesOf(module, work) : queuesOfObject(module, made)) {
        const take = takenBehind(module, join, queue, nodes);
        if (!take) continue;
        const fix = swapFix(module, join, take);
        report({
          node: join,
          message: `${callee.child('object')?.text} cannot end before all that it put into ${queue.text} is taken, and that is taken only behind this. Take first, then join.`,
          ...(queue.kind.endsWith('SimpleQueue') ? { severity: 'info' as const } : {}),
          related: [{ node: take, text: `${queue.text} is drained here` }],
          ...(fix ? { fix } : {}),
        });
        break;
      }
    }
  },
};

/** Its time-out is none, or may be. */
function mayWait(join: SyntaxNode): boolean {
  if (join.child('arguments')?.children.length === 0) return true;
  const limit = argument(join, 0, 'timeout');
  return (
    limit?.type === 'none' || (limit?.type === 'conditional_expression' && limit.childOfType('none') !== undefined)
  );
}

/** It is told to end without writing what it has. */
function isEndedByForce(nodes: readonly SyntaxNode[], join: SyntaxNode, process: string): boolean {
  return nodes.some(({ type, start, text }) => {
    const isForce =
      text === `${process}.terminate` || text === `${process}.kill` || text.endsWith('.cancel_join_thread');
    return type === 'attribute' && start < join.start && isForce;
  });
}

/** Where the items are taken, when that is only behind the join. */
function takenBehind(
  module: Module,
  join: SyntaxNode,
  { text, isFilled }: ProcessQueue,
  nodes: readonly SyntaxNode[],
): SyntaxNode | undefined {
  if (isFilled === false) return undefined;
  const uses = nodes.filter((node) => node.text === text && /^(identifier|attribute)$/.test(node.type));
  const methods = uses.flatMap(({ parent, field }) =>
    parent?.type === 'attribute' && field === 'object' ? [parent] : [],
  );
  const named = (pattern: RegExp): SyntaxNode[] =>
    methods.filter((each) => pattern.test(each.child('attribute')?.text ?? ''));
  const takes = named(/^get(_nowait)?$/);
  const mayGoElsewhere = uses.some((node) => node.start < join.start && isGivenOn(module, node));
  if (mayGoElsewhere || takes.some(({ start }) => start < join.start)) return undefined;
  if (isFilled === undefined && named(/^put(_nowait)?$/).length > 0) return undefined;
  return takes.find((take) => isReachedFrom(join, take));
}

/** Somebody else than a process gets the queue. */
function isGivenOn(module: Module, node: SyntaxNode): boolean {
  if (node.parent?.type === 'attribute' && node.field === 'object') return false;
  if (node.field === 'left' || /^(pattern_list|tuple_pattern)$/.test(node.parent?.type ?? '')) return false;
  for (let at = node.parent; at && !at.type.endsWith('_statement'); at = at.parent) {
    if (at.type === 'call' && module.kinds.nameOf(at) === 'multiprocessing.Process') return false;
  }
  return true;
}

/** Whether a place is in the statements behind another, with no way out between them. */
function isReachedFrom(node: SyntaxNode, goal: SyntaxNode): boolean {
  for (let at = statementOf(node); at.parent; at = statementOf(at.parent)) {
    const siblings = at.parent.children;
    for (const each of siblings.slice(siblings.indexOf(at) + 1)) {
      if (each.contains(goal)) return true;
      if (/^(return|raise|break|continue)_statement$/.test(each.type)) return false;
    }
    if (at.parent.type === 'module' || at.parent.parent?.type === 'function_definition') return false;
  }
  return false;
}
