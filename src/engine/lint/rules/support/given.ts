/** What calls give to the functions that they call or hand over. */

import { argument } from '../../model/arguments';
import { qualifiedName } from '../../model/imports';
import type { SyntaxNode } from '../../syntax/node';

/** A value that is given to the function, and the place or name of the argument that it is. */
export interface Given {
  readonly place: number | string;
  readonly node: SyntaxNode;
}

/** What a call gives to the function that it hands over; `by` is the method or class that is called. */
export function givenBy(call: SyntaxNode, by: string): Given[] {
  switch (by) {
    case 'Thread':
    case 'Process':
      return [...inSequence(argument(call, 3, 'args')), ...inDictionary(argument(call, 4, 'kwargs'))];
    case 'Timer':
      return [...inSequence(argument(call, 2, 'args')), ...inDictionary(argument(call, 3, 'kwargs'))];
    case 'apply':
    case 'apply_async':
      return [...inSequence(argument(call, 1, 'args')), ...inDictionary(argument(call, 2, 'kwds'))];
    case 'starmap':
    case 'starmap_async':
      return itemsOf(argument(call, 1, 'iterable')).flatMap(inSequence);
    case 'map':
    case 'map_async':
    case 'imap':
    case 'imap_unordered':
      return positional(call, 1).flatMap(({ place, node }) => itemsOf(node).map((item) => ({ place, node: item })));
    case 'run_in_executor':
      return positional(call, 2);
    case 'submit':
    case 'call':
    case 'call_in_thread':
      return [...positional(call, 1), ...keywords(call)];
    default:
      return [];
  }
}

const SEQUENCES: ReadonlySet<string> = new Set(['tuple', 'list', 'set']);

function itemsOf(node: SyntaxNode | undefined): readonly SyntaxNode[] {
  if (node && /^(list_comprehension|generator_expression)$/.test(node.type)) return [node.child('body') ?? node];
  return node && SEQUENCES.has(node.type) ? node.children : [];
}

/** Items of a tuple or list, up to the first with a star. */
export function inSequence(node: SyntaxNode | undefined): Given[] {
  const items = node && SEQUENCES.has(node.type) ? node.children : [];
  const splat = items.findIndex(({ type }) => type === 'list_splat');
  return (splat < 0 ? items : items.slice(0, splat)).map((item, place) => ({ place, node: item }));
}

function inDictionary(node: SyntaxNode | undefined): Given[] {
  if (node?.type === 'call') return node.child('function')?.text === 'dict' ? keywords(node) : [];
  return (node?.children ?? []).flatMap((pair) => {
    const value = pair.type === 'pair' ? pair.child('value') : undefined;
    const key = pair.child('key');
    return value && key?.type === 'string' ? [{ place: key.text.slice(1, -1), node: value }] : [];
  });
}

function positional(call: SyntaxNode, from: number): Given[] {
  const list = call.child('arguments')?.children ?? [];
  const all = call.child('arguments')?.type === 'generator_expression' ? [] : list;
  const values = all.filter(({ type }) => type !== 'keyword_argument' && type !== 'dictionary_splat');
  const splat = values.findIndex(({ type }) => type === 'list_splat');
  return (splat < 0 ? values : values.slice(0, splat)).slice(from).map((node, place) => ({ place, node }));
}

function keywords(call: SyntaxNode): Given[] {
  return (call.child('arguments')?.children ?? []).flatMap((each) => {
    const value = each.type === 'keyword_argument' ? each.child('value') : undefined;
    return value ? [{ place: each.child('name')?.text ?? '', node: value }] : [];
  });
}

/** The arguments, behind those that a `partial` already has. */
export function shifted(target: SyntaxNode | undefined, given: readonly Given[]): Given[] {
  if (target?.type !== 'call' || qualifiedName(target.child('function')) !== 'functools.partial') return [...given];
  const first = positional(target, 1);
  return [
    ...first,
    ...keywords(target),
    ...given.map(({ place, node }) => ({ place: typeof place === 'number' ? place + first.length : place, node })),
  ];
}

/** The arguments of a call as they are written, up to one with a star. */
export function argumentsOf(call: SyntaxNode): Given[] {
  return [...positional(call, 0), ...keywords(call)];
}
