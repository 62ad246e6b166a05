import { replace } from '../edits';
import type { Fix } from '../finding';
import { argument } from '../model/arguments';
import { qualifiedName } from '../model/imports';
import type { Module } from '../model/module';
import { bindingScope } from '../model/scopes';
import type { LintRule } from '../rule';
import { functionAround, type SyntaxNode } from '../syntax/node';
import { asyncioName, awaited, coroutineAround } from './support/coroutines';
import { isMadeBy, runsInLoop } from './support/loopThread';

const SUBMIT = 'asyncio.run_coroutine_threadsafe';

export const AIO209: LintRule = {
  id: 'AIO209',
  name: 'threadsafe-result-on-loop',
  title: 'Event loop waits for a coroutine it has to run itself',
  severity: 'error',
  observedAs: ['deadlock.loop', 'hazard.blocked-loop'],
  check(module, report) {
    if (module.calls.named(SUBMIT).length === 0) return;
    for (const call of module.calls.ofMethod('result')) {
      const object = call.child('function')?.child('object');
      const made = object && submission(module, call, object);
      const loop = argument(made, 1, 'loop');
      if (!object || !made || !loop || isMadeBy(module, loop, 'asyncio.new_event_loop')) continue;
      if (!runsInLoop(module, call, loop)) continue;
      const fix = fixOf(module, call, object, made);
      report({
        node: call.child('function')?.child('attribute') ?? call,
        message: `This stops the event loop until the coroutine is done. When ${shown(loop)} is this loop, the coroutine never runs.`,
        related: made === object ? [] : [{ node: made, text: 'the coroutine is handed over here' }],
        ...(fix ? { fix } : {}),
      });
    }
  },
};

function shown({ text, type }: SyntaxNode): string {
  return type === 'call' || text.length > 40 ? 'the other one' : text;
}

/** The call of run_coroutine_threadsafe that made a future, when nothing else is done with it before. */
function submission(module: Module, call: SyntaxNode, object: SyntaxNode): SyntaxNode | undefined {
  if (object.type === 'call') return qualifiedName(object.child('function')) === SUBMIT ? object : undefined;
  const around = functionAround(call);
  const scope = object.type === 'identifier' ? bindingScope(object, object.text) : undefined;
  const [binding, ...others] = scope?.bindings.get(object.text) ?? [];
  const value = binding?.kind === 'assign' ? binding.value : undefined;
  if (!around || scope?.node !== around || others.length > 0 || value?.type !== 'call') return undefined;
  if (qualifiedName(value.child('function')) !== SUBMIT) return undefined;
  const isUsed = module
    .all('identifier')
    .filter((each) => each.text === object.text && each !== object && each !== binding?.node && around.contains(each))
    .some((each) => each.start < call.start || each.parent?.child('attribute')?.text === 'done');
  return isUsed ? undefined : value;
}

function fixOf(module: Module, call: SyntaxNode, object: SyntaxNode, made: SyntaxNode): Fix | undefined {
  const asyncio = asyncioName(module);
  const hasLimit = call.child('arguments')?.children.length !== 0;
  if (!asyncio || hasLimit || !coroutineAround(call)) return undefined;
  const loop = argument(made, 1, 'loop');
  const coroutine = argument(made, 0, 'coro');
  if (made === object && coroutine && loop && isMadeBy(module, loop, 'asyncio.get_running_loop'))
    return { title: 'Await the coroutine', edits: [replace(call, awaited(call, coroutine.text))] };
  const edit = replace(call, awaited(call, `${asyncio}.wrap_future(${object.text})`));
  return { title: 'Await the future', edits: [edit] };
}
