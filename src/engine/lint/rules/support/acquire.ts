/** What calls of `acquire` ask for, and which sections hold their lock for certain. */

import { argument } from '../../model/arguments';
import type { Section } from '../../model/held';
import type { SyntaxNode } from '../../syntax/node';

/** Whether a call of `acquire` waits until it has the lock: it has no time-out, and does not just try. */
export function waitsForLock(call: SyntaxNode): boolean {
  const blocking = blockingOf(call);
  const isTry = blocking !== undefined && blocking.type !== 'true' && blocking.text !== '1';
  return !isTry && !hasTimeout(call, 1) && !hasSplat(call);
}

/** Whether a call of `acquire` says that it does not wait. */
export function triesOnly(call: SyntaxNode): boolean {
  return /^(False|0)$/.test(blockingOf(call)?.text ?? '');
}

function blockingOf(call: SyntaxNode): SyntaxNode | undefined {
  return argument(call, 0, 'blocking') ?? argument(call, -1, 'block');
}

/** Whether a call has a time-out, as its positional argument at `index` or by name. */
export function hasTimeout(call: SyntaxNode, index: number): boolean {
  return timeoutOf(call, index) !== undefined;
}

/** The time-out of a call; `None` and `-1` are none. */
export function timeoutOf(call: SyntaxNode, index: number): SyntaxNode | undefined {
  const timeout = argument(call, index, 'timeout');
  return timeout?.type === 'none' || timeout?.text === '-1' ? undefined : timeout;
}

export function hasSplat(call: SyntaxNode): boolean {
  return (call.child('arguments')?.children ?? []).some(({ type }) => type.endsWith('_splat'));
}

/** Whether the lock is held from the start of the section to its end, if the section is reached at all. */
export function isCertain({ how, node, statement, isOpen }: Section): boolean {
  if (how === 'with') return true;
  return how === 'acquire' && !isOpen && (waitsForLock(node) || statement.type === 'if_statement');
}
