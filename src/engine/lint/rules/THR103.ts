import { indentationOf, indentationStep, insert, isOnOwnLines, lineEndOf, lineStop } from '../edits';
import type { TextEdit } from '../finding';
import { isProcessLock, isThreadLock } from '../model/kindNames';
import type { Module } from '../model/module';
import { bindingScope, scopeAround } from '../model/scopes';
import type { LintRule } from '../rule';
import { functionAround, type SyntaxNode, statementOf } from '../syntax/node';
import { hasSplat, timeoutOf, triesOnly } from './support/acquire';

const MOST_DEPTH = 4;

export const THR103: LintRule = {
  id: 'THR103',
  name: 'acquire-result-ignored',
  title: 'Nobody looks whether the lock was taken',
  severity: 'error',
  check(module, report) {
    for (const call of module.calls.ofMethod('acquire')) {
      const object = call.child('function')?.child('object');
      const kind = module.kinds.nameOf(object);
      if (!object || !(isThreadLock(kind) || isProcessLock(kind)) || hasSplat(call) || !isIgnored(call)) continue;
      const isTry = triesOnly(call);
      if (!isTry && !waitsForAWhile(module, call)) continue;
      if (isTry && !goesOnToRelease(module, call, object)) continue;
      const edits = isTry ? [] : fix(module, call);
      report({
        node: call,
        message: isTry
          ? `${object.text}.acquire() returns False when the lock is not free, and the code goes on without it. Look at what it returns.`
          : `${object.text}.acquire() returns False when the time is over, and the code goes on without the lock. Look at what it returns.`,
        ...(edits.length > 0 ? { fix: { title: 'Raise TimeoutError', edits } } : {}),
      });
    }
  },
};

/** It is a statement of its own, or bound to a name that nothing reads. */
function isIgnored(call: SyntaxNode): boolean {
  const { parent } = call;
  if (parent?.type === 'expression_statement') return parent.children.length === 1;
  const target = parent?.type === 'assignment' && call.field === 'right' ? parent.child('left') : undefined;
  if (target?.type !== 'identifier' || !functionAround(target)) return false;
  const scope = scopeAround(target);
  if (scope.globals.has(target.text) || scope.nonlocals.has(target.text)) return false;
  return scope.node
    .all()
    .every(({ type, text, start }) => type !== 'identifier' || text !== target.text || start === target.start);
}

/** The time-out is there, and is not a parameter that may say for ever. */
function waitsForAWhile(module: Module, call: SyntaxNode): boolean {
  const timeout = timeoutOf(call, 1);
  if (!timeout) return false;
  return !mayBeForever(module, timeout, 0);
}

/** What it stands for is `None` or `-1` somewhere, as far as the file says. */
function mayBeForever(module: Module, node: SyntaxNode, depth: number): boolean {
  if (/^(None|-1)$/.test(node.text)) return true;
  if (depth > MOST_DEPTH) return false;
  const isAny = (values: readonly (SyntaxNode | undefined)[]): boolean =>
    values.some((value) => value !== undefined && mayBeForever(module, value, depth + 1));
  if (/^(conditional_expression|boolean_operator|parenthesized_expression)$/.test(node.type))
    return isAny(node.children);
  if (node.type === 'identifier') {
    const bindings = bindingScope(node, node.text)?.bindings.get(node.text) ?? [];
    return isAny(bindings.map(({ kind, node: bound, value }) => (kind === 'parameter' ? bound.child('value') : value)));
  }
  const owner = node.type === 'attribute' ? module.kinds.ownerOf(node.child('object')) : undefined;
  return owner
    ? isAny(module.attributes.of(owner, node.child('attribute')?.text ?? '').map(({ value }) => value))
    : false;
}

/** The function releases the lock later, and not at once. */
function goesOnToRelease(module: Module, call: SyntaxNode, object: SyntaxNode): boolean {
  const id = module.locks.of(object)?.id;
  const around = functionAround(call);
  const releases = module.calls
    .ofMethod('release')
    .filter((each) => each.start > call.end && functionAround(each) === around)
    .filter((each) => module.locks.of(each.child('function')?.child('object'))?.id === id);
  const statement = statementOf(call);
  const siblings = statement.parent?.children ?? [];
  const next = siblings[siblings.indexOf(statement) + 1];
  return releases.length > 0 && !releases.some((each) => each.parent === next);
}

function fix(module: Module, call: SyntaxNode): TextEdit[] {
  const statement = call.parent;
  if (statement?.type !== 'expression_statement' || !isOnOwnLines(module, statement)) return [];
  if (call.text.includes('\n')) return [];
  const behind = `${lineEndOf(module)}${indentationOf(module, statement)}${indentationStep(module)}raise TimeoutError`;
  const stop = lineStop(module, call.end);
  return [insert(call.start, 'if not '), insert(call.end, ':'), insert(stop, behind)];
}
