/** Calls that can take long or for ever. */

import { argument } from '../../model/arguments';
import { qualifiedName } from '../../model/imports';
import type { Module } from '../../model/module';
import { bindingScope } from '../../model/scopes';
import type { SyntaxNode } from '../../syntax/node';
import { hasSplat, hasTimeout } from './acquire';

const HTTP = 'delete get head options patch post put request stream';
const BY_NAME: readonly string[] = [
  'concurrent.futures.wait',
  'concurrent.futures.as_completed',
  'subprocess.run',
  'subprocess.call',
  'subprocess.check_call',
  'subprocess.check_output',
  'os.system',
  'urllib.request.urlopen',
  ...HTTP.split(' ').flatMap((name) => [`requests.${name}`, `httpx.${name}`]),
];
const JOINED: ReadonlySet<string> = new Set([
  'threading.Thread',
  'threading.Timer',
  'multiprocessing.Process',
  'multiprocessing.Pool',
  'multiprocessing.pool.ThreadPool',
  'multiprocessing.JoinableQueue',
  'queue.Queue',
  'queue.LifoQueue',
  'queue.PriorityQueue',
]);
const QUEUES: ReadonlySet<string> = new Set([
  'queue.Queue',
  'queue.LifoQueue',
  'queue.PriorityQueue',
  'queue.SimpleQueue',
  'multiprocessing.Queue',
  'multiprocessing.SimpleQueue',
  'multiprocessing.JoinableQueue',
]);

/** Calls that block, of those that lie where `isWanted` says, in no order. */
export function blockingCalls(module: Module, isWanted: (call: SyntaxNode) => boolean): SyntaxNode[] {
  const named = (...names: readonly string[]): SyntaxNode[] => module.calls.named(...names).filter(isWanted);
  const ofMethod = (...names: readonly string[]): SyntaxNode[] => module.calls.ofMethod(...names).filter(isWanted);
  const inputs = module.text.includes('input(')
    ? module.all('call').filter((call) => isWanted(call) && isInput(call))
    : [];
  return [
    ...named(...BY_NAME),
    ...inputs,
    ...named('time.sleep').filter(isLongSleep),
    ...ofMethod('join').filter((call) => isJoin(module, call)),
    ...ofMethod('result', 'exception').filter((call) => isResult(module, call)),
    ...ofMethod('get', 'put').filter((call) => isQueueWait(module, call)),
    ...ofMethod('wait', 'communicate').filter((call) => kindOfObject(module, call) === 'subprocess.Popen'),
  ];
}

function isInput(call: SyntaxNode): boolean {
  const callee = call.child('function');
  return callee?.type === 'identifier' && callee.text === 'input' && !bindingScope(callee, 'input');
}

export function objectOf(call: SyntaxNode): SyntaxNode | undefined {
  const callee = call.child('function');
  return callee?.type === 'attribute' ? callee.child('object') : undefined;
}

function kindOfObject(module: Module, call: SyntaxNode): string {
  return module.kinds.nameOf(objectOf(call));
}

/** Of a length that is written there, or of a constant of the module. */
function isLongSleep(call: SyntaxNode): boolean {
  const length = argument(call, 0, 'secs');
  const bindings = length?.type === 'identifier' ? bindingScope(length, length.text)?.bindings.get(length.text) : [];
  const value = bindings?.length === 1 ? bindings[0]?.value : length;
  return /^(integer|float)$/.test(value?.type ?? '') && Number(value?.text) > 0;
}

/** Strings have a `join` as well, but not without an argument. */
function isJoin(module: Module, call: SyntaxNode): boolean {
  const kind = kindOfObject(module, call);
  const list = call.child('arguments')?.children ?? [];
  if (argument(call, 0, 'timeout')?.text === '0') return false;
  if (JOINED.has(kind)) return true;
  const isNamed = list.every((each) => each.child('name')?.text === 'timeout');
  return isNamed && kind === '' && qualifiedName(call.child('function')) === undefined;
}

function isResult(module: Module, call: SyntaxNode): boolean {
  if (kindOfObject(module, call) !== 'concurrent.futures.Future') return false;
  return argument(call, 0, 'timeout')?.text !== '0' && !isAskedBefore(call, /\.done\(\)/);
}

/** The `if` or `while` around it asks its object whether it would have to wait. */
function isAskedBefore(call: SyntaxNode, question: RegExp): boolean {
  const object = objectOf(call)?.text ?? '';
  for (let at = call.parent; at && at.type !== 'function_definition'; at = at.parent) {
    const asked = /^(if_statement|elif_clause|while_statement)$/.test(at.type)
      ? at.child('condition')?.text
      : undefined;
    if (asked?.includes(object) && question.test(asked)) return true;
  }
  return false;
}

function isQueueWait(module: Module, call: SyntaxNode): boolean {
  const kind = kindOfObject(module, call);
  if (!QUEUES.has(kind) || hasSplat(call)) return false;
  const isGet = call.child('function')?.child('attribute')?.text === 'get';
  const index = isGet ? 0 : 1;
  const block = argument(call, index, 'block');
  if ((block && block.type !== 'true') || hasTimeout(call, index + 1)) return false;
  if (isGet) return !isAskedBefore(call, /\.(empty|qsize)\(\)/);
  const size = argument(module.kinds.of(objectOf(call))?.made, 0, 'maxsize');
  return !kind.endsWith('SimpleQueue') && size !== undefined && !/^(0|-\d+)$/.test(size.text);
}
