import { replace } from '../edits';
import type { Fix } from '../finding';
import type { Module } from '../model/module';
import { scopeOf } from '../model/scopes';
import type { LintRule } from '../rule';
import { functionAround, type SyntaxNode } from '../syntax/node';
import { type ThreadWay, threadWays } from './support/threadWays';

const LOOP = 'asyncio.Loop';
const METHODS: Readonly<Record<string, readonly string[]>> = {
  [LOOP]: ['call_soon', 'call_later', 'call_at', 'create_task', 'stop'],
  'asyncio.Queue': ['put_nowait', 'get_nowait'],
  'asyncio.LifoQueue': ['put_nowait', 'get_nowait'],
  'asyncio.PriorityQueue': ['put_nowait', 'get_nowait'],
  'asyncio.Future': ['set_result', 'set_exception', 'cancel'],
  'asyncio.Task': ['cancel'],
  'asyncio.Event': ['set', 'clear'],
};
const NAMES = [...new Set(Object.values(METHODS).flat())];

export const AIO208: LintRule = {
  id: 'AIO208',
  name: 'loop-object-from-thread',
  title: 'Object of the loop is used from a thread',
  severity: 'error',
  check(module, report) {
    const calls = module.calls.ofMethod(...NAMES).filter((call) => isOfLoop(module, call));
    if (calls.length === 0) return;
    const ways = threadWays(module);
    for (const call of calls) {
      const way = ways.get(functionAround(call) as SyntaxNode);
      const callee = call.child('function');
      const object = callee?.child('object');
      if (!way || !object || isMadeInThread(module, object, way)) continue;
      const fix = fixOf(module, call);
      const kind = module.kinds.nameOf(object);
      const what = kind === LOOP ? 'an event loop' : `an ${kind}`;
      report({
        node: call,
        message: `${object.text} is ${what}, and this runs in another thread: the loop may not notice it for a long time. Use call_soon_threadsafe.`,
        related: [{ node: way.start, text: 'given to the thread here' }],
        ...(fix ? { fix } : {}),
      });
    }
  },
};

function isOfLoop({ kinds }: Module, call: SyntaxNode): boolean {
  const callee = call.child('function');
  const around = functionAround(call);
  if (!around || around.isAsync) return false;
  const kind = kinds.of(callee?.child('object'));
  return !kind?.instanceOf && (METHODS[kind?.name ?? '']?.includes(callee?.child('attribute')?.text ?? '') ?? false);
}

/** The functions of the thread make the object, or the loop it is of. */
function isMadeInThread({ kinds }: Module, object: SyntaxNode, { functions }: ThreadWay): boolean {
  const made = kinds.of(object)?.made;
  const around = made && functionAround(made);
  return around !== undefined && functions.some((each) => each === around || each.contains(around));
}

const HANDED_OVER: ReadonlySet<string> = new Set([
  'put_nowait',
  'set_result',
  'set_exception',
  'cancel',
  'set',
  'clear',
  'stop',
]);

function fixOf(module: Module, call: SyntaxNode): Fix | undefined {
  const callee = call.child('function');
  const method = callee?.child('attribute');
  const object = callee?.child('object');
  const list = call.child('arguments');
  if (!callee || !method || !object || list?.type !== 'argument_list') return undefined;
  const isPlain = list.children.every(({ type }) => type !== 'keyword_argument' && !type.endsWith('_splat'));
  if (call.parent?.type !== 'expression_statement' || !isPlain) return undefined;
  const title = 'Use call_soon_threadsafe';
  if (method.text === 'call_soon') return { title, edits: [replace(method, 'call_soon_threadsafe')] };
  const loop = module.kinds.nameOf(object) === LOOP ? object.text : onlyLoop(module, call);
  if (!loop || !HANDED_OVER.has(method.text)) return undefined;
  const given = list.children.length === 0 ? '' : ', ';
  const head = `${loop}.call_soon_threadsafe(${callee.text}${given}`;
  return { title, edits: [{ start: call.start, end: list.start + 1, text: head }] };
}

/** The one loop that is known in the functions and the class around. */
function onlyLoop({ kinds, definitions, attributes }: Module, call: SyntaxNode): string | undefined {
  const found = new Set<string>();
  for (let at = functionAround(call); at; at = functionAround(at)) {
    for (const [name, bindings] of scopeOf(at).bindings) {
      if (bindings.every(({ value }) => value !== undefined && kinds.nameOf(value) === LOOP)) found.add(name);
    }
  }
  const self = definitions.selfMethod(call)?.parameters[0];
  const owner = definitions.classAround(call);
  for (const name of self && owner ? attributes.names(owner) : []) {
    const assigned = owner ? attributes.of(owner, name) : [];
    if (assigned.every(({ value }) => kinds.nameOf(value) === LOOP)) found.add(`${self}.${name}`);
  }
  return found.size === 1 ? [...found][0] : undefined;
}
