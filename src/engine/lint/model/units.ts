/** Which functions run in threads, processes, tasks, finalizers and signal handlers: what is handed to them, and what that calls. */
import type { SyntaxNode } from '../syntax/node';
import { argument } from './arguments';
import type { CallGraph } from './callGraph';
import type { Definitions, FunctionModel } from './definitions';
import { qualifiedName } from './imports';
import type { Kinds } from './kinds';

/** thread: of a thread or a pool of threads. callback: on whatever thread a future ends. */
export type UnitKind = 'thread' | 'process' | 'interpreter' | 'task' | 'finalizer' | 'signal' | 'callback';

/** A function that is handed over to run elsewhere. */
export interface Start {
  readonly kind: UnitKind;
  /** What hands it over: the call, the class of the thread, the definition of `__del__`. */
  readonly node: SyntaxNode;
  /** The expression that stands for the function; undefined for methods that are run by their name. */
  readonly target: SyntaxNode | undefined;
  readonly model: FunctionModel | undefined;
  /** What the target is called with, as far as it is written there. */
  readonly arguments: readonly SyntaxNode[];
  /** Several of them can run it at once. */
  readonly isMany: boolean;
}

interface Rule {
  readonly kind: UnitKind;
  /** Place and name of the argument that is the function. */
  readonly index: number;
  readonly name: string;
  /** From where on the positional arguments are those of the function; or `args`, the name of the one that has them. */
  readonly rest?: number | 'args';
  readonly isMany?: boolean;
}

const THREAD: Rule = { kind: 'thread', index: 1, name: 'target', rest: 'args' };
const PROCESS: Rule = { kind: 'process', index: 1, name: 'target', rest: 'args' };

/** Calls of imported names. */
const BY_NAME: Readonly<Record<string, Rule>> = {
  'threading.Thread': THREAD,
  'threading.Timer': { kind: 'thread', index: 1, name: 'function', rest: 'args' },
  '_thread.start_new_thread': { kind: 'thread', index: 0, name: 'function' },
  'multiprocessing.Process': PROCESS,
  'asyncio.to_thread': { kind: 'thread', index: 0, name: 'func', rest: 1 },
  'weakref.finalize': { kind: 'finalizer', index: 1, name: 'func', rest: 2 },
  'weakref.ref': { kind: 'finalizer', index: 1, name: 'callback' },
  'weakref.proxy': { kind: 'finalizer', index: 1, name: 'callback' },
  'signal.signal': { kind: 'signal', index: 1, name: 'handler' },
};

const SUBMIT: Rule = { kind: 'thread', index: 0, name: 'fn', rest: 1, isMany: true };
const POOL_METHODS = 'apply apply_async map map_async imap imap_unordered starmap starmap_async'.split(' ');

/** Methods of kinds. */
const BY_KIND: Readonly<Record<string, Readonly<Record<string, Rule>>>> = {
  'concurrent.futures.ThreadPoolExecutor': executor('thread'),
  'concurrent.futures.ProcessPoolExecutor': executor('process'),
  'concurrent.futures.InterpreterPoolExecutor': executor('interpreter'),
  'concurrent.futures.Future': { add_done_callback: { kind: 'callback', index: 0, name: 'fn' } },
  'multiprocessing.Pool': pool('process'),
  'multiprocessing.managers.Pool': pool('process'),
  'multiprocessing.pool.ThreadPool': pool('thread'),
  'multiprocessing.Context': { Process: PROCESS },
  'asyncio.Loop': {
    run_in_executor: { kind: 'thread', index: 1, name: 'func', rest: 2, isMany: true },
  },
  'concurrent.interpreters.Interpreter': {
    call: { kind: 'interpreter', index: 0, name: 'callable', rest: 1 },
    call_in_thread: { kind: 'interpreter', index: 0, name: 'callable', rest: 1 },
  },
};

function executor(kind: UnitKind): Record<string, Rule> {
  return { submit: { ...SUBMIT, kind }, map: { ...SUBMIT, kind } };
}

function pool(kind: UnitKind): Record<string, Rule> {
  return Object.fromEntries(
    POOL_METHODS.map((name) => [name, { kind, index: 0, name: 'func', rest: 1, isMany: true }]),
  );
}

/** Calls that make a task of a coroutine that is written as a call. */
const TASK_MAKERS: ReadonlySet<string> = new Set([
  'asyncio.create_task',
  'asyncio.ensure_future',
  'asyncio.gather',
  'asyncio.wait_for',
  'asyncio.run',
  'asyncio.run_coroutine_threadsafe',
]);
const TASK_METHODS: ReadonlySet<string> = new Set(['create_task', 'run_until_complete']);

/** Last names of all that can start something. */
const STARTING: ReadonlySet<string> = new Set([
  ...[...Object.keys(BY_NAME), ...TASK_MAKERS].map((name) => name.slice(name.lastIndexOf('.') + 1)),
  ...Object.values(BY_KIND).flatMap((methods) => Object.keys(methods)),
  ...TASK_METHODS,
  'append',
]);

/** Told by names alone: whether a call may hand over a function. */
export function mayStart(definitions: Definitions, call: SyntaxNode): boolean {
  const callee = call.child('function');
  if (callee?.type === 'attribute') return STARTING.has(callee.child('attribute')?.text ?? '');
  if (definitions.classNamed(callee)) return true;
  const name = qualifiedName(callee);
  return name !== undefined && STARTING.has(name.slice(name.lastIndexOf('.') + 1));
}

export class Units {
  readonly starts: readonly Start[];
  private readonly reached = new Map<UnitKind, Map<FunctionModel, readonly FunctionModel[]>>();

  constructor(
    private readonly definitions: Definitions,
    private readonly kinds: Kinds,
    private readonly graph: CallGraph,
    calls: readonly SyntaxNode[],
  ) {
    this.starts = [...calls.flatMap((call) => this.startsBy(call)), ...this.namedMethods()];
  }

  /** Functions that run in a kind of unit, each with the way of calls that leads there from the one that is handed over. */
  reachedIn(kind: UnitKind): ReadonlyMap<FunctionModel, readonly FunctionModel[]> {
    const known = this.reached.get(kind);
    if (known) return known;
    const roots = this.starts.flatMap((start) => (start.kind === kind && start.model ? [start.model] : []));
    const found = this.graph.reachedFrom(roots);
    this.reached.set(kind, found);
    return found;
  }

  /** Whether a function can run in a thread other than the main one. */
  isInThread(model: FunctionModel | undefined): boolean {
    return model !== undefined && (this.reachedIn('thread').has(model) || this.reachedIn('callback').has(model));
  }

  private startsBy(call: SyntaxNode): Start[] {
    const callee = call.child('function');
    const made = this.definitions.classNamed(callee);
    const name = made ? this.kinds.of(call)?.name : qualifiedName(callee);
    const own = made && name ? this.definitions.method(made, '__init__') : undefined;
    const direct = name === undefined || own ? undefined : BY_NAME[name];
    if (direct) return [this.start(call, direct)];
    const tasks = name !== undefined && TASK_MAKERS.has(name) ? this.tasks(call) : [];
    if (tasks.length > 0 || callee?.type !== 'attribute') return tasks;
    const method = callee.child('attribute')?.text ?? '';
    const object = callee.child('object');
    const rule = this.ruleOf(object, method);
    if (rule) return [this.start(call, rule)];
    if (TASK_METHODS.has(method)) return this.tasks(call);
    const isCallbackList = method === 'append' && qualifiedName(object) === 'gc.callbacks';
    return isCallbackList ? [this.start(call, { kind: 'finalizer', index: 0, name: 'object' })] : [];
  }

  private ruleOf(object: SyntaxNode | undefined, method: string): Rule | undefined {
    const kind = this.kinds.of(object)?.name;
    const rule = kind === undefined ? undefined : BY_KIND[kind]?.[method];
    // An executor that was handed in: only these have methods of these names.
    if (rule || kind) return rule;
    if (method === 'run_in_executor') return BY_KIND['asyncio.Loop']?.[method];
    return undefined;
  }

  /** Where the function runs: `run_in_executor` leaves that to the executor that it gets. */
  private kindOf(call: SyntaxNode, kind: UnitKind): UnitKind {
    if (call.child('function')?.child('attribute')?.text !== 'run_in_executor') return kind;
    const executor = this.kinds.of(argument(call, 0, 'executor'))?.name ?? '';
    return BY_KIND[executor]?.submit?.kind ?? kind;
  }

  private start(call: SyntaxNode, { kind, index, name, rest, isMany = false }: Rule): Start {
    const target = argument(call, index, name);
    const list = call.child('arguments')?.children ?? [];
    const args =
      rest === 'args' ? (argument(call, -1, 'args')?.children ?? []) : rest === undefined ? [] : list.slice(rest);
    const isInLoop =
      call.ancestor('for_statement', 'while_statement', 'list_comprehension', 'generator_expression') !== undefined;
    const model = this.definitions.functionOfExpression(target);
    return { kind: this.kindOf(call, kind), node: call, target, model, arguments: args, isMany: isMany || isInLoop };
  }

  private tasks(call: SyntaxNode): Start[] {
    return (call.child('arguments')?.children ?? []).flatMap((each) => {
      const coroutine = each.type === 'list_splat' ? (each.children[0]?.child('body') ?? each.children[0]) : each;
      const model = coroutine?.type === 'call' ? this.kinds.calleeOf(coroutine) : undefined;
      if (!coroutine || !model?.isAsync) return [];
      const isMany =
        coroutine !== each || call.ancestor('for_statement', 'while_statement', 'list_comprehension') !== undefined;
      const args = coroutine.child('arguments')?.children ?? [];
      return [{ kind: 'task' as const, node: call, target: coroutine, model, arguments: args, isMany }];
    });
  }

  /** `run` of threads and processes, `__del__`, handlers of servers with threads. */
  private namedMethods(): Start[] {
    return this.definitions.classes.flatMap((model) => {
      const bases = this.definitions.foreignBases(model);
      const methods = [...model.methods.values()];
      const named = (names: RegExp, kind: UnitKind): Start[] =>
        methods
          .filter(({ name }) => names.test(name))
          .map((method) => ({
            kind,
            node: method.node,
            target: undefined,
            model: method,
            arguments: [],
            isMany: true,
          }));
      return [
        ...named(/^__del__$/, 'finalizer'),
        ...(bases.some((base) => /^threading\.(Thread|Timer)$/.test(base)) ? named(/^run$/, 'thread') : []),
        ...(bases.includes('multiprocessing.Process') ? named(/^run$/, 'process') : []),
      ];
    });
  }
}
