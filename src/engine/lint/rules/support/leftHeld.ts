/**
 * The ways from an `acquire()` to the `release()` of the same lock, and those that miss it.
 *
 * The statements behind the acquire are walked with the lock held. A walk ends where it is released, where the function
 * is left, or where it cannot be told any more what happens: then nothing is said.
 */
import { isFunction, type SyntaxNode } from '../../syntax/node';

/** What makes the release be missed. */
export interface Leak {
  readonly node: SyntaxNode;
  /** leaves: by `return` and its like. raises: when something raises there. before: when it does before the lock is taken. */
  readonly how: 'leaves' | 'raises' | 'before';
}

/** What happens at the end of some statements: released on all ways, held on some, not to be told. */
type End = 'released' | 'held' | 'unknown';

const LEAVING = /^(return|break|continue|raise)_statement$/;
const RAISING: ReadonlySet<string> = new Set([
  'call',
  'subscript',
  'await',
  'yield',
  'assert_statement',
  'delete_statement',
  'import_statement',
  'import_from_statement',
  'list_comprehension',
  'set_comprehension',
  'dictionary_comprehension',
  'ERROR',
]);
const CATCHES_ALL = /^(BaseException|Exception)$/;

/** `releases` are the calls that release the lock, `isHarmless` tells of a part of the code that it does not raise. */
export class LeftHeld {
  private readonly leaks: Leak[] = [];
  /** How many of them lie before a release: of what comes behind the last one, nothing is known. */
  private confirmed = 0;

  constructor(
    private readonly releases: readonly SyntaxNode[],
    private readonly isHarmless: (node: SyntaxNode) => boolean,
  ) {}

  /** From behind a statement to the end of its function. */
  behind(statement: SyntaxNode): readonly Leak[] {
    if (this.isProtected(statement)) return [];
    let end: End = 'held';
    for (let at = statement; end === 'held'; ) {
      const block = at.parent;
      if (!block) break;
      end = this.statements(block.children.slice(block.children.indexOf(at) + 1), false);
      const owner = block.parent;
      if (!owner || isFunction(owner) || block.type === 'module' || end !== 'held') break;
      const around = goesOnBehind(owner, block);
      if (!around) break;
      at = around;
    }
    return this.leaks.slice(0, this.confirmed);
  }

  /** Through a block, and no further. */
  inside(block: SyntaxNode): readonly Leak[] {
    this.statements(block.children, false);
    return this.leaks.slice(0, this.confirmed);
  }

  /** A `try` is around it that releases whatever is raised in it. */
  private isProtected(statement: SyntaxNode): boolean {
    for (let at = statement; at.parent && !isFunction(at.parent); at = at.parent) {
      const around = at.parent;
      if (around.type !== 'try_statement' || at.field !== 'body') continue;
      const handler = around.children.find((each) => each.type === 'except_clause' && catchesAll(each));
      if (this.isReleasedFinally(around) || (handler && this.hasRelease(handler))) return true;
    }
    return false;
  }

  /** `isLoop`: a loop is around them whose `break` stays in what is walked. */
  private statements(list: readonly SyntaxNode[], isLoop: boolean): End {
    for (const statement of list) {
      const end = this.statement(statement, isLoop);
      if (end !== 'held') return end;
    }
    return 'held';
  }

  private statement(statement: SyntaxNode, isLoop: boolean): End {
    if (statement.children.some((child) => this.releases.includes(child))) {
      return this.release();
    }
    if (LEAVING.test(statement.type)) return this.leave(statement, isLoop);
    switch (statement.type) {
      case 'function_definition':
      case 'decorated_definition':
      case 'class_definition':
        return 'held';
      case 'if_statement':
        return this.choice(statement, isLoop);
      case 'try_statement':
        return this.attempt(statement, isLoop);
      case 'while_statement':
      case 'for_statement':
        return this.loop(statement);
      case 'with_statement': {
        const clause = statement.childOfType('with_clause');
        if (clause) this.mayRaise(clause);
        return this.statements(statement.child('body')?.children ?? [], isLoop);
      }
      case 'match_statement':
        return this.hasRelease(statement) ? 'unknown' : this.simple(statement);
      default:
        return this.simple(statement);
    }
  }

  private release(): End {
    this.confirmed = this.leaks.length;
    return 'released';
  }

  private simple(statement: SyntaxNode): End {
    this.mayRaise(statement);
    return 'held';
  }

  private leave(statement: SyntaxNode, isLoop: boolean): End {
    const isInLoop = isLoop && /^(break|continue)_statement$/.test(statement.type);
    if (isInLoop) return 'held';
    if (statement.type === 'break_statement' && this.isReleasedBehind(statement)) return 'unknown';
    this.leaks.push({ node: statement, how: 'leaves' });
    return 'released';
  }

  /** Behind the loop that is left by `break`, it may be released. */
  private isReleasedBehind(statement: SyntaxNode): boolean {
    const loop = statement.ancestor('while_statement', 'for_statement');
    return this.releases.some(({ start }) => loop !== undefined && start > loop.end);
  }

  private choice(statement: SyntaxNode, isLoop: boolean): End {
    const ends: End[] = [];
    let hasElse = false;
    for (const child of statement.children) {
      if (child.field === 'condition') this.mayRaise(child);
      if (child.type === 'elif_clause') this.mayRaise(child.child('condition') ?? child);
      const block = child.type === 'block' ? child : (child.child('consequence') ?? child.child('body'));
      if (child.field === 'condition' || !block) continue;
      hasElse ||= child.type === 'else_clause';
      ends.push(this.statements(block.children, isLoop));
    }
    return joined(hasElse ? ends : [...ends, 'held']);
  }

  private loop(statement: SyntaxNode): End {
    if (this.hasRelease(statement)) return 'unknown';
    const head = statement.child('condition');
    if (statement.type === 'for_statement') this.leaks.push({ node: statement, how: 'raises' });
    else if (head) this.mayRaise(head);
    return this.statements(statement.child('body')?.children ?? [], true);
  }

  private attempt(statement: SyntaxNode, isLoop: boolean): End {
    if (this.isReleasedFinally(statement)) {
      return this.release();
    }
    const handlers = statement.children.filter(({ type }) => type === 'except_clause');
    const all = handlers.find(catchesAll);
    const known = this.leaks.length;
    const body = this.statements(statement.child('body')?.children ?? [], isLoop);
    if (all) this.forget(known, all);
    const others = [...handlers.map(blockOf), blockOf(statement.childOfType('else_clause'))];
    const ends = others.flatMap((block) => (block ? [this.statements(block.children, isLoop)] : []));
    const hasElse = statement.childOfType('else_clause') !== undefined;
    const end = joined(hasElse && body === 'held' ? ends : [body, ...ends]);
    const last = blockOf(statement.childOfType('finally_clause'));
    return end === 'held' && last ? this.statements(last.children, isLoop) : end;
  }

  /** What is raised in the body goes to a handler, which may release it and then lets even returns be meant. */
  private forget(known: number, handler: SyntaxNode): void {
    const isReleasedThere = this.hasRelease(handler);
    const kept = this.leaks.splice(known).filter(({ how }) => how === 'leaves' && !isReleasedThere);
    this.leaks.push(...kept);
    this.confirmed = Math.min(this.confirmed, this.leaks.length);
  }

  private isReleasedFinally(statement: SyntaxNode): boolean {
    const last = statement.childOfType('finally_clause');
    return last !== undefined && this.hasRelease(last);
  }

  private hasRelease(node: SyntaxNode): boolean {
    return this.releases.some((release) => node.contains(release));
  }

  private mayRaise(node: SyntaxNode): void {
    const found = raisingIn(node, this.isHarmless);
    if (found) this.leaks.push({ node: found, how: 'raises' });
  }
}

/** The statement behind which it goes on when the block of another one has ended; undefined when that is not clear. */
function goesOnBehind(owner: SyntaxNode, block: SyntaxNode): SyntaxNode | undefined {
  if (owner.type === 'if_statement' || owner.type === 'with_statement') return owner;
  if (/^(elif_clause|else_clause)$/.test(owner.type) && owner.parent?.type === 'if_statement') return owner.parent;
  return owner.type === 'try_statement' && block.field === 'body' ? owner : undefined;
}

/** The first part of a piece of code that can raise. */
export function raisingIn(node: SyntaxNode, isHarmless: (node: SyntaxNode) => boolean): SyntaxNode | undefined {
  if (RAISING.has(node.type) && !isHarmless(node)) return node;
  if (isFunction(node) || node.type === 'class_definition') return undefined;
  for (const child of node.children) {
    const found = raisingIn(child, isHarmless);
    if (found) return found;
  }
  return undefined;
}

function catchesAll(handler: SyntaxNode): boolean {
  const value = handler.children.find(({ type }) => type !== 'block');
  const named = value?.type === 'as_pattern' ? value.children[0] : value;
  return named === undefined || CATCHES_ALL.test(named.text);
}

function blockOf(clause: SyntaxNode | undefined): SyntaxNode | undefined {
  return clause?.child('body') ?? clause?.childOfType('block');
}

function joined(ends: readonly End[]): End {
  if (ends.includes('unknown')) return 'unknown';
  return ends.includes('held') ? 'held' : 'released';
}
