/** Whether code runs in the thread of an event loop. */

import { argument } from '../../model/arguments';
import { qualifiedName } from '../../model/imports';
import type { Module } from '../../model/module';
import { functionAround, type SyntaxNode } from '../../syntax/node';

/** Place of the function among the arguments of the methods that make a loop call it. */
const CALLBACKS: Readonly<Record<string, number>> = {
  call_soon: 0,
  call_soon_threadsafe: 0,
  call_later: 1,
  call_at: 1,
  add_reader: 1,
  add_writer: 1,
  add_signal_handler: 1,
  add_done_callback: 0,
};

/** Some value that an expression stands for is made by a call of this name. */
export function isMadeBy({ kinds }: Module, node: SyntaxNode, name: string): boolean {
  const values = node.type === 'call' ? [node] : kinds.valuesOf(node);
  return values.some((each) => each.type === 'call' && qualifiedName(each.child('function')) === name);
}

/** A node is executed by a loop: in a coroutine, in a function that one calls, in a callback, or the lines before say so. */
export function runsInLoop(module: Module, node: SyntaxNode, loop: SyntaxNode): boolean {
  const around = functionAround(node);
  if (!around) return false;
  if (around.isAsync || isRunningLoop(module, node, loop, around)) return true;
  return isCalledByCoroutine(module, around) || isCallback(module, around);
}

function isRunningLoop(module: Module, node: SyntaxNode, loop: SyntaxNode, around: SyntaxNode): boolean {
  const values = loop.type === 'call' ? [loop] : module.kinds.valuesOf(loop);
  const own = values.filter((each) => functionAround(each) === around).map((each) => each.child('function'));
  if (own.length === 0 || own.length !== values.length) return false;
  const names = own.map(qualifiedName);
  if (names.every((name) => name === 'asyncio.get_running_loop')) return true;
  return names.every((name) => name === 'asyncio.get_event_loop') && isAskedWhetherRunning(node, loop);
}

/** The node stands in a branch of `if loop.is_running():`. */
function isAskedWhetherRunning(node: SyntaxNode, loop: SyntaxNode): boolean {
  for (let inner = node, at = node.parent; at; inner = at, at = at.parent) {
    const condition = at.type === 'if_statement' && inner.field === 'consequence' ? at.child('condition') : undefined;
    if (condition?.text === `${loop.text}.is_running()`) return true;
  }
  return false;
}

function isCalledByCoroutine({ definitions, graph, calls, kinds }: Module, around: SyntaxNode): boolean {
  const model = definitions.function(around);
  if (!model) return false;
  const direct = graph.callsOf(model).map(({ node }) => node);
  const found = model.owner ? calls.ofMethod(model.name).filter((call) => kinds.calleeOf(call) === model) : [];
  return [...direct, ...found].some((call) => functionAround(call)?.isAsync);
}

function isCallback({ definitions, calls, kinds }: Module, around: SyntaxNode): boolean {
  const model = definitions.function(around);
  return Object.entries(CALLBACKS).some(([method, index]) =>
    calls.ofMethod(method).some((call) => {
      const given = argument(call, index, 'callback');
      if (!model || definitions.functionOfExpression(given) !== model) return false;
      // Futures of executors have this method as well.
      const kind = kinds.nameOf(call.child('function')?.child('object'));
      return method !== 'add_done_callback' || /^asyncio\.(Task|Future)$/.test(kind);
    }),
  );
}
