/** Who can come between a test and what is done on the strength of it. */
import type { Severity } from '../../../../../common/finding';
import { type Access, isChange } from '../../model/accesses';
import type { FunctionModel } from '../../model/definitions';
import type { Module } from '../../model/module';
import type { Act } from './acts';
import { isShared, type Test } from './conditions';
import type { Meetings } from './meetings';
import { isSetUp } from './surroundings';

export interface Danger {
  readonly severity: Severity;
  readonly other: Access | undefined;
}

/**
 * It asks for the thing itself, which other threads can have, and the function may act on it. What was looked up before
 * is a value of its own.
 */
export function mayLeadToAct(module: Module, around: FunctionModel, test: Test): boolean {
  const { node, thing, says, how } = test;
  if (!node.contains(thing.base) || !isShared(module, thing)) return false;
  if (says === 'present' && how !== 'entry') return how === 'truth' && CONTAINERS.test(module.kinds.nameOf(thing.base));
  const accesses = accessesOf(module, test);
  return accesses.some((each) => each.function === around && (isChange(each) || each.by === '[]'));
}

/** Who can change the tested thing in between, and how bad that is. */
export function dangerOf(
  module: Module,
  meetings: Meetings,
  around: FunctionModel,
  test: Test,
  act: Act,
): Danger | undefined {
  const { base } = test.thing;
  if (act.does === 'makes' && act.value && CONSTANT.test(act.value.type) && test.how !== 'entry') return undefined;
  const isOfObject = base.type !== 'identifier' || module.definitions.isSelf(base);
  const accesses = accessesOf(module, test);
  const changes = accesses.filter(
    (each) =>
      isChange(each) &&
      each.function !== around &&
      !isSetUp(module, each.method) &&
      meetings.canMeet(around, each.function, isOfObject),
  );
  const isSelf = meetings.canMeet(around, around, isOfObject);
  const rivals = changes.filter((each) => (act.does === 'takes' ? isTaking(each) : isMaking(each, test)));
  const [other = changes[0]] = rivals;
  if (!isSelf && (act.does === 'makes' ? rivals.length === 0 : changes.length === 0)) return undefined;
  if (act.does === 'makes') {
    if (isObject(module, act)) return { severity: 'warning', other };
    const models = [around, ...rivals.map((each) => each.function)];
    return models.some((model) => meetings.canMeet(around, model, isOfObject, true))
      ? { severity: 'info', other }
      : undefined;
  }
  if (isSelf || rivals.length > 0) return { severity: 'warning', other };
  const isInStep = changes.some((each) => changeSomethingElse(module, test, [around, each.function]));
  return isInStep ? { severity: 'info', other } : undefined;
}

/** Both functions change another attribute of the same class or another variable too, so that the two must be in step. */
function changeSomethingElse(
  module: Module,
  { thing }: Test,
  functions: readonly (FunctionModel | undefined)[],
): boolean {
  const { accesses, attributes, definitions } = module;
  const name = thing.base.child('attribute')?.text ?? thing.base.text;
  const owner = definitions.classNamed(thing.base.child('object')) ?? definitions.classAround(thing.base);
  const home = owner && thing.base.type === 'attribute' ? (attributes.home(owner, name) ?? owner) : undefined;
  return [...(home ? accesses.ofClass(home) : accesses.globals)].some(
    ([other, found]) =>
      other !== name && functions.every((model) => found.some((each) => each.function === model && isChange(each))),
  );
}

const CONTAINERS = /^(list|set|dict|collections\.\w+)$/;
const CONSTANT = /^(integer|float|string|concatenated_string|true|false|none|tuple|unary_operator)$/;
const EMPTY = /^(list|dictionary|set)$|_comprehension$/;

function accessesOf(module: Module, { thing }: Test): readonly Access[] {
  const { accesses, attributes, definitions } = module;
  if (thing.base.type === 'identifier' && !definitions.isSelf(thing.base))
    return accesses.globals.get(thing.key.replace(/\[.*/s, '')) ?? [];
  const name = thing.base.type === 'attribute' ? thing.base.child('attribute')?.text : thing.key.split('.').at(-1);
  const owner = definitions.classNamed(thing.base.child('object')) ?? definitions.classAround(thing.base);
  if (!owner || name === undefined) return [];
  return accesses.ofClass(attributes.home(owner, name) ?? owner).get(name) ?? [];
}

function isTaking({ how, by, node }: Access): boolean {
  if (how === 'write' || how === 'delete') return true;
  if (/^(pop|popleft|popitem|remove|clear|discard)$/.test(by)) return true;
  return how === 'mutate' && by === '[]' && node.parent?.parent?.type === 'delete_statement';
}

function isMaking(access: Access, { how }: Test): boolean {
  return how === 'entry' ? access.how === 'mutate' && !isTaking(access) : access.how === 'write';
}

/** A new container or an object of a class: two of them are not the same. What a function returns may be equal each time. */
function isObject(module: Module, { node, value }: Act): boolean {
  if (node.type === 'call') return true;
  if (!value) return false;
  if (EMPTY.test(value.type)) return true;
  const callee = value.type === 'call' ? value.child('function') : undefined;
  if (!callee) return false;
  const name = callee.child('attribute')?.text ?? callee.text;
  return (
    module.definitions.classNamed(callee) !== undefined ||
    /^_*[A-Z]\w*[a-z]/.test(name) ||
    module.kinds.nameOf(value) !== ''
  );
}
