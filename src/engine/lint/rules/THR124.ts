import type { FunctionModel } from '../model/definitions';
import { withValue } from '../model/held';
import { isLock } from '../model/kindNames';
import type { Module } from '../model/module';
import { bindingScope } from '../model/scopes';
import type { LintRule, Report } from '../rule';
import { bodyNodes, type SyntaxNode } from '../syntax/node';
import { checkClassData } from './support/classData';
import { checkReplaced } from './support/replacedLocks';

export const THR124: LintRule = {
  id: 'THR124',
  name: 'guard-lock-mismatch',
  title: 'The lock that is taken does not guard what it should',
  severity: 'warning',
  observedAs: ['race.data'],
  check(module, report) {
    if (module.all('with_statement').length === 0) return;
    for (const assignment of module.all('assignment')) checkReplaced(module, assignment, report);
    for (const section of module.held.sections()) checkClassData(module, section, report);
    for (const item of module.all('with_item')) checkFresh(module, item, report);
  },
};

/** `with make_lock():` where each call makes another. */
function checkFresh(module: Module, item: SyntaxNode, report: Report): void {
  const value = withValue(item);
  const callee = value?.type === 'call' ? value.child('function') : value;
  if (!value || !callee || !/^(identifier|attribute)$/.test(callee.type)) return;
  const model = module.definitions.functionOfExpression(callee);
  if (!model || model.node.type === 'lambda' || model.isAsync) return;
  const isProperty = model.decorators.length === 1 && model.decorators[0]?.text === 'property';
  if (value.type === 'call' ? model.decorators.some(({ text }) => !/^(static|class)method$/.test(text)) : !isProperty)
    return;
  const returned = bodyNodes(model.node).filter(({ type }) => type === 'return_statement');
  if (returned.length === 0 || !returned.every(({ children: [each] }) => isFreshLock(module, model, each))) return;
  report({
    node: value,
    message: `${callee.text} makes another lock each time, so this one keeps nobody out. Make the lock once and keep it.`,
    related: returned.map((node) => ({ node, text: 'a new lock is given out here' })),
  });
}

/** A call that makes a lock, or a name that holds one and is used for nothing else. */
function isFreshLock(module: Module, { node: around }: FunctionModel, value: SyntaxNode | undefined): boolean {
  if (!value || !isLock(module.kinds.nameOf(value))) return false;
  if (value.type === 'call') return module.kinds.of(value)?.made === value;
  if (value.type !== 'identifier') return false;
  const scope = bindingScope(value, value.text);
  const [binding, ...more] = scope?.bindings.get(value.text) ?? [];
  const made = binding?.kind === 'assign' ? binding.value : undefined;
  const uses = bodyNodes(around).filter(({ type, text }) => type === 'identifier' && text === value.text);
  const isChained = made?.parent?.parent?.type === 'assignment';
  return scope?.node === around && more.length === 0 && made?.type === 'call' && uses.length === 2 && !isChained;
}
