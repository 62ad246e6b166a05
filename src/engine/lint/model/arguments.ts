/** What a call is given. */
import type { SyntaxNode } from '../syntax/node';

/** An argument of a call by its place among the positional ones, or by name. */
export function argument(call: SyntaxNode | undefined, index: number, name: string): SyntaxNode | undefined {
  const list = call?.child('arguments')?.children ?? [];
  const named = list.find((each) => each.type === 'keyword_argument' && each.child('name')?.text === name);
  if (named) return named.child('value');
  const positional = list.filter(({ type }) => type !== 'keyword_argument');
  const isCertain = positional.slice(0, index + 1).every(({ type }) => !type.endsWith('_splat'));
  return isCertain ? positional[index] : undefined;
}
