/** Which functions run in threads without an event loop of their own. */
import type { Module } from '../../model/module';
import type { Start } from '../../model/units';
import { functionAround, type SyntaxNode } from '../../syntax/node';

export interface ThreadWay {
  /** What gives it to the thread. */
  readonly start: SyntaxNode;
  /** From the function that the thread runs to the one that is meant. */
  readonly functions: readonly SyntaxNode[];
}

/** By function, how a thread comes to it through plain functions; not where one of them makes or runs a loop. */
export function threadWays(module: Module): ReadonlyMap<SyntaxNode, ThreadWay> {
  const loops = functionsWithLoop(module);
  const found = new Map<SyntaxNode, ThreadWay>();
  for (const start of module.units.starts.filter((each) => isInThread(module, each))) {
    if (!start.model || start.model.isAsync) continue;
    for (const [model, way] of module.graph.reachedFrom([start.model])) {
      const functions = way.map(({ node }) => node);
      if (found.has(model.node) || functions.some((each) => each.isAsync || loops.has(each))) continue;
      found.set(model.node, { start: start.node, functions });
    }
  }
  return found;
}

/** Callbacks of the futures of executors are called by their threads; those of run_coroutine_threadsafe by the loop. */
function isInThread({ kinds }: Module, { kind, node }: Start): boolean {
  if (kind !== 'callback') return kind === 'thread';
  const made = kinds.of(node.child('function')?.child('object'))?.made;
  const method = made?.child('function')?.child('attribute')?.text;
  return method === 'submit';
}

function functionsWithLoop({ calls }: Module): ReadonlySet<SyntaxNode> {
  const found = [
    ...calls.named('asyncio.new_event_loop', 'asyncio.set_event_loop', 'asyncio.get_event_loop', 'asyncio.run'),
    ...calls.named('asyncio.Runner'),
    ...calls.ofMethod('run_forever', 'run_until_complete'),
  ];
  return new Set(found.flatMap((call) => functionAround(call) ?? []));
}
