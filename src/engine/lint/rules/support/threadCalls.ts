/** Calls that make a thread or process. */
import { argument } from '../../model/arguments';
import type { Module } from '../../model/module';
import type { SyntaxNode } from '../../syntax/node';

export interface ThreadCall {
  readonly call: SyntaxNode;
  /** `Thread`, `Timer` or `Process`. */
  readonly kind: string;
  readonly target: SyntaxNode | undefined;
  /** The value that has the arguments of the target. */
  readonly args: SyntaxNode | undefined;
}

const KINDS: ReadonlySet<string> = new Set(['threading.Thread', 'threading.Timer', 'multiprocessing.Process']);

export function isThreadKind(name: string): boolean {
  return KINDS.has(name);
}

/** Calls of Thread, Timer and Process, and of classes of the module that take the same arguments. */
export function threadCalls(module: Module): ThreadCall[] {
  return module.units.starts.flatMap(({ kind, node, target }) => {
    if (node.type !== 'call' || (kind !== 'thread' && kind !== 'process')) return [];
    const name = module.kinds.nameOf(node);
    if (!isThreadKind(name)) return [];
    const isTimer = name === 'threading.Timer';
    const args = argument(node, isTimer ? 2 : 3, 'args');
    return [{ call: node, kind: name.split('.')[1] as string, target, args }];
  });
}
