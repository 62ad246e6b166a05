import { indentationOf, isOnOwnLines, mayHaveComment, removeLines, replace } from '../edits';
import type { TextEdit } from '../finding';
import { isProcessLock, isThreadLock } from '../model/kindNames';
import type { Module } from '../model/module';
import type { LintRule } from '../rule';
import { type SyntaxNode, statementOf } from '../syntax/node';
import { branchesAround, isShared, thingOf } from './support/conditions';
import { isSetUp, mayBeGuarded } from './support/surroundings';

export const THR117: LintRule = {
  id: 'THR117',
  name: 'lazily-created-lock',
  title: 'A lock is made when it is first needed',
  severity: 'error',
  observedAs: ['race.lazy-init'],
  check(module, report) {
    for (const assignment of module.all('assignment')) {
      const call = assignment.child('right');
      if (call?.type !== 'call') continue;
      const kind = module.kinds.nameOf(call);
      if (!isGuard(kind)) continue;
      const target = targetsOf(assignment).find((each) => isShared(module, each));
      const method = module.function(assignment);
      if (!target || !method) continue;
      const test = missingTest(target.key, assignment);
      if (!test || isSetUp(module, method) || mayBeGuarded(module, assignment)) continue;
      const edits = test.type === 'if_statement' ? fixOf(module, test, assignment) : [];
      report({
        node: call,
        message: `Two threads that come first at once each make a ${kind} for ${target.key}, and each takes its own. Make it before the threads start.`,
        related: [{ node: test.child('condition') ?? test, text: 'here it is found to be missing' }],
        ...(edits.length > 0 ? { fix: { title: 'Make it once', edits } } : {}),
      });
    }
  },
};

function isGuard(kind: string): boolean {
  return isThreadLock(kind) || isProcessLock(kind) || /^(threading|multiprocessing)\.(Event|Barrier|local)$/.test(kind);
}

/** What is assigned to, also by `a = self.x = …`. */
function targetsOf(assignment: SyntaxNode): { readonly key: string; readonly base: SyntaxNode }[] {
  const found: { readonly key: string; readonly base: SyntaxNode }[] = [];
  for (let at: SyntaxNode | null = assignment; at?.type === 'assignment'; at = at.parent) {
    const left = at.child('left');
    const key = left?.type === 'identifier' ? undefined : thingOf(left);
    if (key) found.push(key);
    if (left?.type === 'identifier') found.push({ key: left.text, base: left });
  }
  return found;
}

/** The `if` or `except` that says it is missing. */
function missingTest(key: string, assignment: SyntaxNode): SyntaxNode | undefined {
  const branch = branchesAround(assignment).find(({ tests }) =>
    tests.some(({ thing, says }) => says === 'missing' && thing.key === key),
  );
  if (branch) return branch.statement;
  const handler = assignment.ancestor('except_clause', 'function_definition');
  if (handler?.type !== 'except_clause') return undefined;
  if (!/\b(AttributeError|KeyError|NameError)\b/.test(handler.child('value')?.text ?? '')) return undefined;
  const tried = handler.parent?.child('body')?.all() ?? [];
  const isRead = tried.some(
    (each) => /^(identifier|attribute|subscript)$/.test(each.type) && thingOf(each)?.key === key,
  );
  return isRead ? handler : undefined;
}

/** Makes it where it is set to None now, or by `setdefault`; nothing where that is not all. */
function fixOf(module: Module, test: SyntaxNode, assignment: SyntaxNode): TextEdit[] {
  const statement = statementOf(assignment);
  const isAll =
    test.child('alternative') === undefined &&
    test.child('consequence')?.children.length === 1 &&
    statement.parent === test.child('consequence') &&
    statement.children[0] === assignment;
  const isClean = isAll && isOnOwnLines(module, test) && !mayHaveComment(module, test.start, statement.start);
  const left = assignment.child('left');
  const right = assignment.child('right');
  if (!isClean || !left || !right) return [];
  if (left.type === 'subscript') {
    const object = left.child('value');
    if (module.kinds.nameOf(object) !== 'dict' || test.child('condition')?.type !== 'comparison_operator') return [];
    const text = `${object?.text}.setdefault(${left.child('subscript')?.text}, ${right.text})`;
    return right.text.includes('\n') ? [] : [{ start: test.start, end: statement.end, text }];
  }
  const start = valueAtStart(module, left);
  const isInBlockOfOthers = (test.parent?.children.length ?? 0) > 1;
  if (!start || !isInBlockOfOthers || indentationOf(module, test) === '') return [];
  return [replace(start, right.text), removeLines(module, test)];
}

const COPIES = ['__getstate__', '__setstate__', '__reduce__', '__reduce_ex__', '__copy__', '__deepcopy__'];

/** The None that the class's own `__init__` assigns to an attribute. */
function valueAtStart(module: Module, attribute: SyntaxNode): SyntaxNode | undefined {
  const name = module.definitions.selfAttribute(attribute);
  const model = module.definitions.classAround(attribute);
  if (!name || !model || COPIES.some((each) => module.definitions.method(model, each))) return undefined;
  const found = module.attributes.of(model, name).filter(({ value }) => value?.type === 'none');
  const [only] = found;
  const isOwn = only?.method?.name === '__init__' && only.method.owner === model && found.length === 1;
  return isOwn && statementOf(only.node).parent === only.method?.node.child('body') ? only.value : undefined;
}
