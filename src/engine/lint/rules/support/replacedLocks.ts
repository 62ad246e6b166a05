/** Locks that are replaced while others take them. */
import type { FunctionModel } from '../../model/definitions';
import { isProcessLock, isThreadLock } from '../../model/kindNames';
import type { Module } from '../../model/module';
import { bindingScope } from '../../model/scopes';
import type { Report } from '../../rule';
import { functionAround, type SyntaxNode } from '../../syntax/node';
import { isForFork } from './alone';
import { isSetUp } from './surroundings';

const COPIES = /^(__copy__|__deepcopy__|__enter__|__aenter__)$|reinit|_reset_|^reset|pid/i;

/** Reports an assignment of a new lock where others take the old one. */
export function checkReplaced(module: Module, assignment: SyntaxNode, report: Report): void {
  const left = assignment.child('left');
  const value = assignment.child('right');
  if (value?.type !== 'call' || !left || !/^(identifier|attribute)$/.test(left.type)) return;
  const method = module.function(assignment);
  const kind = module.kinds.nameOf(value);
  if (!method || !(isThreadLock(kind) || isProcessLock(kind))) return;
  const isOwn = left.type === 'attribute' ? module.definitions.isSelf(left.child('object')) : isGlobal(left);
  const lock = isOwn ? module.locks.of(left) : undefined;
  if (!lock || isRenewal(module, method)) return;
  const made = otherMaking(module, left, assignment);
  const taken = module.held
    .sections()
    .find((each) => each.lock.id === lock.id && module.function(each.node) !== method);
  if (!made || !taken) return;
  report({
    node: assignment,
    message: `${left.text} gets a new lock here, and who holds the old one is not kept out. Make the lock once.`,
    related: [
      { node: made, text: 'the lock until now' },
      { node: taken.node, text: 'taken here' },
    ],
  });
}

function isGlobal(name: SyntaxNode): boolean {
  return bindingScope(name, name.text)?.node.type === 'module';
}

/** In a function that only a child after a fork, a copy or a new object runs. */
function isRenewal(module: Module, method: FunctionModel): boolean {
  if (isSetUp(module, method) || isForFork(module, method) || COPIES.test(method.name)) return true;
  if (method.node.text.includes('getpid')) return true;
  const { graph } = module;
  const calls = graph.callsOf(method);
  const isHelper = calls.length > 0 && !graph.isPassedOn(method);
  return (
    isHelper &&
    calls.every(
      ({ caller }) =>
        caller &&
        caller !== method &&
        (isSetUp(module, caller) || COPIES.test(caller.name) || isForFork(module, caller)),
    )
  );
}

/** Where the lock is made from the beginning; undefined when it is None at times. */
function otherMaking(module: Module, left: SyntaxNode, assignment: SyntaxNode): SyntaxNode | undefined {
  if (left.type === 'identifier') {
    const bindings = bindingScope(left, left.text)?.bindings.get(left.text) ?? [];
    if (bindings.some(({ value }) => value?.type === 'none')) return undefined;
    return bindings.find(({ node, value }) => value && !functionAround(node))?.node;
  }
  const owner = module.definitions.classAround(left);
  const assigned = owner ? module.attributes.of(owner, left.child('attribute')?.text ?? '') : [];
  if (assigned.some(({ value }) => !value || value.type === 'none')) return undefined;
  return assigned.find(({ node, method }) => !assignment.contains(node) && (!method || isSetUp(module, method)))?.node;
}
