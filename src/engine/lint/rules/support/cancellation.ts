/** What happens to a cancellation that a handler caught. */
import { qualifiedName } from '../../model/imports';
import type { Module } from '../../model/module';
import { suspensionsOf } from '../../model/suspensions';
import { functionAround, ownNodes, type SyntaxNode } from '../../syntax/node';
import { nameOfCaught } from './handlers';

const ENDS: ReadonlySet<string> = new Set(['sys.exit', 'os._exit', 'os.abort', 'os.kill']);
const TELLS = /(^|\.)(print|debug|info|warn|warning|error|exception|critical|fatal|log|print_exc|print_exception)$/;

/** It raises, ends the program, or gives the exception to somebody; printing and logging do not count. */
export function endsOrHandsOn(clause: SyntaxNode): boolean {
  const name = nameOfCaught(clause);
  return ownNodes(clause).some((node) => {
    if (node.type === 'raise_statement') return true;
    if (node.type === 'call') {
      const callee = qualifiedName(node.child('function')) ?? '';
      const isHeld = callee === 'sys.exc_info' && !isTold(node, clause);
      return ENDS.has(callee) || isHeld || node.child('function')?.child('attribute')?.text === 'uncancel';
    }
    const isUse = node.type === 'identifier' && node.text === name && node.parent?.type !== 'as_pattern_target';
    return isUse && !isTold(node, clause);
  });
}

function isTold(node: SyntaxNode, clause: SyntaxNode): boolean {
  for (let at = node.parent; at && at !== clause; at = at.parent) {
    if (at.type === 'call' && TELLS.test(at.child('function')?.text ?? '')) return true;
  }
  return false;
}

/** After a handler that ends normally, or a `with` that has none, another round begins or an await follows. */
export function goesOn(statement: SyntaxNode, clause: SyntaxNode | undefined, around: SyntaxNode): boolean {
  const handled = clause ? ownNodes(clause) : [];
  if (handled.some(({ type }) => type === 'return_statement' || type === 'break_statement')) return false;
  const suspensions = suspensionsOf(around);
  const isContinued = clause?.childOfType('block')?.children.at(-1)?.type === 'continue_statement';
  for (let at = statement; at !== around && at.parent; at = at.parent) {
    const { parent } = at;
    if (/^(for|while)_statement$/.test(parent.type) && at.field === 'body') return isEndless(parent);
    if (parent.type !== 'block' || isContinued) continue;
    for (const next of parent.children.slice(parent.children.indexOf(at) + 1)) {
      if (suspensions.some((each) => next.contains(each))) return true;
      if (/^(return|raise|break)_statement$/.test(next.type)) return false;
    }
  }
  return false;
}

/** A loop that asks for something may have been told to end before. */
function isEndless(loop: SyntaxNode): boolean {
  return loop.type === 'for_statement' || /^(True|1)$/.test(loop.child('condition')?.text ?? '');
}

/** Those of asyncio, and wrappers of the same name. */
const WAITERS = /(^|\.)(wait_for|gather|shield|wait)$/;

/** The body awaits a task that somebody may cancel, or the function itself has cancelled something before. */
export function isCancellationExpected(
  { calls }: Module,
  body: SyntaxNode,
  clause: SyntaxNode,
  around: SyntaxNode,
): boolean {
  const awaits = suspensionsOf(around).filter(({ type }) => type === 'await');
  if (awaits.some((each) => body.contains(each) && isOfTask(each.children[0]))) return true;
  return calls.ofMethod('cancel').some((call) => call.start < clause.start && functionAround(call) === around);
}

function isOfTask(awaited: SyntaxNode | undefined): boolean {
  if (!awaited) return true;
  if (awaited.type === 'call' && WAITERS.test(qualifiedName(awaited.child('function')) ?? ''))
    return awaited.child('arguments')?.children.some(isOfTask) ?? true;
  return isName(awaited.type);
}

function isName(type: string): boolean {
  return /^(identifier|attribute|subscript|list_splat)$/.test(type);
}
