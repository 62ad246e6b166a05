/** Locks and pools of one's own, whose waiters are futures that are woken one at a time. */
import type { ClassModel } from '../../model/definitions';
import type { Module } from '../../model/module';
import { suspensionsOf } from '../../model/suspensions';
import { functionAround, type SyntaxNode } from '../../syntax/node';
import { coroutineAround } from './coroutines';

export interface LonelyWaiter {
  /** The await of the future. */
  readonly awaited: SyntaxNode;
  /** Where one of them is woken. */
  readonly woken: SyntaxNode;
}

/** Awaits of such a future that nothing protects from a cancellation. */
export function lonelyWaiters(module: Module): LonelyWaiter[] {
  const { calls } = module;
  return [...calls.ofMethod('create_future'), ...calls.named('asyncio.Future')].flatMap((made) => {
    const around = coroutineAround(made);
    const name = made.parent?.type === 'assignment' ? made.parent.child('left') : undefined;
    if (!around || name?.type !== 'identifier') return [];
    const awaited = suspensionsOf(around).find((each) => isBareAwait(each, name.text) && !isTried(each, around));
    const list = awaited && listOf(module, around, name.text);
    const owner = list && module.definitions.classAround(list);
    const woken = owner && wakerOf(module, owner, list.child('attribute')?.text ?? '');
    return awaited && woken ? [{ awaited, woken }] : [];
  });
}

function isBareAwait({ type, parent, children: [operand] }: SyntaxNode, name: string): boolean {
  return type === 'await' && parent?.type === 'expression_statement' && operand?.text === name;
}

function isTried(node: SyntaxNode, around: SyntaxNode): boolean {
  const statement = node.ancestor('try_statement', 'function_definition');
  return statement !== around && statement?.type === 'try_statement';
}

/** The attribute to which the function adds the future. */
function listOf({ calls, definitions }: Module, around: SyntaxNode, name: string): SyntaxNode | undefined {
  const added = calls
    .ofMethod('append', 'appendleft', 'add')
    .find((call) => call.child('arguments')?.children[0]?.text === name && functionAround(call) === around);
  const list = added?.child('function')?.child('object');
  return definitions.selfAttribute(list) === undefined ? undefined : list;
}

/** The call that wakes a single future out of an attribute of a class. */
function wakerOf({ calls, definitions }: Module, owner: ClassModel, attribute: string): SyntaxNode | undefined {
  const wakers = calls
    .ofMethod('set_result')
    .filter((call) => /^\((None|True)\)$/.test(call.child('arguments')?.text ?? ''));
  if (wakers.length === 0) return undefined;
  for (const taken of calls.ofMethod('popleft', 'pop')) {
    const list = taken.child('function')?.child('object');
    const target = taken.parent?.type === 'assignment' ? taken.parent.child('left') : undefined;
    if (!target || definitions.selfAttribute(list) !== attribute || definitions.classAround(taken) !== owner) continue;
    const around = functionAround(taken);
    const waker = wakers.find(
      (call) => call.child('function')?.child('object')?.text === target.text && functionAround(call) === around,
    );
    if (waker && !isForAll(taken)) return waker;
  }
  return undefined;
}

/** In a loop without an end of its own, all of them are woken. */
function isForAll(taken: SyntaxNode): boolean {
  const loop = taken.ancestor('while_statement', 'for_statement', 'function_definition');
  if (!loop || loop.type === 'function_definition') return false;
  return !loop.all().some(({ type }) => type === 'break_statement' || type === 'return_statement');
}
