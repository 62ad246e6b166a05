/** Threads that run on behind a place: started there or in a function that was called, and not joined since. */
import type { FunctionModel } from '../../model/definitions';
import { qualifiedName } from '../../model/imports';
import type { Module } from '../../model/module';
import { bodyNodes, functionAround, type SyntaxNode, statementOf } from '../../syntax/node';

const THREADS = /^threading\.(Thread|Timer)$/;
const POOLS = /^(concurrent\.futures\.ThreadPoolExecutor|multiprocessing\.pool\.ThreadPool)$/;
const ENDS = /^(join|shutdown|terminate|cancel)$/;
const FORKS = /^(os\.fork|os\.forkpty|pty\.fork)$/;

/** Whether it is a call of `os.fork` or its like. */
export function isForkCall(call: SyntaxNode): boolean {
  return FORKS.test(qualifiedName(call.child('function')) ?? '');
}

/** For one version of a module: which functions leave threads behind. */
export class LiveThreads {
  private readonly left = new Map<FunctionModel, SyntaxNode | undefined>();

  constructor(private readonly module: Module) {}

  /** Where a thread is started that runs at a node: in the function around it or at the top level. */
  before(node: SyntaxNode): SyntaxNode | undefined {
    return this.startIn(functionAround(node) ?? this.module.root, node);
  }

  /** Where the import of the file starts a thread, whoever imports it. */
  atImport(): SyntaxNode | undefined {
    return this.startIn(this.module.root, undefined);
  }

  private startIn(owner: SyntaxNode, until: SyntaxNode | undefined): SyntaxNode | undefined {
    const calls = bodyNodes(owner).filter(({ type, start }) => type === 'call' && start < (until?.start ?? owner.end));
    const fork = calls.find(isForkCall);
    for (const call of calls) {
      // What follows a fork may be the child's.
      if (fork && fork.start <= call.start && fork !== until) return undefined;
      if (owner.type === 'module' && !until && isInMain(call)) continue;
      const isStart = this.isThreadStart(call);
      const callee = isStart ? undefined : this.module.definitions.callee(call);
      if (!isStart && !(callee && this.leftBy(callee))) continue;
      const end = until?.start ?? owner.end;
      const isOver = isStart
        ? this.isEnded(call, calls, end)
        : calls.some((each) => isBetween(each, call, end) && isEnd(each));
      if (isOver || calls.some((each) => isBetween(each, call, end) && this.endsThreads(each))) continue;
      if (until && !mayLeadTo(call, until)) continue;
      return call;
    }
    return undefined;
  }

  /** Where a function starts a thread that runs on when it returns. */
  private leftBy(model: FunctionModel): SyntaxNode | undefined {
    if (this.left.has(model)) return this.left.get(model);
    this.left.set(model, undefined);
    const found = model.isAsync ? undefined : this.startIn(model.node, undefined);
    this.left.set(model, found);
    return found;
  }

  private isThreadStart(call: SyntaxNode): boolean {
    const callee = call.child('function');
    const method = callee?.type === 'attribute' ? callee.child('attribute')?.text : undefined;
    if (method !== 'start' && method !== 'submit' && method !== 'map' && method !== 'apply_async') return false;
    const kind = this.module.kinds.nameOf(callee?.child('object'));
    return method === 'start' ? THREADS.test(kind) : POOLS.test(kind);
  }

  /** A call of a function of the module that joins something. */
  private endsThreads(call: SyntaxNode): boolean {
    const model = this.module.definitions.callee(call);
    return model !== undefined && bodyNodes(model.node).some((each) => each.type === 'call' && isEnd(each));
  }

  /** The thread is joined before an offset, or the `with` of its pool is left. */
  private isEnded(start: SyntaxNode, calls: readonly SyntaxNode[], until: number): boolean {
    const object = start.child('function')?.child('object');
    const made = this.module.kinds.of(object)?.made;
    const around = made?.ancestor('with_statement');
    const isInHead = made?.ancestor('with_item') !== undefined;
    if (isInHead && around && around.end <= until) return true;
    return calls.some((each) => {
      if (!isEnd(each) || !isBetween(each, start, until)) return false;
      const joined = each.child('function')?.child('object');
      return joined?.text === object?.text || (made !== undefined && this.module.kinds.of(joined)?.made === made);
    });
  }
}

function isBetween({ start }: SyntaxNode, from: SyntaxNode, until: number): boolean {
  return from.start < start && start < until;
}

function isEnd(call: SyntaxNode): boolean {
  const callee = call.child('function');
  return callee?.type === 'attribute' && ENDS.test(callee.child('attribute')?.text ?? '');
}

/** Under an `if` that asks for the module's name. */
function isInMain(node: SyntaxNode): boolean {
  for (let at = node.parent; at; at = at.parent) {
    if (at.type === 'if_statement' && at.child('condition')?.text.includes('__name__')) return true;
  }
  return false;
}

/** Whether the one can run before the other: not in another branch, nor in one that leaves. */
function mayLeadTo(node: SyntaxNode, goal: SyntaxNode): boolean {
  for (let at = statementOf(node); at.parent; at = statementOf(at.parent)) {
    const block = at.parent;
    if (block.contains(goal)) return true;
    if (block.children.some(({ type }) => /^(return|raise)_statement$/.test(type))) return false;
    const statement = block.parent;
    const branches = statement && /^(elif_clause|else_clause)$/.test(statement.type) ? statement.parent : statement;
    if (branches?.type === 'if_statement' && branches.contains(goal)) return false;
    if (!statement) return true;
  }
  return true;
}
