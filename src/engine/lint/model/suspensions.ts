/** Where a coroutine gives the event loop back. */
import { bodyNodes, type SyntaxNode } from '../syntax/node';

/** Kept with the syntax: it depends on the text of the function alone. */
const known = new WeakMap<SyntaxNode, readonly SyntaxNode[]>();

/** Each await, async for, async with, async comprehension and, in an async generator, yield of an async def, in the order of the text. */
export function suspensionsOf(model: SyntaxNode): readonly SyntaxNode[] {
  if (!model.isAsync) return [];
  const before = known.get(model);
  if (before) return before;
  const found = bodyNodes(model).filter(isSuspension);
  known.set(model, found);
  return found;
}

export function isAsyncGenerator(model: SyntaxNode): boolean {
  return suspensionsOf(model).some(({ type }) => type === 'yield');
}

function isSuspension({ type, isAsync }: SyntaxNode): boolean {
  return type === 'await' || type === 'yield' || (isAsync && ASYNC.has(type));
}

const ASYNC: ReadonlySet<string> = new Set(['for_statement', 'with_statement', 'for_in_clause']);
