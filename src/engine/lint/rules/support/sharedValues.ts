/** Changes of values that processes share: `total.value += 1`. */
import type { Kind } from '../../model/kinds';
import type { Module } from '../../model/module';
import type { SyntaxNode } from '../../syntax/node';
import { originsOf } from './origin';

export interface TwoSteps {
  /** The assignment. */
  readonly node: SyntaxNode;
  /** `total` of `total.value += 1`. */
  readonly object: SyntaxNode;
  /** What the object stands for: all of one kind. */
  readonly origins: readonly Kind[];
}

const WITH_VALUE = /^multiprocessing\.(Value|RawValue|managers\.Value)$/;
const WITH_ITEMS = /^multiprocessing\.(Array|RawArray|managers\.(Array|list|dict))$/;
const NAMESPACE = 'multiprocessing.managers.Namespace';

const known = new WeakMap<Module, readonly TwoSteps[]>();

/** Assignments that read a shared value and write it back. */
export function changesInTwoSteps(module: Module): readonly TwoSteps[] {
  const found = known.get(module) ?? findAll(module);
  known.set(module, found);
  return found;
}

function findAll(module: Module): TwoSteps[] {
  const hasNamespace = module.all('call').some((call) => call.child('function')?.text.endsWith('Namespace'));
  return [...module.all('augmented_assignment'), ...module.all('assignment')].flatMap((node) => {
    const left = node.child('left');
    const object = left?.type === 'subscript' ? left.child('value') : left?.child('object');
    if (!left || !object || !/^(attribute|subscript)$/.test(left.type)) return [];
    if (!/^(identifier|attribute)$/.test(object.type)) return [];
    if (left.type === 'attribute' && !hasNamespace && left.child('attribute')?.text !== 'value') return [];
    if (node.type === 'assignment' && !readsItself(left, node.child('right'))) return [];
    const origins = originsOf(module, object);
    const name = origins[0]?.name ?? '';
    const isShared =
      left.type === 'subscript'
        ? WITH_ITEMS.test(name)
        : name === NAMESPACE || (WITH_VALUE.test(name) && left.child('attribute')?.text === 'value');
    return isShared ? [{ node, object, origins }] : [];
  });
}

/** The right side has the left one in it, or asks for it by `get`. */
function readsItself(left: SyntaxNode, right: SyntaxNode | undefined): boolean {
  const asked = left.type === 'subscript' ? `${left.child('value')?.text}.get` : undefined;
  return (
    right?.all().some((each) => {
      if (each.type === left.type) return each.text === left.text;
      if (each.type !== 'call' || each.child('function')?.text !== asked) return false;
      return each.child('arguments')?.children[0]?.text === left.child('subscript')?.text;
    }) ?? false
  );
}
