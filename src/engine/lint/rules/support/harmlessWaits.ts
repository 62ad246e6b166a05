/** Waits in a coroutine that hold nobody up. */
import type { Module } from '../../model/module';
import { functionAround, type SyntaxNode } from '../../syntax/node';
import { mainCoroutines } from './coroutines';

/** A thread that was given a future has nothing left to do when the coroutine has awaited that. */
export function isAfterItsFuture(module: Module, call: SyntaxNode, made: SyntaxNode | undefined): boolean {
  const around = functionAround(call);
  if (!made || functionAround(made) !== around) return false;
  const given = made.child('arguments')?.all() ?? [];
  return module.all('await').some((each) => {
    const [future] = each.children;
    const isBetween = made.end <= each.start && each.end <= call.start && functionAround(each) === around;
    return isBetween && future?.type === 'identifier' && given.some(({ text }) => text === future.text);
  });
}

/** The coroutine is the only task of the module, in a loop that a thread made for it. */
export function isOnlyTask(module: Module, call: SyntaxNode): boolean {
  const model = module.function(call);
  if (!model || !mainCoroutines(module).has(model)) return false;
  const { units } = module;
  return units.starts.every(
    (each) => each.kind !== 'task' || (each.model === model && units.isInThread(module.function(each.node))),
  );
}
