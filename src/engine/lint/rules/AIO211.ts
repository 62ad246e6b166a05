import {
  indent,
  indentationOf,
  indentationStep,
  insert,
  isOnOwnLines,
  lineEndOf,
  lineStart,
  lineStop,
  nextLine,
  stringsIn,
} from '../edits';
import type { TextEdit } from '../finding';
import { canFollow } from '../model/flow';
import { isAsyncLock } from '../model/kindNames';
import type { Module } from '../model/module';
import { suspensionsOf } from '../model/suspensions';
import type { LintRule, Report } from '../rule';
import { functionAround, type SyntaxNode, statementOf } from '../syntax/node';
import { coroutineAround, isAwaitedAcquire, mainCoroutines } from './support/coroutines';
import { catchOf } from './support/handlers';
import { lonelyWaiters } from './support/waiters';

export const AIO211: LintRule = {
  id: 'AIO211',
  name: 'release-not-cancel-safe',
  title: 'Cancellation loses what was taken',
  severity: 'warning',
  observedAs: ['hazard.lock-left-held'],
  check(module, report) {
    for (const call of module.calls.ofMethod('acquire')) checkAcquire(module, call, report);
    for (const { awaited, woken } of lonelyWaiters(module)) {
      report({
        node: awaited,
        message:
          'When this task is cancelled after its turn has come, it does not take its turn and wakes nobody else. Catch the cancellation, wake the next one, and raise it again.',
        related: [{ node: woken, text: 'one waiter is woken here' }],
      });
    }
  },
};

function checkAcquire(module: Module, call: SyntaxNode, report: Report): void {
  const around = coroutineAround(call);
  const object = call.child('function')?.child('object');
  const statement = statementOf(call);
  if (!around || !object || statement.type !== 'expression_statement' || !isAwaitedAcquire(call)) return;
  const model = module.definitions.function(around);
  if (model && mainCoroutines(module).has(model)) return;
  const kind = module.kinds.of(object);
  if (kind?.name && !isAsyncLock(kind.name)) return;
  // One that the function makes for itself.
  if (kind?.made && functionAround(kind.made) === around) return;
  const given = module.calls
    .ofMethod('release')
    .filter((each) => around.contains(each) && each.child('function')?.child('object')?.text === object.text);
  const releases = given.filter((each) => each.start > statement.end).sort((a, b) => a.start - b.start);
  const [first] = releases;
  if (!first || given.some((each) => functionAround(each) !== around)) return;
  const suspension = suspensionsOf(around).find(
    (each) =>
      each.start > statement.end &&
      each.start < first.start &&
      !(each.type === 'await' && each.contains(first)) &&
      canFollow(statement, each) &&
      releases.some((release) => canFollow(each, release)) &&
      !isProtected(each, releases, around),
  );
  if (!suspension) return;
  const edits = given.length === 1 ? tryFinally(module, statement, statementOf(first)) : [];
  report({
    node: call,
    message: `When this task is cancelled before ${object.text}.release(), what it took is never given back. Release in a finally.`,
    related: [
      { node: suspension, text: 'the task can be cancelled here' },
      { node: first, text: 'given back here' },
    ],
    ...(edits.length > 0 ? { fix: { title: 'Release in finally', edits } } : {}),
  });
}

/** Also when the task is cancelled there, one of the releases is executed. */
function isProtected(node: SyntaxNode, releases: readonly SyntaxNode[], around: SyntaxNode): boolean {
  let inner = node;
  for (let at = node.parent; at && at !== around; inner = at, at = at.parent) {
    if (at.type !== 'try_statement' || inner.type === 'finally_clause') continue;
    const isInBody = inner.field === 'body';
    const takesOver = at.children.filter(
      (each) =>
        each.type === 'finally_clause' || (isInBody && each.type === 'except_clause' && catchOf(each) !== undefined),
    );
    if (takesOver.some((each) => releases.some((release) => each.contains(release)))) return true;
  }
  return false;
}

/** What stands between two statements of a block gets into a `try`, and the second one into its `finally`. */
function tryFinally(module: Module, taken: SyntaxNode, given: SyntaxNode): TextEdit[] {
  const block = taken.parent;
  const isCall = given.type === 'expression_statement' && /^(call|await)$/.test(given.children[0]?.type ?? '');
  if (!block || given.parent !== block || !isCall) return [];
  const statements = block.children.slice(block.children.indexOf(taken), block.children.indexOf(given) + 1);
  if (statements.length < 3 || !statements.every((each) => isOnOwnLines(module, each))) return [];
  const indentation = indentationOf(module, taken);
  const end = lineEndOf(module);
  const from = lineStart(module, given.start);
  return [
    insert(lineStop(module, taken.end), `${end}${indentation}try:`),
    ...indent(module, nextLine(module, taken.end), from, stringsIn(block)),
    insert(from, `${indentation}finally:${end}${indentationStep(module)}`),
  ];
}
