/** `with suppress(CancelledError)` around an await, after which the coroutine goes on. */
import type { Module } from '../../model/module';
import { suspensionsOf } from '../../model/suspensions';
import type { RuleFinding } from '../../rule';
import { goesOn, isCancellationExpected } from './cancellation';
import { coroutineAround, mainCoroutines } from './coroutines';
import { isBaseException, isCancelledError } from './handlers';

export function suppressedCancellations(module: Module): RuleFinding[] {
  return module.calls.named('contextlib.suppress').flatMap((call) => {
    const statement = call.ancestor('with_statement', 'block');
    const around = coroutineAround(call);
    const body = statement?.child('body');
    if (!around || !body || statement?.type !== 'with_statement') return [];
    const caught = call.child('arguments')?.children ?? [];
    if (!caught.some((each) => isBaseException(each) || isCancelledError(each))) return [];
    const suspension = suspensionsOf(around).find((each) => body.contains(each));
    if (!suspension || !goesOn(statement, undefined, around)) return [];
    if (isCancellationExpected(module, body, statement, around)) return [];
    const model = module.definitions.function(around);
    if (model && mainCoroutines(module).has(model)) return [];
    return [
      {
        node: call,
        message: `${call.text.length <= 60 ? call.text : 'This suppress'} also takes the cancellation of this task: the task goes on as if nothing had happened.`,
        related: [{ node: suspension, text: 'the cancellation is raised at such an await' }],
      },
    ];
  });
}
