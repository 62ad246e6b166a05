/** Handlers of exceptions, and the cancellation of tasks. */
import { qualifiedName } from '../../model/imports';
import { bindingScope } from '../../model/scopes';
import type { SyntaxNode } from '../../syntax/node';

export interface Catch {
  /** all: every exception there is. cancelled: the cancellation by its name. */
  readonly what: 'all' | 'cancelled';
  /** It catches nothing else. */
  readonly isAlone: boolean;
}

/** How a clause catches the cancellation of a task; undefined when it does not. */
export function catchOf(clause: SyntaxNode): Catch | undefined {
  const caught = caughtBy(clause);
  if (caught.length === 0) return { what: 'all', isAlone: true };
  const isAlone = caught.length === 1;
  if (caught.some(isBaseException)) return { what: 'all', isAlone };
  return caught.some(isCancelledError) ? { what: 'cancelled', isAlone } : undefined;
}

/** The name that the exception has in a clause. */
export function nameOfCaught(clause: SyntaxNode): string | undefined {
  const value = clause.child('value');
  return (value?.type === 'as_pattern' ? value.child('alias') : clause.child('alias'))?.text;
}

function caughtBy(clause: SyntaxNode): readonly SyntaxNode[] {
  return clause.children
    .filter(({ field }) => field === 'value')
    .flatMap((value) => {
      const named = value.type === 'as_pattern' ? value.children[0] : value;
      if (named?.type === 'parenthesized_expression') return named.children;
      return named?.type === 'tuple' ? named.children : named ? [named] : [];
    });
}

export function isBaseException(node: SyntaxNode): boolean {
  return node.text === 'BaseException' && !bindingScope(node, node.text);
}

export function isCancelledError(node: SyntaxNode): boolean {
  if (node.type === 'identifier' && !bindingScope(node, node.text)) return false;
  const name = qualifiedName(node);
  return name === 'asyncio.CancelledError' || name === 'asyncio.exceptions.CancelledError';
}
