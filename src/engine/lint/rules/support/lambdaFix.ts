/** The fix that makes a lambda a function of the module. */
import { indentationStep, insert, lineEndOf, lineStart, replace } from '../../edits';
import type { Module } from '../../model/module';
import { bindingScope } from '../../model/scopes';
import type { RuleFinding } from '../../rule';
import type { SyntaxNode } from '../../syntax/node';

/** Makes the lambda a function above what it is in. */
export function functionFix(module: Module, lambda: SyntaxNode): RuleFinding['fix'] {
  const body = lambda.child('body');
  const parameters = lambda.child('parameters');
  if (!body || lambda.text.includes('\n') || module.all('identifier').some(({ text }) => text === '_work'))
    return undefined;
  if (parameters?.children.some(({ type }) => type !== 'identifier')) return undefined;
  const isFree = lambda.all().some((each) => {
    const scope = each.type === 'identifier' && each.field !== 'attribute' ? bindingScope(each, each.text) : undefined;
    return scope !== undefined && scope.node !== module.root && !lambda.contains(scope.node);
  });
  const top = module.root.children.find((each) => each.contains(lambda));
  if (isFree || !top) return undefined;
  const end = lineEndOf(module);
  const text = `def _work(${parameters?.text ?? ''}):${end}${indentationStep(module)}return ${body.text}${end}${end}${end}`;
  return {
    title: 'Make it a function',
    edits: [insert(aboveComments(module, top.start), text), replace(lambda, '_work')],
  };
}

/** Offset of the first of the comment lines right above an offset, or of its line. */
function aboveComments(module: Module, offset: number): number {
  let at = lineStart(module, offset);
  while (at > 0) {
    const before = lineStart(module, at - 1);
    if (!module.text.slice(before, at).startsWith('#') || module.text.startsWith('#!', before)) return at;
    at = before;
  }
  return at;
}
