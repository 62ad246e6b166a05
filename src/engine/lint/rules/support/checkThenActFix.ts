/** The fix that puts one step in the place of a test and an act. */
import { isOnOwnLines, lineStop } from '../../edits';
import { qualifiedName } from '../../model/imports';
import type { Module } from '../../model/module';
import type { RuleFinding } from '../../rule';
import { type SyntaxNode, statementOf } from '../../syntax/node';
import type { Act, PathTest } from './acts';
import type { Test } from './conditions';

const PLAIN = /^(integer|float|string|true|false|none|identifier)$/;

/** Only where the `if` asks nothing else, does nothing else, and has no `else`. */
export function checkThenActFix(
  module: Module,
  statement: SyntaxNode,
  test: Test | PathTest,
  act: Act,
): RuleFinding['fix'] {
  const condition = statement.child('condition');
  const [only, ...others] = statement.child('consequence')?.children ?? [];
  const isAll = statement.type === 'if_statement' && only === statementOf(act.node) && others.length === 0;
  const asksOnly =
    condition === test.node || (condition?.type === 'not_operator' && condition.child('argument') === test.node);
  if (!isAll || !asksOnly || !condition || statement.child('alternative') || !only) return undefined;
  if (only.text.includes('\n') || condition.text.includes('\n') || !isOnOwnLines(module, only)) return undefined;
  const text = test.how === 'path' ? pathStep(act.node, only) : entryStep(module, test, act, only);
  const colon = module.text.indexOf(':', condition.end);
  if (text === undefined || colon < 0) return undefined;
  return {
    title: 'Do it in one step',
    edits: [
      { start: statement.start, end: colon + 1, text },
      { start: lineStop(module, colon), end: only.end, text: '' },
    ],
  };
}

function entryStep(
  module: Module,
  { thing, how, says }: Test,
  { node, value }: Act,
  only: SyntaxNode,
): string | undefined {
  const { base, entry } = thing;
  if (how !== 'entry' || !entry || module.kinds.nameOf(base) !== 'dict') return undefined;
  if (says === 'present') {
    const isDeletion = only.type === 'delete_statement' && only.children.length === 1 && only.children[0] === node;
    return isDeletion ? `${base.text}.pop(${entry.text}, None)` : undefined;
  }
  const isEmpty = value !== undefined && value.children.length === 0 && /^(list|dictionary)$/.test(value.type);
  const isEmptySet = value?.text === 'set()';
  const isAssignment = only.children[0] === node && node.child('right') === value && node.type === 'assignment';
  const isPlain = value !== undefined && (PLAIN.test(value.type) || isEmpty || isEmptySet);
  return isAssignment && isPlain ? `${base.text}.setdefault(${entry.text}, ${value.text})` : undefined;
}

function pathStep(call: SyntaxNode, only: SyntaxNode): string | undefined {
  const callee = call.child('function');
  const given = call.child('arguments')?.children ?? [];
  if (only.type !== 'expression_statement' || only.children[0] !== call || !callee) return undefined;
  if (qualifiedName(callee) === 'os.makedirs') {
    return given.length === 1 ? `${callee.text}(${given[0]?.text}, exist_ok=True)` : undefined;
  }
  const isMkdir = callee.child('attribute')?.text === 'mkdir' && !qualifiedName(callee)?.startsWith('os.');
  return isMkdir && given.length === 0 ? `${callee.text}(exist_ok=True)` : undefined;
}
