import { indentationOf, insert, lineEndOf, lineStart, removeLines, replace } from '../edits';
import { withValue } from '../model/held';
import { isLock } from '../model/kindNames';
import type { Module } from '../model/module';
import { bindingScope, scopeOf } from '../model/scopes';
import type { LintRule, RuleFinding } from '../rule';
import { functionAround, isFunction, type SyntaxNode, statementOf } from '../syntax/node';

/** A lock that only one call has, with the `with` statements that take it. */
interface OwnLock {
  readonly made: SyntaxNode;
  readonly uses: readonly SyntaxNode[];
  /** `lock = Lock()`, where it has a name. */
  readonly assignment: SyntaxNode | undefined;
}

const NAME = '_lock';

export const THR101: LintRule = {
  id: 'THR101',
  name: 'lock-created-at-use',
  title: 'A lock that is made where it is used protects nothing',
  severity: 'error',
  alsoReportedBy: { ruff: ['PLW2101'], pylint: ['W2101'] },
  check(module, report) {
    const found = ownLocks(module);
    for (const own of found) {
      const kind = module.kinds.nameOf(own.made);
      const fix = found.length === 1 ? fixOf(module, own) : undefined;
      report({
        node: own.made,
        message: `Each call makes a ${kind} of its own here, so it keeps nobody out. Make it once, where all who need it find it.`,
        ...(fix ? { fix } : {}),
      });
    }
  },
};

function ownLocks(module: Module): OwnLock[] {
  const found = new Map<SyntaxNode, OwnLock>();
  for (const item of module.all('with_item')) {
    const value = withValue(item);
    if (!value) continue;
    if (value.type === 'call' && isPlainLock(module, value))
      found.set(value, { made: value, uses: [value], assignment: undefined });
    const own = value.type === 'identifier' ? namedLock(module, value) : undefined;
    if (own) found.set(own.made, own);
  }
  return [...found.values()];
}

/** One that the function makes, binds once and uses for nothing but `with`. */
function namedLock(module: Module, name: SyntaxNode): OwnLock | undefined {
  const scope = bindingScope(name, name.text);
  const [binding, ...others] = scope?.bindings.get(name.text) ?? [];
  const made = binding?.kind === 'assign' && others.length === 0 ? binding.value : undefined;
  if (!scope || !binding || !made || !isFunction(scope.node) || !isPlainLock(module, made)) return undefined;
  if (scope.globals.has(name.text) || scope.nonlocals.has(name.text)) return undefined;
  const assignment = statementOf(binding.node);
  if (made.parent !== assignment.children[0] || binding.node.parent !== made.parent) return undefined;
  const uses = scope.node.all().filter(({ type, text }) => type === 'identifier' && text === name.text);
  const isOnlyWith = uses.every(
    (use) => use === binding.node || (isContext(use) && functionAround(use) === scope.node),
  );
  return isOnlyWith ? { made, uses: uses.filter((use) => use !== binding.node), assignment } : undefined;
}

function isContext(node: SyntaxNode): boolean {
  const item = node.parent?.type === 'as_pattern' ? node.parent.parent : node.parent;
  return item?.type === 'with_item';
}

/** A call that makes a lock of its own: `Condition(lock)` has that of others. */
function isPlainLock(module: Module, node: SyntaxNode): boolean {
  const kind = module.kinds.of(node);
  if (node.type !== 'call' || !kind || kind.made !== node || !isLock(kind.name) || kind.instanceOf) return false;
  return !kind.name.endsWith('.Condition') || (node.child('arguments')?.children.length ?? 0) === 0;
}

/** Made once, above what is at the top level of the file. */
function fixOf(module: Module, { made, uses, assignment }: OwnLock): RuleFinding['fix'] {
  const [use] = uses;
  const top = use && topLevel(use);
  const section = use?.ancestor('with_statement')?.child('body');
  const isFree = !scopeOf(module.root).bindings.has(NAME) && !new RegExp(`\\b${NAME}\\b`).test(module.text);
  if (!use || !top || !section || !isFree || uses.length !== 1 || made.text.includes('\n')) return undefined;
  if (indentationOf(module, top) !== '' || callsOwnFunctions(module, section)) return undefined;
  const end = lineEndOf(module);
  const definition = `${NAME} = ${made.text}${end}${end}${end}`;
  const edits = [insert(lineStart(module, top.start), definition), replace(use, NAME)];
  return { title: 'Make the lock once', edits: assignment ? [...edits, removeLines(module, assignment)] : edits };
}

/** The function or class of the top level in which a node is; undefined when that is not the file's own. */
function topLevel(node: SyntaxNode): SyntaxNode | undefined {
  let at = node;
  while (at.parent && at.parent.type !== 'module') at = at.parent;
  return /^(function_definition|class_definition|decorated_definition)$/.test(at.type) ? at : undefined;
}

function callsOwnFunctions(module: Module, section: SyntaxNode): boolean {
  return section.all().some((node) => node.type === 'call' && module.definitions.callee(node) !== undefined);
}
