/** The fix that makes one `with` of two. */
import { indent, isOnOwnLines, lineStart, nextLine, stringsIn } from '../../edits';
import type { TextEdit } from '../../finding';
import type { Section } from '../../model/held';
import type { Module } from '../../model/module';
import { ownNodes, type SyntaxNode } from '../../syntax/node';

/** Joins two blocks that stand next to each other, with nothing but plain assignments of names between. */
export function mergeFix(module: Module, first: Section, second: Section): TextEdit[] {
  const block = first.statement.parent;
  const siblings = block?.children ?? [];
  const between = siblings.slice(siblings.indexOf(first.statement) + 1, siblings.indexOf(second.statement));
  const [head] = second.statement.child('body')?.children ?? [];
  const areBlocks = [first, second].every(
    ({ how, statement }) =>
      how === 'with' &&
      statement.type === 'with_statement' &&
      statement.childOfType('with_clause')?.children.length === 1,
  );
  if (!block || !head || !areBlocks || second.statement.parent !== block || first.node.text !== second.node.text)
    return [];
  if (first.statement.isAsync !== second.statement.isAsync || !isOnOwnLines(module, head)) return [];
  if (!between.every((each) => isPlainAssignment(each)) || !between.every((each) => isOnOwnLines(module, each)))
    return [];
  const start = nextLine(module, first.statement.end);
  const end = lineStart(module, second.statement.start);
  if (start > end || nextLine(module, second.statement.start) > lineStart(module, head.start)) return [];
  const moved = start < end ? indent(module, start, end, stringsIn(block)) : [];
  return [...moved, { start: end, end: nextLine(module, end), text: '' }];
}

function isPlainAssignment(statement: SyntaxNode): boolean {
  const [only] = statement.children;
  const isName = only?.child('left')?.type === 'identifier' && /^(assignment|augmented_assignment)$/.test(only.type);
  return isName && !ownNodes(only).some(({ type }) => /^(call|await|yield)$/.test(type));
}
