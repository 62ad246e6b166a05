import type { Module } from '../model/module';
import { bindingScope } from '../model/scopes';
import type { LintRule } from '../rule';
import { functionAround, isFunction, type SyntaxNode } from '../syntax/node';
import { originName } from './support/origin';
import { contextsOf, mayBeGuarded } from './support/surroundings';
import { reachedFrom, workIn } from './support/work';

export const MPR308: LintRule = {
  id: 'MPR308',
  name: 'queue-state-as-control-flow',
  title: 'A queue is asked whether it is empty, then used',
  severity: 'warning',
  check(module, report) {
    for (const call of module.all('call')) {
      const callee = call.child('function');
      const method = callee?.type === 'attribute' ? (callee.child('attribute')?.text ?? '') : '';
      if (method !== 'empty' && method !== 'qsize') continue;
      const queue = callee?.child('object');
      const take = queue && takeDecidedBy(call, queue.text);
      if (!queue || !take) continue;
      const kind = originName(module, queue);
      const isOfProcesses = /^multiprocessing\.(Queue|JoinableQueue)$/.test(kind);
      const isOther = /^(queue\.\w+|multiprocessing\.managers\.(Joinable)?Queue)$/.test(kind);
      if (!isOfProcesses && !(isOther && hasSeveralConsumers(module, queue))) continue;
      if (mayBeGuarded(module, call)) continue;
      report({
        node: call,
        message: isOfProcesses
          ? `${queue.text}.${method}() does not see items that are still on their way, so they are lost. Tell the end by a mark or a count.`
          : `Another consumer can take the last item of ${queue.text} behind this question, and get() then waits. Tell the end by a mark, or catch Empty.`,
        ...(isOfProcesses ? {} : { severity: 'info' as const }),
        related: [{ node: take, text: 'taken here' }],
      });
    }
  },
};

const IN_CONDITION = /^(comparison_operator|not_operator|boolean_operator|parenthesized_expression|binary_operator)$/;

/** Where the queue is taken from, depending on the answer. */
function takeDecidedBy(call: SyntaxNode, queue: string): SyntaxNode | undefined {
  let at = call;
  while (at.parent && IN_CONDITION.test(at.parent.type)) at = at.parent;
  const parent = at.parent;
  if (!parent) return undefined;
  if (parent.type === 'conditional_expression') return isInWhile(parent) ? undefined : takeIn([parent], queue);
  if (at.field === 'condition' && parent.type === 'while_statement')
    return isInWhile(parent) ? undefined : takeIn([parent.child('body')], queue);
  if (at.field === 'condition' && /^(if_statement|elif_clause)$/.test(parent.type)) return takeByIf(parent, queue);
  const range = parent.type === 'argument_list' ? parent.parent : undefined;
  if (range?.child('function')?.text !== 'range' || range.field !== 'right') return undefined;
  const loop = range.parent?.type === 'for_in_clause' ? range.parent.parent : range.parent;
  return loop && !isInWhile(loop) ? takeIn([loop.child('body')], queue) : undefined;
}

function takeByIf(statement: SyntaxNode, queue: string): SyntaxNode | undefined {
  const branch = statement.child('consequence');
  const isEnd = branch?.children.some(({ type }) => /^(break|return)_statement$/.test(type)) ?? false;
  const loop = statement.ancestor('while_statement', 'for_statement');
  const inner = takeIn([branch], queue);
  if (inner) return isInWhile(statement) ? undefined : inner;
  if (!isEnd || !loop || functionAround(loop) !== functionAround(statement) || isInWhile(loop)) return undefined;
  const take = takeIn([loop.child('body')], queue);
  return take && take.start > statement.end ? take : undefined;
}

/** A loop around it asks again. */
function isInWhile(node: SyntaxNode): boolean {
  const loop = node.ancestor('while_statement');
  return loop !== undefined && functionAround(loop) === functionAround(node);
}

/** The first `get` in some nodes that does not deal with an empty queue. */
function takeIn(nodes: readonly (SyntaxNode | undefined)[], queue: string): SyntaxNode | undefined {
  return nodes
    .flatMap((node) => node?.all() ?? [])
    .find(({ type, text, parent }) => {
      const isTake = type === 'attribute' && (text === `${queue}.get` || text === `${queue}.get_nowait`);
      return isTake && parent?.type === 'call' && !isCaught(parent);
    });
}

function isCaught(node: SyntaxNode): boolean {
  for (let at = node.parent; at && !isFunction(at); at = at.parent) {
    if (at.type === 'try_statement' && at.children.some(catchesEmpty)) return true;
    if (at.type === 'with_statement' && contextsOf(at).some(({ text }) => text.includes('Empty'))) return true;
  }
  return false;
}

function catchesEmpty(clause: SyntaxNode): boolean {
  if (clause.type !== 'except_clause') return false;
  const [caught] = clause.children;
  return !caught || caught.type === 'block' || /Empty\b|\b(Base)?Exception\b/.test(caught.text);
}

/** It is not a queue of the function alone, and that runs in more than one thread or process. */
function hasSeveralConsumers(module: Module, queue: SyntaxNode): boolean {
  const model = module.function(queue);
  const bindings = queue.type === 'identifier' ? bindingScope(queue, queue.text) : undefined;
  const isOwn =
    bindings?.node === model?.node && bindings?.bindings.get(queue.text)?.some(({ kind }) => kind !== 'parameter');
  if (!model || isOwn) return false;
  const works = workIn(module).filter((work) => work.model && reachedFrom(module, work.model).has(model));
  return works.length > 1 || works.some(({ isMany }) => isMany);
}
