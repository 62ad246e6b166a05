/** Calls that wait for a condition, event or barrier, or tell those that wait. */
import { argument } from '../../model/arguments';
import type { Module } from '../../model/module';
import type { SyntaxNode } from '../../syntax/node';

export interface WaitCall {
  readonly call: SyntaxNode;
  /** What is waited for. */
  readonly object: SyntaxNode;
  readonly method: string;
  /** `threading.Condition`. */
  readonly kind: string;
  /** The call that makes the object. */
  readonly made: SyntaxNode | undefined;
  /** It ends by itself, or it is not known whether it does. */
  readonly mayTimeOut: boolean;
}

const KINDS = /^(threading|multiprocessing|asyncio)\.(Condition|Event|Barrier)$/;

/** Calls of these methods of conditions, events and barriers, not of classes that are made of them. */
export function waitCalls(module: Module, ...methods: readonly string[]): WaitCall[] {
  return module.calls.ofMethod(...methods).flatMap((call) => {
    const callee = call.child('function');
    const object = callee?.child('object');
    const kind = module.kinds.of(object);
    if (!object || !kind || kind.instanceOf || !KINDS.test(kind.name)) return [];
    const method = callee?.child('attribute')?.text ?? '';
    return [{ call, object, method, kind: kind.name, made: kind.made, mayTimeOut: mayTimeOut(call, method) }];
  });
}

function mayTimeOut(call: SyntaxNode, method: string): boolean {
  const given = call.child('arguments')?.children ?? [];
  if (given.some(({ type }) => type.endsWith('_splat'))) return true;
  const timeout = argument(call, method === 'wait_for' ? 1 : 0, 'timeout');
  return timeout !== undefined && timeout.type !== 'none';
}
