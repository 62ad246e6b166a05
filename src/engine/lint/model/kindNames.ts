/** The kinds of objects that the rules know, and what makes them. */

/** Kinds that are made by calling their own name. */
const MADE_BY_NAME: readonly string[] = [
  ...of('threading', 'Lock RLock Condition Semaphore BoundedSemaphore Event Barrier Timer Thread local'),
  ...of('queue', 'Queue LifoQueue PriorityQueue SimpleQueue'),
  ...of(
    'asyncio',
    'Lock Event Condition Semaphore BoundedSemaphore Barrier Queue LifoQueue PriorityQueue TaskGroup Future Task timeout Runner',
  ),
  ...of('multiprocessing', 'Lock RLock Condition Semaphore BoundedSemaphore Event Barrier'),
  ...of('multiprocessing', 'Process Pool Queue SimpleQueue JoinableQueue Value Array RawValue RawArray Manager Pipe'),
  ...of('multiprocessing.pool', 'ThreadPool'),
  ...of('multiprocessing.managers', 'SyncManager BaseManager'),
  ...of('multiprocessing.shared_memory', 'SharedMemory ShareableList'),
  ...of('concurrent.futures', 'ThreadPoolExecutor ProcessPoolExecutor InterpreterPoolExecutor Future'),
  ...of('collections', 'deque defaultdict OrderedDict Counter'),
  ...of('weakref', 'WeakKeyDictionary WeakValueDictionary WeakSet finalize'),
  ...of('contextvars', 'ContextVar'),
  'subprocess.Popen',
  'anyio.CapacityLimiter',
  'trio.CapacityLimiter',
  'socket.socket',
  'requests.Session',
  'httpx.Client',
];

function of(module: string, names: string): string[] {
  return names.split(' ').map((name) => `${module}.${name}`);
}

/** Calls whose result is of a kind with another name. */
const RESULTS: Readonly<Record<string, string>> = {
  'asyncio.create_task': 'asyncio.Task',
  'asyncio.ensure_future': 'asyncio.Task',
  'asyncio.get_event_loop': 'asyncio.Loop',
  'asyncio.get_running_loop': 'asyncio.Loop',
  'asyncio.new_event_loop': 'asyncio.Loop',
  'asyncio.wrap_future': 'asyncio.Future',
  'asyncio.timeout_at': 'asyncio.timeout',
  'asyncio.run_coroutine_threadsafe': 'concurrent.futures.Future',
  'multiprocessing.get_context': 'multiprocessing.Context',
  'concurrent.interpreters.create': 'concurrent.interpreters.Interpreter',
  'concurrent.interpreters.create_queue': 'concurrent.interpreters.Queue',
  'socket.create_connection': 'socket.socket',
  'requests.session': 'requests.Session',
  open: 'file',
  'io.open': 'file',
  dict: 'dict',
  list: 'list',
  set: 'set',
};

/** Methods of a kind, and the kind of what they return. */
const METHODS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'concurrent.futures.ThreadPoolExecutor': { submit: 'concurrent.futures.Future' },
  'concurrent.futures.ProcessPoolExecutor': { submit: 'concurrent.futures.Future' },
  'concurrent.futures.InterpreterPoolExecutor': { submit: 'concurrent.futures.Future' },
  'asyncio.Loop': {
    create_task: 'asyncio.Task',
    create_future: 'asyncio.Future',
    run_in_executor: 'asyncio.Future',
  },
  'asyncio.TaskGroup': { create_task: 'asyncio.Task' },
  'multiprocessing.Pool': {
    apply_async: 'multiprocessing.AsyncResult',
    map_async: 'multiprocessing.AsyncResult',
    starmap_async: 'multiprocessing.AsyncResult',
  },
  'multiprocessing.pool.ThreadPool': {
    apply_async: 'multiprocessing.AsyncResult',
    map_async: 'multiprocessing.AsyncResult',
    starmap_async: 'multiprocessing.AsyncResult',
  },
  'multiprocessing.Manager': MANAGED(),
  'multiprocessing.managers.SyncManager': MANAGED(),
};

function MANAGED(): Record<string, string> {
  const names =
    'Lock RLock Condition Semaphore BoundedSemaphore Event Barrier Queue JoinableQueue Value Array Namespace dict list Pool';
  return Object.fromEntries(names.split(' ').map((name) => [name, `multiprocessing.managers.${name}`]));
}

const MADE: ReadonlySet<string> = new Set(MADE_BY_NAME);

/** Kind of what a call of an imported name returns. */
export function kindOfCall(name: string): string | undefined {
  return MADE.has(name) ? name : RESULTS[name];
}

/** Kind of what a method of a kind returns. */
export function kindOfMethod(kind: string, method: string): string | undefined {
  if (kind === 'multiprocessing.Context') return kindOfCall(`multiprocessing.${method}`);
  return METHODS[kind]?.[method];
}

/** A kind named in an annotation. */
export function isKindName(name: string): boolean {
  return MADE.has(name);
}

export const LITERALS: Readonly<Record<string, string>> = {
  dictionary: 'dict',
  dictionary_comprehension: 'dict',
  list: 'list',
  list_comprehension: 'list',
  set: 'set',
  set_comprehension: 'set',
  string: 'str',
  concatenated_string: 'str',
  integer: 'int',
  float: 'float',
  true: 'bool',
  false: 'bool',
  none: 'None',
  tuple: 'tuple',
  generator_expression: 'generator',
};

const THREAD_LOCKS = set('threading', 'Lock RLock Condition Semaphore BoundedSemaphore');
const PROCESS_LOCKS = set('multiprocessing', 'Lock RLock Condition Semaphore BoundedSemaphore');
const MANAGED_LOCKS = set('multiprocessing.managers', 'Lock RLock Condition Semaphore BoundedSemaphore');
const ASYNC_LOCKS = set('asyncio', 'Lock Condition Semaphore BoundedSemaphore');

function set(module: string, names: string): ReadonlySet<string> {
  return new Set(of(module, names));
}

/** Locks, conditions and semaphores that block a thread. */
export function isThreadLock(kind: string | undefined): boolean {
  return kind !== undefined && THREAD_LOCKS.has(kind);
}

/** Those of multiprocessing, which block as well. */
export function isProcessLock(kind: string | undefined): boolean {
  return kind !== undefined && (PROCESS_LOCKS.has(kind) || MANAGED_LOCKS.has(kind));
}

export function isAsyncLock(kind: string | undefined): boolean {
  return kind !== undefined && ASYNC_LOCKS.has(kind);
}

export function isLock(kind: string | undefined): boolean {
  return isThreadLock(kind) || isProcessLock(kind) || isAsyncLock(kind);
}

/** Counting: several can have it at once, and it guards nothing by itself. */
export function isSemaphore(kind: string | undefined): boolean {
  return kind?.endsWith('Semaphore') ?? false;
}

export function isCondition(kind: string | undefined): boolean {
  return kind?.endsWith('.Condition') ?? false;
}
