/** Methods of objects for threads and processes that wait. */

import { argument } from '../../model/arguments';
import { qualifiedName } from '../../model/imports';
import { isProcessLock, isSemaphore, isThreadLock } from '../../model/kindNames';
import type { Kind } from '../../model/kinds';
import type { Module } from '../../model/module';
import { functionAround, type SyntaxNode } from '../../syntax/node';
import { isAfterItsFuture, isOnlyTask } from './harmlessWaits';

export const METHODS: readonly string[] =
  'get put join result wait communicate acquire accept recv connect sendall'.split(' ');

const QUEUE = /^(queue|multiprocessing)\.(Simple|Lifo|Priority|Joinable)?Queue$/;
const UNIT = /^(threading\.(Thread|Timer)|multiprocessing\.Process)$/;
const WAITED = /^(threading|multiprocessing)\.(Event|Condition|Barrier)$/;

/** Whether a call of one of these methods waits, as far as the kind of its object and its arguments are known. */
export function isBlockingMethod(module: Module, call: SyntaxNode): boolean {
  const callee = call.child('function');
  const object = callee?.child('object');
  const method = callee?.child('attribute')?.text ?? '';
  const kind = module.kinds.of(object);
  if (!object || !kind || isOwn(module, kind, method)) return false;
  const { name } = kind;
  switch (method) {
    case 'get':
      return QUEUE.test(name) && waits(call, 0, 'block', 1);
    case 'put':
      return QUEUE.test(name) && isBounded(kind.made) && waits(call, 1, 'block', 2);
    case 'join':
      return UNIT.test(name) && isTime(argument(call, 0, 'timeout')) && !isAfterItsFuture(module, call, kind.made);
    case 'communicate':
      return name === 'subprocess.Popen' && isTime(argument(call, 1, 'timeout'));
    case 'wait':
      if (name === 'threading.Event' && argument(call, 0, 'timeout') && isOnlyTask(module, call)) return false;
      return (WAITED.test(name) || name === 'subprocess.Popen') && isTime(argument(call, 0, 'timeout'));
    case 'acquire':
      return isBlockingAcquire(name, call);
    case 'result':
      return name === 'concurrent.futures.Future' && isUnfinished(module, kind, call, object);
    default:
      return name === 'socket.socket' && kind.made !== undefined && !isNonBlocking(module, object);
  }
}

/** A class of the module that inherits from a kind may do the same in another way. */
function isOwn(module: Module, { instanceOf }: Kind, method: string): boolean {
  return instanceOf !== undefined && module.definitions.method(instanceOf, method) !== undefined;
}

function isTime(value: SyntaxNode | undefined): boolean {
  return value === undefined || !/^-?0(\.0*)?$/.test(value.text);
}

function waits(call: SyntaxNode, index: number, name: string, timeout: number): boolean {
  return argument(call, index, name)?.text !== 'False' && isTime(argument(call, timeout, 'timeout'));
}

function isBounded(made: SyntaxNode | undefined): boolean {
  const size = argument(made, 0, 'maxsize');
  return size !== undefined && size.text !== '0' && !size.text.startsWith('-');
}

/** A lock is mostly held for a short time only; a semaphore, and a time-out, are for waiting. */
function isBlockingAcquire(kind: string, call: SyntaxNode): boolean {
  if (!isThreadLock(kind) && !isProcessLock(kind)) return false;
  if (!waits(call, 0, 'blocking', 1) || argument(call, 0, 'block')?.text === 'False') return false;
  return isSemaphore(kind) || argument(call, 1, 'timeout') !== undefined;
}

/** Nothing in the function waited for the future, or asked about it, in another way. */
function isUnfinished(module: Module, { made }: Kind, call: SyntaxNode, object: SyntaxNode): boolean {
  // One of run_coroutine_threadsafe is another rule's.
  if (made && qualifiedName(made.child('function')) === 'asyncio.run_coroutine_threadsafe') return false;
  if (!isTime(argument(call, 0, 'timeout'))) return false;
  const around = functionAround(call);
  if (!around || object.type !== 'identifier') return object.type === 'call';
  const mentions = module
    .all('identifier')
    .filter((each) => each.text === object.text && functionAround(each) === around && each.start < call.start);
  return mentions.every((each) => each.field === 'left');
}

function isNonBlocking({ calls }: Module, object: SyntaxNode): boolean {
  return calls
    .ofMethod('setblocking', 'settimeout')
    .some((call) => call.child('function')?.child('object')?.text === object.text);
}
