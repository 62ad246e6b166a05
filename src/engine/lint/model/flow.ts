/** In which order the parts of a function are executed, as far as its text shows it. */
import type { SyntaxNode } from '../syntax/node';

const EXITS: ReadonlySet<string> = new Set([
  'return_statement',
  'raise_statement',
  'break_statement',
  'continue_statement',
]);

/** Whether what stands at `second` can be executed after `first` in the same round: behind it, and not in another branch. */
export function canFollow(first: SyntaxNode, second: SyntaxNode): boolean {
  if (second.contains(first)) return true;
  if (second.start < first.start) return false;
  let branch = first;
  for (let at = first.parent; at; branch = at, at = at.parent) {
    if (at.contains(second)) return isSequence(at, branch, second);
    if (at.type === 'block' && endsBehind(at, branch)) return false;
  }
  return false;
}

/** Whether a statement leaves the block or function it is in. */
export function isExit({ type }: SyntaxNode): boolean {
  return EXITS.has(type);
}

/** A statement of the block, from the one with `inside` on, leaves it. */
function endsBehind(block: SyntaxNode, inside: SyntaxNode): boolean {
  const { children } = block;
  return children.slice(children.indexOf(inside)).some(isExit);
}

/** Two parts of `around`: whether the second one comes after the first one rather than in its place. */
function isSequence(around: SyntaxNode, first: SyntaxNode, second: SyntaxNode): boolean {
  const other = around.children.find((each) => each.contains(second));
  if (around.type === 'if_statement' || around.type === 'conditional_expression')
    return first.field === 'condition' || other === first;
  if (around.type === 'match_statement' || (around.type === 'block' && first.type === 'case_clause'))
    return first.type !== 'case_clause' || other === first;
  if (around.type !== 'try_statement') return true;
  // A handler stands in for the rest of the body.
  return other?.type === 'finally_clause' || (other?.type === 'else_clause' && first.field === 'body');
}
