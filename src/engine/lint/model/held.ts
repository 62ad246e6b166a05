/** Which locks are held where: by `with`, from `acquire` to `release`, as a comment demands, or because all callers hold them. */
import { functionAround, type SyntaxNode, statementOf } from '../syntax/node';
import type { CallGraph } from './callGraph';
import type { Declarations } from './comments';
import type { Definitions, FunctionModel } from './definitions';
import { addTo } from './listsByKey';
import type { Lock, Locks } from './locks';

export interface Held {
  readonly lock: Lock;
  /** Where it is taken: the item of the `with`, the call of `acquire`; the function, when its callers or a comment say so. */
  readonly node: SyntaxNode;
  readonly how: 'with' | 'acquire' | 'requires' | 'callers';
}

/** A piece of a function in which a lock is held. */
export interface Section extends Held {
  /** Offsets of its first character and behind its last. */
  readonly start: number;
  readonly end: number;
  /** What is executed with it: the `with` statement, the `acquire` statement. */
  readonly statement: SyntaxNode;
  /** Where it ends is not certain, since no `release` follows in the same block. */
  readonly isOpen: boolean;
}

/** A call of `acquire` or `release` of a known lock. */
export interface LockCall {
  readonly call: SyntaxNode;
  readonly method: 'acquire' | 'release';
  readonly lock: Lock;
}

interface Gap {
  readonly id: string;
  readonly from: number;
  readonly until: number;
}

const MOST_DEPTH = 4;
const NAMES_OF_HELD = /_(un)?locked$|_nolock$|_no_lock$|_with_lock$|_lock_held$/i;
const WORDS_OF_HELD =
  /\b(lock(ed)?|mutex)\b[^.]{0,60}\b(held|hold|holding|acquired|taken|owned)\b|\b(hold|holds|holding|acquire[sd]?|with)\b[^.]{0,60}\b(lock|mutex)\b/i;

export class HeldLocks {
  private readonly sectionsOf = new Map<SyntaxNode | null, Section[]>();
  /** Where a lock is given back inside a section of it, up to where it is taken again or the block ends. */
  private readonly gaps = new Map<SyntaxNode | null, Gap[]>();
  private readonly lockCalls = new Map<SyntaxNode | null, LockCall[]>();
  private readonly byCallers = new Map<FunctionModel, readonly Held[]>();

  constructor(
    private readonly definitions: Definitions,
    private readonly locks: Locks,
    private readonly graph: CallGraph,
    private readonly declarations: Declarations,
    withItems: readonly SyntaxNode[],
    calls: readonly SyntaxNode[],
  ) {
    for (const item of withItems) this.addWith(item);
    for (const call of calls) this.addLockCall(call);
    for (const [key, found] of this.lockCalls) this.addGaps(key, found);
  }

  /** All sections, in no order. */
  sections(): Section[] {
    return [...this.sectionsOf.values()].flat();
  }

  /** Sections in the body of a function or lambda itself, or of the top level and the bodies of classes. */
  sectionsIn(node: SyntaxNode | undefined): readonly Section[] {
    return this.sectionsOf.get(node ?? null) ?? [];
  }

  /** Calls of `acquire` and `release` in the body of a function or lambda itself, or outside of all. */
  lockCallsIn(node: SyntaxNode | undefined): readonly LockCall[] {
    return this.lockCalls.get(node ?? null) ?? [];
  }

  /** Sections of the function around a node, or of the module's top level, that the node is in; inner ones last. */
  sectionsAt(node: SyntaxNode): Section[] {
    const key = functionAround(node) ?? null;
    const { start } = node;
    const gaps = this.gaps.get(key) ?? [];
    const isGap = ({ lock, start: from }: Section): boolean =>
      gaps.some((gap) => gap.id === lock.id && from <= gap.from && gap.from <= start && start < gap.until);
    return (this.sectionsOf.get(key) ?? [])
      .filter((section) => section.start <= start && start < section.end && !isGap(section))
      .sort((a, b) => a.start - b.start);
  }

  /** What is held at a node. */
  at(node: SyntaxNode): Held[] {
    const around = this.definitions.around(node);
    return [...this.sectionsAt(node), ...(around ? this.onEntry(around) : [])];
  }

  isHeldAt(node: SyntaxNode, id: string): boolean {
    return this.at(node).some(({ lock }) => lock.id === id);
  }

  /** What is held whenever a function is called: by what is written beside it, or in a private one, by all its callers. */
  onEntry(model: FunctionModel): readonly Held[] {
    return this.entry(model, 0);
  }

  /** Its name or its text says that a lock is held when it is called; which one, is not known. */
  mayHoldOnEntry({ name, node }: FunctionModel): boolean {
    const first = node.child('body')?.children[0]?.children[0];
    return NAMES_OF_HELD.test(name) || (first?.type === 'string' && WORDS_OF_HELD.test(first.text));
  }

  private entry(model: FunctionModel, depth: number): readonly Held[] {
    const known = this.byCallers.get(model);
    if (known) return known;
    if (depth >= MOST_DEPTH) return [];
    this.byCallers.set(model, []);
    const required = this.declarations.requiredWords(model.node).flatMap((words) => {
      const lock = this.locks.named(words, model);
      return lock ? [{ lock, node: model.node, how: 'requires' as const }] : [];
    });
    const found = [...required, ...this.heldByCallers(model, depth)];
    this.byCallers.set(model, found);
    return found;
  }

  /** What each of the calls of a private function holds; nothing when it may be called from elsewhere. */
  private heldByCallers(model: FunctionModel, depth: number): Held[] {
    if (!/^_(?!_.*__$)/.test(model.name) || this.graph.isPassedOn(model)) return [];
    const calls = this.graph.callsOf(model);
    if (calls.length === 0) return [];
    const heldAt = calls.map(({ node, caller }) => [
      ...this.sectionsAt(node),
      ...(caller ? this.entry(caller, depth + 1) : []),
    ]);
    const [first = [], ...others] = heldAt;
    return first
      .filter(({ lock }) => others.every((held) => held.some((each) => each.lock.id === lock.id)))
      .map(({ lock }) => ({ lock, node: model.node, how: 'callers' as const }));
  }

  private addWith(item: SyntaxNode): void {
    const value = withValue(item);
    const lock = this.locks.of(value);
    const statement = item.ancestor('with_statement');
    const body = statement?.child('body');
    if (!lock || !value || !statement || !body) return;
    // What follows in the same `with` is evaluated with it held.
    this.add({ lock, node: value, how: 'with', statement, start: item.end, end: body.end, isOpen: false });
  }

  private addLockCall(call: SyntaxNode): void {
    const callee = call.child('function');
    const method = callee?.type === 'attribute' ? callee.child('attribute')?.text : undefined;
    if (method === 'enter_context' || method === 'enter_async_context') this.addEntered(call);
    if (method !== 'acquire' && method !== 'release') return;
    const lock = this.locks.of(callee?.child('object'));
    if (!lock) return;
    addTo(this.lockCalls, functionAround(call) ?? null, { call, method, lock });
    if (method === 'acquire') this.addAcquire(call, lock);
  }

  private addAcquire(call: SyntaxNode, lock: Lock): void {
    const statement = statementOf(call);
    const start = heldFrom(call, statement);
    if (!start) return;
    const isIt = (node: SyntaxNode | undefined): boolean => this.locks.of(node)?.id === lock.id;
    const end = releaseBehind(start.behind, isIt) ?? releaseAround(start.behind, isIt);
    const isOpen = end === undefined;
    this.add({ lock, node: call, how: 'acquire', statement, start: start.offset, end: end ?? start.until, isOpen });
  }

  private addGaps(key: SyntaxNode | null, calls: readonly LockCall[]): void {
    for (const { call, method, lock } of calls) {
      const block = method === 'release' ? statementOf(call).parent : undefined;
      if (!block) continue;
      const until = calls
        .filter((each) => each.method === 'acquire' && each.lock.id === lock.id)
        .map((each) => each.call)
        .filter(({ start }) => start > call.end && start < block.end)
        .reduce((least, { end }) => Math.min(least, end), block.end);
      addTo(this.gaps, key, { id: lock.id, from: call.end, until });
    }
  }

  /** `stack.enter_context(lock)`: as far as can be seen until the end of the block in which it stands. */
  private addEntered(call: SyntaxNode): void {
    const value = call.child('arguments')?.children[0];
    const lock = this.locks.of(value);
    const statement = statementOf(call);
    const block = statement.parent;
    if (!lock || !value || statement.type !== 'expression_statement' || !block) return;
    this.add({ lock, node: value, how: 'with', statement, start: statement.end, end: block.end, isOpen: false });
  }

  private add(section: Section): void {
    addTo(this.sectionsOf, functionAround(section.node) ?? null, section);
  }
}

/** The context manager of an item of a `with`. */
export function withValue(item: SyntaxNode): SyntaxNode | undefined {
  const value = item.child('value') ?? item.children[0];
  return value?.type === 'as_pattern' ? value.children[0] : value;
}

interface Start {
  readonly offset: number;
  /** The statement behind which it is held. */
  readonly behind: SyntaxNode;
  /** Where the block ends in which it is. */
  readonly until: number;
}

/** From where on a call of `acquire` has taken its lock. */
function heldFrom(call: SyntaxNode, statement: SyntaxNode): Start | undefined {
  const until = statement.parent?.end ?? statement.end;
  if (/^(expression_statement|return_statement)$/.test(statement.type))
    return { offset: statement.end, behind: statement, until };
  if (statement.type !== 'if_statement') return undefined;
  const condition = statement.child('condition');
  const body = statement.child('consequence');
  if (!condition?.contains(call) || !body) return undefined;
  // `if not lock.acquire(…): return` holds it behind, `if lock.acquire(…):` inside.
  const isNegated = call.parent?.type === 'not_operator';
  if (isNegated) return { offset: statement.end, behind: statement, until };
  const first = body.children[0];
  return first && { offset: first.start, behind: first, until: body.end };
}

/** Offset of the first `release` in the statements from the one behind `statement` on, also in a `finally` of one of them. */
function releaseBehind(statement: SyntaxNode, isIt: (object: SyntaxNode | undefined) => boolean): number | undefined {
  const siblings = statement.parent?.children ?? [];
  const from = siblings.indexOf(statement);
  for (const each of siblings.slice(from)) {
    const release = releaseIn(each, isIt);
    if (release) return release.start;
    const last = each.type === 'try_statement' ? each.childOfType('finally_clause') : undefined;
    const inFinally = last
      ?.childOfType('block')
      ?.children.map((child) => releaseIn(child, isIt))
      .find(Boolean);
    if (inFinally) return inFinally.start;
  }
  return undefined;
}

/** Offset of the end of the body of a `try` that a statement is in, whose `finally` releases. */
function releaseAround(statement: SyntaxNode, isIt: (object: SyntaxNode | undefined) => boolean): number | undefined {
  const body = statement.parent;
  const around = body?.parent;
  if (around?.type !== 'try_statement' || body?.field !== 'body') return undefined;
  const last = around.childOfType('finally_clause')?.childOfType('block');
  return last?.children.some((child) => releaseIn(child, isIt)) ? body.end : undefined;
}

/** The call of `release` that a statement consists of. */
function releaseIn(statement: SyntaxNode, isIt: (object: SyntaxNode | undefined) => boolean): SyntaxNode | undefined {
  const call = statement.type === 'expression_statement' ? statement.children[0] : undefined;
  const callee = call?.type === 'call' ? call.child('function') : undefined;
  const isRelease =
    callee?.type === 'attribute' && callee.child('attribute')?.text === 'release' && isIt(callee.child('object'));
  return isRelease ? call : undefined;
}
