/** Calls and items that do not raise in a program that is right apart from that. */
import { qualifiedName } from '../../model/imports';
import type { Module } from '../../model/module';
import { bindingScope } from '../../model/scopes';
import type { SyntaxNode } from '../../syntax/node';

const FUNCTIONS: ReadonlySet<string> = new Set([
  'time.time',
  'time.monotonic',
  'time.perf_counter',
  'threading.current_thread',
  'threading.get_ident',
  'os.getpid',
]);
const BUILT_IN: ReadonlySet<string> = new Set(['len', 'id', 'isinstance', 'bool', 'object']);
const CONTAINER = /^(list|dict|set|collections\.(deque|OrderedDict|defaultdict))$/;
const OF_CONTAINER: ReadonlySet<string> = new Set(['append', 'appendleft', 'add', 'clear', 'discard', 'get', 'copy']);
const SIGNAL = /^(threading|multiprocessing)\.(Condition|Event)$/;
const OF_SIGNAL: ReadonlySet<string> = new Set(['notify', 'notify_all', 'set', 'is_set', 'clear', 'wait']);

export function isHarmless(module: Module, node: SyntaxNode): boolean {
  if (node.type === 'subscript') return isStore(module, node);
  const callee = node.child('function');
  if (!callee) return false;
  const name = qualifiedName(callee);
  if (name !== undefined) return FUNCTIONS.has(name);
  if (callee.type === 'identifier') return BUILT_IN.has(callee.text) && !bindingScope(callee, callee.text);
  const method = callee.child('attribute')?.text ?? '';
  const kind = module.kinds.nameOf(callee.child('object'));
  return (CONTAINER.test(kind) && OF_CONTAINER.has(method)) || (SIGNAL.test(kind) && OF_SIGNAL.has(method));
}

/** `entries[key] = value` of a dict. */
function isStore(module: Module, node: SyntaxNode): boolean {
  const isTarget = node.field === 'left' && node.parent?.type === 'assignment';
  return isTarget && /^(dict|collections\.(OrderedDict|defaultdict))$/.test(module.kinds.nameOf(node.child('value')));
}
