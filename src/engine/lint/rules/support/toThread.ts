/** The fix of a call that blocks the event loop. */
import type { Fix } from '../../finding';
import { qualifiedName } from '../../model/imports';
import { isProcessLock, isThreadLock } from '../../model/kindNames';
import type { Module } from '../../model/module';
import { isFunction, type SyntaxNode } from '../../syntax/node';
import { asyncioName, awaited } from './coroutines';

/** No fix where a new await would be wrong or not possible. */
export function fixOfBlockingCall(module: Module, call: SyntaxNode): Fix | undefined {
  const asyncio = asyncioName(module);
  const callee = call.child('function');
  const list = call.child('arguments');
  const name = qualifiedName(callee) ?? callee?.text ?? '';
  if (!asyncio || !callee || list?.type !== 'argument_list' || !mayAwait(module, call)) return undefined;
  if (name === 'time.sleep') {
    if (call.parent?.type !== 'expression_statement') return undefined;
    const edit = { start: callee.start, end: callee.end, text: `await ${asyncio}.sleep` };
    return { title: 'Use asyncio.sleep', edits: [edit] };
  }
  if (!/^(requests|httpx|urllib\.request|subprocess|os\.system|input)\b/.test(name)) return undefined;
  const [opening, closing] = awaited(call, `${asyncio}.to_thread(`).startsWith('(') ? ['(await', ')'] : ['await', ''];
  const head = `${opening} ${asyncio}.to_thread(${callee.text}`;
  const [first] = list.children;
  const separator = !first ? '' : /^\s*\n/.test(module.text.slice(list.start + 1)) ? ',' : ', ';
  const edits = [{ start: callee.start, end: list.start + 1, text: head + separator }];
  if (closing) edits.push({ start: call.end, end: call.end, text: closing });
  return { title: 'Run it in a thread', edits };
}

/** Not in a comprehension, and not while a lock for threads is held. */
function mayAwait(module: Module, call: SyntaxNode): boolean {
  for (let at = call.parent; at && !isFunction(at); at = at.parent) {
    if (/_comprehension$|^generator_expression$/.test(at.type)) return false;
  }
  return !module.held.at(call).some(({ lock }) => isThreadLock(lock.kind) || isProcessLock(lock.kind));
}
