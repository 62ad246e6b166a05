/** Queues that a process has, and whether it puts into them. */
import type { FunctionModel } from '../../model/definitions';
import type { Module } from '../../model/module';
import { bindingScope } from '../../model/scopes';
import type { SyntaxNode } from '../../syntax/node';
import { argumentsOf } from './given';
import { originName } from './origin';
import { parameterAt } from './parameters';
import { reachedFrom, type Work } from './work';

export interface ProcessQueue {
  /** As the one who starts the process writes it. */
  readonly text: string;
  readonly kind: string;
  /** Whether the process puts items into it; undefined when that cannot be seen. */
  readonly isFilled: boolean | undefined;
}

const QUEUES = /^multiprocessing\.(Queue|JoinableQueue|SimpleQueue)$/;
const MOST_DEPTH = 4;

/** The queues that a process gets or finds in a global or an attribute. */
export function queuesOf(module: Module, work: Work): ProcessQueue[] {
  const { model, target, given } = work;
  const handed = given.flatMap(({ place, node }) => {
    const kind = /^(identifier|attribute)$/.test(node.type) ? originName(module, node) : '';
    if (!QUEUES.test(kind)) return [];
    const name = model && parameterAt(module, model, target, place);
    const isFilled = model && name !== undefined ? puts(module, model, name, 0) : undefined;
    return [{ text: node.text, kind, isFilled }];
  });
  const found = model ? putsInto(module, model, target) : [];
  return [...handed, ...found];
}

/** The queues that an object of a class derived from Process gets when it is made. */
export function queuesOfObject(module: Module, made: SyntaxNode): ProcessQueue[] {
  const owner = module.definitions.classNamed(made.child('function'));
  const init = owner && module.definitions.method(owner, '__init__');
  const run = owner && module.definitions.method(owner, 'run');
  if (!owner || !init || !run) return [];
  const nodes = [...reachedFrom(module, run).keys()].flatMap((model) => model.node.all());
  const filled = new Set(nodes.flatMap((node) => (isPut(node) ? (selfAttribute(module, node) ?? []) : [])));
  return argumentsOf(made).flatMap(({ place, node }) => {
    const kind = /^(identifier|attribute)$/.test(node.type) ? originName(module, node) : '';
    const name = QUEUES.test(kind) ? parameterAt(module, init, made.child('function'), place) : undefined;
    if (name === undefined) return [];
    const isFilled = [...filled].some((attribute) =>
      module.attributes.of(owner, attribute).some(({ value, method }) => method === init && value?.text === name),
    );
    return [{ text: node.text, kind, isFilled }];
  });
}

function selfAttribute(module: Module, put: SyntaxNode): string | undefined {
  return module.definitions.selfAttribute(put.child('object'));
}

/** Queues into which a function puts and that are no parameters of it. */
function putsInto(module: Module, model: FunctionModel, target: SyntaxNode | undefined): ProcessQueue[] {
  const isOfSelf = target?.type === 'attribute' && module.definitions.isSelf(target.child('object'));
  return model.node.all().flatMap((node) => {
    const object = isPut(node) ? node.child('object') : undefined;
    const isGlobal = object?.type === 'identifier' && bindingScope(object, object.text)?.node === module.root;
    const isAttribute = isOfSelf && module.definitions.selfAttribute(object) !== undefined;
    if (!object || !(isGlobal || isAttribute)) return [];
    const kind = originName(module, object);
    return QUEUES.test(kind) ? [{ text: object.text, kind, isFilled: true }] : [];
  });
}

function isPut(node: SyntaxNode): boolean {
  return node.type === 'attribute' && /^put(_nowait)?$/.test(node.child('attribute')?.text ?? '');
}

/** Whether a function puts into the queue that is one of its parameters, by itself or by functions that it calls. */
function puts(module: Module, model: FunctionModel, name: string, depth: number): boolean | undefined {
  let isUnknown = false;
  for (const node of model.node.all()) {
    if (node.type !== 'identifier' || node.text !== name || !node.parent) continue;
    if (isPut(node.parent)) return true;
    if (node.parent.type === 'attribute' || node.parent.type.includes('parameter')) continue;
    const handed = node.parent.type === 'keyword_argument' ? node.parent : node;
    const call = handed.parent?.type === 'argument_list' ? handed.parent.parent : undefined;
    const callee = call && depth < MOST_DEPTH ? module.definitions.callee(call) : undefined;
    const place = call ? argumentsOf(call).find((each) => each.node === node)?.place : undefined;
    const inner =
      callee && place !== undefined ? parameterAt(module, callee, call?.child('function'), place) : undefined;
    const isFilled = callee && inner !== undefined ? puts(module, callee, inner, depth + 1) : undefined;
    if (isFilled) return true;
    if (isFilled === undefined) isUnknown = true;
  }
  return isUnknown ? undefined : false;
}
