/** Values that go to another process or interpreter. */
import type { Module } from '../../model/module';
import type { SyntaxNode } from '../../syntax/node';

/** What is in the tuples, lists and dicts that are written in a value, or itself. */
export function partsOf(node: SyntaxNode): SyntaxNode[] {
  if (/^(tuple|list|set|dictionary|parenthesized_expression)$/.test(node.type)) return node.children.flatMap(partsOf);
  if (node.type === 'pair') return node.children.filter(({ field }) => field === 'value').flatMap(partsOf);
  return [node];
}

export interface Put {
  readonly call: SyntaxNode;
  readonly node: SyntaxNode;
}

/** Values that are put into queues of some kinds. */
export function putInto(module: Module, kinds: RegExp): Put[] {
  return module.calls.ofMethod('put', 'put_nowait').flatMap((call) => {
    const callee = call.child('function');
    const node = call.child('arguments')?.children[0];
    return node && kinds.test(module.kinds.nameOf(callee?.child('object'))) ? [{ call, node }] : [];
  });
}
