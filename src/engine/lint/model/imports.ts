/** What names stand for: `t.Lock` is `threading.Lock` where `import threading as t` says so. */
import type { SyntaxNode } from '../syntax/node';
import { type Binding, bindingScope } from './scopes';

/** Where the standard library has the same thing under another name. */
const SAME: Readonly<Record<string, string>> = {
  '_thread.allocate_lock': 'threading.Lock',
  '_thread.allocate': 'threading.Lock',
  '_thread.LockType': 'threading.Lock',
  '_thread.RLock': 'threading.RLock',
  '_thread._local': 'threading.local',
  'thread.allocate_lock': 'threading.Lock',
  'dummy_threading.Lock': 'threading.Lock',
  'asyncio.locks.Lock': 'asyncio.Lock',
  'asyncio.locks.Event': 'asyncio.Event',
  'asyncio.locks.Condition': 'asyncio.Condition',
  'asyncio.locks.Semaphore': 'asyncio.Semaphore',
  'asyncio.queues.Queue': 'asyncio.Queue',
  'asyncio.tasks.create_task': 'asyncio.create_task',
  'multiprocessing.process.Process': 'multiprocessing.Process',
  'multiprocessing.context.Process': 'multiprocessing.Process',
  'multiprocessing.pool.Pool': 'multiprocessing.Pool',
  'multiprocessing.dummy.Pool': 'multiprocessing.pool.ThreadPool',
  'multiprocessing.dummy.Process': 'threading.Thread',
  'multiprocessing.dummy.Lock': 'threading.Lock',
  'multiprocessing.synchronize.Lock': 'multiprocessing.Lock',
  'multiprocessing.synchronize.RLock': 'multiprocessing.RLock',
  'multiprocessing.synchronize.Event': 'multiprocessing.Event',
  'multiprocessing.synchronize.Condition': 'multiprocessing.Condition',
  'multiprocessing.synchronize.Semaphore': 'multiprocessing.Semaphore',
  'multiprocessing.queues.Queue': 'multiprocessing.Queue',
  'multiprocessing.queues.SimpleQueue': 'multiprocessing.SimpleQueue',
  'multiprocessing.queues.JoinableQueue': 'multiprocessing.JoinableQueue',
  'concurrent.futures.thread.ThreadPoolExecutor': 'concurrent.futures.ThreadPoolExecutor',
  'concurrent.futures.process.ProcessPoolExecutor': 'concurrent.futures.ProcessPoolExecutor',
  'concurrent.futures.interpreter.InterpreterPoolExecutor': 'concurrent.futures.InterpreterPoolExecutor',
  '_queue.SimpleQueue': 'queue.SimpleQueue',
  'Queue.Queue': 'queue.Queue',
};

/** The dotted name of what an expression stands for, when that is something imported: `threading.Lock`; else undefined. */
export function qualifiedName(node: SyntaxNode | undefined): string | undefined {
  if (!node || (node.type !== 'attribute' && node.type !== 'identifier')) return undefined;
  // At the top level and in classes' bodies a name depends on what may be in other chunks.
  if (!node.function) return standardName(node);
  const { names } = node.chunk.memory;
  if (names.has(node)) return names.get(node);
  const name = standardName(node);
  names.set(node, name);
  return name;
}

function standardName(node: SyntaxNode): string | undefined {
  const name = rawName(node);
  return name === undefined ? undefined : (SAME[name] ?? name);
}

function rawName(node: SyntaxNode): string | undefined {
  if (node.type === 'attribute') {
    const object = node.child('object');
    const base = object && rawName(object);
    return base === undefined ? undefined : `${base}.${node.child('attribute')?.text ?? ''}`;
  }
  if (node.type !== 'identifier') return undefined;
  const scope = bindingScope(node, node.text);
  if (!scope) return undefined;
  // Of `try: import a except ImportError: a = None` the import counts.
  const imports = (scope.bindings.get(node.text) ?? []).filter(({ kind }) => kind === 'import');
  const names = new Set(imports.map(importedName).filter((name) => name !== undefined));
  const others = (scope.bindings.get(node.text) ?? []).some(
    ({ kind, value }) => kind !== 'import' && !(kind === 'assign' && value?.type === 'none'),
  );
  return names.size === 1 && !others ? [...names][0] : undefined;
}

/** What a binding by `import` stands for; undefined for relative imports. */
export function importedName({ kind, node, name }: Binding): string | undefined {
  if (kind !== 'import') return undefined;
  const statement = node.parent;
  const path = node.type === 'aliased_import' ? node.child('name')?.text : node.text;
  if (!statement || path === undefined) return undefined;
  if (statement.type !== 'import_from_statement') return node.type === 'aliased_import' ? path : name;
  const from = statement.child('module_name');
  return from?.type === 'dotted_name' ? `${from.text}.${path}` : undefined;
}
