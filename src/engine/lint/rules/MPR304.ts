import { replace } from '../edits';
import type { Module } from '../model/module';
import type { LintRule, RuleFinding } from '../rule';
import type { SyntaxNode } from '../syntax/node';
import { partsOf, putInto } from './support/handedOver';
import { importsProcesses, startMethod } from './support/processes';
import { threadLocksOfShared } from './support/threadLocksOfShared';
import { workIn } from './support/work';

export const MPR304: LintRule = {
  id: 'MPR304',
  name: 'thread-primitive-across-processes',
  title: 'Process gets something that works in one process only',
  severity: 'error',
  check(module, report) {
    if (!importsProcesses(module)) return;
    const put = putInto(module, QUEUES).map((each) => ({ ...each, way: 'queue' as const }));
    const found = [...byWork(module), ...put].flatMap((each) => partsOf(each.node).map((node) => ({ ...each, node })));
    const wrong = found.flatMap((each) => judged(module, each));
    const mended = new Set<SyntaxNode>();
    for (const each of wrong) {
      const fix = isMendable(module, each, wrong) && !mended.has(each.made) ? makingFix(module, each) : undefined;
      if (fix) mended.add(each.made);
      report({
        node: each.node,
        message: each.message,
        related: each.made === each.node ? [] : [{ node: each.made, text: 'made here' }],
        ...(fix ? { fix } : {}),
      });
    }
    for (const each of threadLocksOfShared(module)) report(each);
  },
};

interface HandedOver {
  readonly node: SyntaxNode;
  /** What hands it over. */
  readonly call: SyntaxNode;
  /** queue: it is pickled on the way through a queue. own: the new process may inherit it. */
  readonly way: 'own' | 'queue';
}

interface Wrong extends HandedOver {
  readonly message: string;
  readonly made: SyntaxNode;
  readonly kind: string;
}

const OF_ONE_PROCESS =
  /^(threading\.(Lock|RLock|Condition|Semaphore|BoundedSemaphore|Event|Barrier|local|Thread|Timer)|queue\.\w+|concurrent\.futures\.ThreadPoolExecutor|multiprocessing\.pool\.ThreadPool|file)$/;
const TO_INHERIT =
  /^multiprocessing\.(Lock|RLock|Condition|Semaphore|BoundedSemaphore|Event|Barrier|Queue|SimpleQueue|JoinableQueue|Value|Array)$/;
const HAS_TWIN = /^threading\.(Lock|RLock|Condition|Semaphore|BoundedSemaphore|Event|Barrier)$/;
const QUEUES = /^multiprocessing\.(Queue|SimpleQueue|JoinableQueue)$/;

function byWork(module: Module): HandedOver[] {
  return workIn(module).flatMap(({ kind, way, call, given }) => {
    if (kind !== 'process') return [];
    return given.map(({ node }) => ({ node, call, way: way === 'pool' ? ('queue' as const) : ('own' as const) }));
  });
}

function judged(module: Module, handed: HandedOver): Wrong[] {
  if (!/^(identifier|attribute|call)$/.test(handed.node.type)) return [];
  const kind = module.kinds.of(handed.node);
  if (!kind?.made || kind.instanceOf) return [];
  const { name, made } = kind;
  const text = handed.node.text.length <= 40 ? handed.node.text : 'this';
  if (handed.way === 'queue' && TO_INHERIT.test(name)) {
    const message = `${text} is a ${name}, which a process can only get when it is made. Give it by the initializer, or take one of a Manager.`;
    return [{ ...handed, message, made, kind: name }];
  }
  if (!OF_ONE_PROCESS.test(name)) return [];
  const forks = handed.way === 'own' && /ork$/.test(startMethod(module, handed.call));
  if (name === 'file' && forks) return [];
  const what = name === 'file' ? 'an open file' : `a ${name}`;
  const message = `${text} is ${what}, which works in one process only: the other gets none, or a copy of its own.`;
  return [{ ...handed, message, made, kind: name }];
}

/** All that get it are new processes, and the module makes it at one place. */
function isMendable(module: Module, { node, kind, made }: Wrong, all: readonly Wrong[]): boolean {
  if (!HAS_TWIN.test(kind) || (node !== made && module.kinds.valuesOf(node).length !== 1)) return false;
  if (kind === 'threading.Condition' && made.child('arguments')?.children.length !== 0) return false;
  return all.every((each) => each.made !== made || each.way === 'own');
}

function makingFix(module: Module, { made }: Wrong): RuleFinding['fix'] {
  const callee = made.child('function');
  const object = callee?.type === 'attribute' ? callee.child('object') : undefined;
  const name = nameOfMultiprocessing(module);
  if (object?.type !== 'identifier' || !name) return undefined;
  return { title: 'Make it one of multiprocessing', edits: [replace(object, name)] };
}

/** The name under which the top level imports it whole. */
function nameOfMultiprocessing(module: Module): string | undefined {
  for (const statement of module.all('import_statement')) {
    if (statement.parent !== module.root) continue;
    for (const each of statement.children) {
      if (each.type === 'dotted_name' && each.text === 'multiprocessing') return each.text;
      if (each.child('name')?.text === 'multiprocessing') return each.child('alias')?.text;
    }
  }
  return undefined;
}
