/** The fix that takes the results of a process before it joins it. */
import { insert, isOnOwnLines, lineEndOf, lineStart, nextLine } from '../../edits';
import type { Module } from '../../model/module';
import type { RuleFinding } from '../../rule';
import { type SyntaxNode, statementOf } from '../../syntax/node';
import { isRepeated } from './work';

/** Swaps the join and the statement right behind it that takes once, or once for each process. */
export function swapFix(module: Module, join: SyntaxNode, take: SyntaxNode): RuleFinding['fix'] {
  const own = statementOf(join);
  const outer =
    own.parent?.parent?.type === 'for_statement' && own.parent.children.length === 1 ? own.parent.parent : own;
  const siblings = outer.parent?.children ?? [];
  const next = siblings[siblings.indexOf(outer) + 1];
  if (!next?.contains(take) || next.type !== 'expression_statement' || own.children[0] !== join) return undefined;
  if (take.parent?.type !== 'call' || take.parent.child('arguments')?.children.length !== 0) return undefined;
  const turns = take.ancestor('list_comprehension')?.childOfType('for_in_clause')?.child('right')?.text;
  const isFitting = outer === own ? !isInLoop(take, next) && !isRepeated(outer) : turns === outer.child('right')?.text;
  if (!isFitting || !isOnOwnLines(module, outer) || !isOnOwnLines(module, next)) return undefined;
  const from = lineStart(module, outer.start);
  const start = lineStart(module, next.start);
  const end = nextLine(module, next.end);
  if (nextLine(module, outer.end) !== start) return undefined;
  const line = module.text.slice(start, end);
  const text = line.endsWith('\n') ? line : `${line}${lineEndOf(module)}`;
  return { title: 'Take the results first', edits: [insert(from, text), { start, end, text: '' }] };
}

function isInLoop(node: SyntaxNode, statement: SyntaxNode): boolean {
  for (let at = node.parent; at && at !== statement; at = at.parent) {
    if (/comprehension$|^generator_expression$/.test(at.type)) return true;
  }
  return false;
}
