/** The fix that writes a test again inside of the lock. */
import { indent, indentationOf, indentationStep, isOnOwnLines, lineEndOf, stringsIn } from '../../edits';
import type { TextEdit } from '../../finding';
import type { Section } from '../../model/held';
import type { Module } from '../../model/module';
import type { SyntaxNode } from '../../syntax/node';

/** Writes the test again around all that is in the `with`. */
export function recheck(module: Module, { statement, lock }: Section, branch: SyntaxNode): TextEdit[] {
  const condition = branch.child('condition');
  const body = statement.child('body');
  const [first] = body?.children ?? [];
  const isAll =
    branch.type === 'if_statement' &&
    branch.child('alternative') === undefined &&
    statement.parent === branch.child('consequence') &&
    statement.parent?.children.length === 1 &&
    statement.childOfType('with_clause')?.children.length === 1 &&
    !lock.kind.startsWith('asyncio.');
  if (!isAll || !condition || !body || !first || !isOnOwnLines(module, first)) return [];
  if (condition.text.includes('\n') || condition.all().some(({ type }) => type === 'call')) return [];
  const [head, ...others] = indent(module, first.start, body.end, stringsIn(body));
  if (!head) return [];
  const text = `${indentationOf(module, first)}if ${condition.text}:${lineEndOf(module)}${indentationStep(module)}`;
  return [{ ...head, text }, ...others];
}
