import { qualifiedName } from '../model/imports';
import type { Module } from '../model/module';
import type { LintRule } from '../rule';
import { functionAround, isFunction, type SyntaxNode } from '../syntax/node';

const MAKERS: readonly string[] =
  'Lock Event Condition Semaphore BoundedSemaphore Barrier Queue LifoQueue PriorityQueue'
    .split(' ')
    .map((name) => `asyncio.${name}`);

export const AIO207: LintRule = {
  id: 'AIO207',
  name: 'asyncio-primitive-at-module-scope',
  title: 'Lock of asyncio is made before there is a loop',
  severity: 'warning',
  check(module, report) {
    const calls = module.calls.named(...MAKERS).filter(isAtImport);
    if (calls.length === 0 || hasOneLoop(module)) return;
    for (const call of calls) {
      const name = qualifiedName(call.child('function')) ?? '';
      report({
        node: call,
        message: `This ${name} is made when the file is imported and then belongs to one event loop; the next loop gets a RuntimeError. Make it while the loop runs.`,
      });
    }
  },
};

/** The default of a parameter is made where the function is defined. */
function isAtImport(call: SyntaxNode): boolean {
  let inner = call;
  for (let at = call.parent; at; inner = at, at = at.parent) {
    if (isFunction(at) && (inner.field === 'body' || at.type === 'lambda')) return false;
  }
  return true;
}

/** The module is a program that runs a loop once: by the only such call, at its top level or in a function called only there. */
function hasOneLoop({ calls, definitions, graph }: Module): boolean {
  const [run, ...others] = [
    ...calls.named('asyncio.run', 'asyncio.Runner', 'uvloop.run'),
    ...calls.ofMethod('run_until_complete', 'run_forever', 'run_app'),
  ];
  if (!run || others.length > 0) return false;
  const around = functionAround(run);
  if (!around) return true;
  const model = definitions.function(around);
  const callers = model ? graph.callsOf(model) : [];
  return callers.length === 1 && callers.every(({ node }) => functionAround(node) === undefined);
}
