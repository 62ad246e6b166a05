import { isChange, useOf } from '../model/accesses';
import type { ClassModel, FunctionModel } from '../model/definitions';
import { withValue } from '../model/held';
import { isLock, isProcessLock, isThreadLock } from '../model/kindNames';
import type { Lock } from '../model/locks';
import type { Module } from '../model/module';
import { bindingScope } from '../model/scopes';
import type { LintRule, Report } from '../rule';
import { bodyNodes, functionAround, type SyntaxNode } from '../syntax/node';
import { isSetUp } from './support/surroundings';

export const THR124: LintRule = {
  id: 'THR124',
  name: 'guard-lock-mismatch',
  title: 'The lock that is taken does not guard what it should',
  severity: 'warning',
  check(module, report) {
    if (module.all('with_statement').length === 0) return;
    for (const assignment of module.all('assignment')) checkReplaced(module, assignment, report);
    for (const model of module.definitions.classes) checkClassData(module, model, report);
    for (const item of module.all('with_item')) checkFresh(module, item, report);
  },
};

const COPIES = /^(__copy__|__deepcopy__|__enter__|__aenter__)$|fork|reinit|_reset_|^reset|pid/i;

/** A lock that is replaced while others take it. */
function checkReplaced(module: Module, assignment: SyntaxNode, report: Report): void {
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
  if (isSetUp(module, method) || COPIES.test(method.name) || method.node.text.includes('getpid')) return true;
  const { graph, definitions } = module;
  const isForForks = module
    .all('call')
    .some(
      (call) =>
        /register_at_fork$|register_after_fork$/.test(call.child('function')?.text ?? '') &&
        (call.child('arguments')?.children ?? []).some(
          (each) => definitions.functionOfExpression(each.child('value') ?? each) === method,
        ),
    );
  if (isForForks) return true;
  const calls = graph.callsOf(method);
  const isHelper = calls.length > 0 && !graph.isPassedOn(method);
  return (
    isHelper &&
    calls.every(({ caller }) => caller && caller !== method && (isSetUp(module, caller) || COPIES.test(caller.name)))
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

/** Data of a class that is changed under a lock of an object. */
function checkClassData(module: Module, model: ClassModel, report: Report): void {
  if (!module.held.sections().some(({ lock }) => lock.isOfInstance)) return;
  const names = new Set(module.attributes.names(model).filter((name) => isOfClass(module, model, name)));
  if (names.size === 0) return;
  for (const node of module.all('attribute')) {
    const name = node.child('attribute')?.text ?? '';
    if (!names.has(name) || !functionAround(node) || !isOfThis(module, model, node)) continue;
    const { how, by } = useOf(node);
    const viaObject =
      module.definitions.isSelf(node.child('object')) && !isClassMethod(module.definitions.selfMethod(node));
    if (!isChange({ how }) || (viaObject && how !== 'mutate') || by === 'put') continue;
    const held = module.held.at(node);
    const [lock] = held.filter((each) => isThreadLock(each.lock.kind)).map((each) => each.lock);
    if (!lock || held.some((each) => !isOwnLock(module, each.lock)) || hasOneObject(module, model)) continue;
    report({
      node,
      message: `All objects of ${model.name} share ${name}, but each has a ${lock.name} of its own. Guard it with a lock of the class.`,
      related: lock.made ? [{ node: lock.made, text: 'each object makes its own lock here' }] : [],
    });
  }
}

/** Assigned in the class's body only, and for containers, so that `self.name[…] = …` changes that of the class. */
function isOfClass(module: Module, model: ClassModel, name: string): boolean {
  const family = [model, ...module.definitions.heirs(model)];
  const assigned = family.flatMap((each) => module.attributes.of(each, name));
  return (
    assigned.length > 0 &&
    assigned.every(({ method, node }) => method === undefined || isClassAccess(module, node)) &&
    assigned.some(
      ({ method, value }) => method === undefined && value !== undefined && !isLock(module.kinds.nameOf(value)),
    )
  );
}

function isClassAccess(module: Module, node: SyntaxNode): boolean {
  return isClassMethod(module.definitions.selfMethod(node));
}

function isClassMethod(method: FunctionModel | undefined): boolean {
  return method?.decorators.some(({ text }) => text === 'classmethod') ?? false;
}

const CONTAINERS = /^(dict|list|set|collections\.\w+)$/;

/** `Class.name`, `cls.name`, `type(self).name`, and `self.name` of a container. */
function isOfThis(module: Module, model: ClassModel, node: SyntaxNode): boolean {
  const object = node.child('object');
  const { definitions } = module;
  const around = definitions.classAround(node);
  if (definitions.isSelf(object)) {
    const isHere = around !== undefined && definitions.family(around).includes(model);
    const values = module.attributes.of(model, node.child('attribute')?.text ?? '');
    const isContainer = values.every(({ value }) => CONTAINERS.test(module.kinds.nameOf(value)));
    return isHere && (isContainer || isClassMethod(definitions.selfMethod(node)));
  }
  if (definitions.classNamed(object)) return definitions.classNamed(object) === model;
  return (
    /^(type\(self\)|self\.__class__)$/.test(object?.text ?? '') &&
    around !== undefined &&
    definitions.family(around).includes(model)
  );
}

/** Belongs to the object and is made by it. */
function isOwnLock(_module: Module, { isOfInstance, made }: Lock): boolean {
  return isOfInstance && made !== undefined;
}

/** The only call of the class is one at the top level. */
function hasOneObject(module: Module, model: ClassModel): boolean {
  const makers = module.all('call').filter((call) => module.definitions.classNamed(call.child('function')) === model);
  return makers.length === 1 && makers.every((call) => !functionAround(call) && !call.ancestor('for_statement'));
}

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
