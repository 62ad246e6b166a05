/** Data of a class that is changed under a lock of an object. */
import { isChange, useOf } from '../../model/accesses';
import type { ClassModel, FunctionModel } from '../../model/definitions';
import type { Section } from '../../model/held';
import { isLock, isThreadLock } from '../../model/kindNames';
import type { Lock } from '../../model/locks';
import type { Module } from '../../model/module';
import type { Report } from '../../rule';
import { functionAround, type SyntaxNode } from '../../syntax/node';
import { nodesIn } from './sectionFlow';

/** Reports the changes in a section of a lock that each object has for itself. */
export function checkClassData(module: Module, section: Section, report: Report): void {
  const { lock } = section;
  if (!isOwnLock(lock) || !isThreadLock(lock.kind)) return;
  for (const node of nodesIn(section)) {
    const { how, by } = node.type === 'attribute' ? useOf(node) : READ;
    if (!isChange({ how }) || by === 'put') continue;
    const model = ownerOf(module, node);
    const name = node.child('attribute')?.text ?? '';
    if (!model || !isOfClass(module, model, name) || !isOfThis(module, model, node)) continue;
    const isPlainSelf =
      module.definitions.isSelf(node.child('object')) && !isClassMethod(module.definitions.selfMethod(node));
    if (isPlainSelf && how !== 'mutate') continue;
    if (module.held.at(node).some((each) => !isOwnLock(each.lock)) || hasOneObject(module, model)) continue;
    report({
      node,
      message: `All objects of ${model.name} share ${name}, but each has a ${lock.name} of its own. Guard it with a lock of the class.`,
      related: lock.made ? [{ node: lock.made, text: 'each object makes its own lock here' }] : [],
    });
  }
}

const READ = { how: 'read', by: '' } as const;

/** The class whose attribute it may be. */
function ownerOf(module: Module, node: SyntaxNode): ClassModel | undefined {
  const around = module.definitions.classNamed(node.child('object')) ?? module.definitions.classAround(node);
  return around && module.attributes.home(around, node.child('attribute')?.text ?? '');
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
function isOwnLock({ isOfInstance, made }: Lock): boolean {
  return isOfInstance && made !== undefined;
}

/** The only call of the class is one at the top level. */
function hasOneObject(module: Module, model: ClassModel): boolean {
  const makers = module.all('call').filter((call) => module.definitions.classNamed(call.child('function')) === model);
  return makers.length === 1 && makers.every((call) => !functionAround(call) && !call.ancestor('for_statement'));
}
