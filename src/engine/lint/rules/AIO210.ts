import { indentationOf, indentationStep, insert, isOnOwnLines, lineEndOf, lineStop, replace } from '../edits';
import type { TextEdit } from '../finding';
import { importedName } from '../model/imports';
import type { Module } from '../model/module';
import { scopeOf } from '../model/scopes';
import { suspensionsOf } from '../model/suspensions';
import type { LintRule } from '../rule';
import type { SyntaxNode } from '../syntax/node';
import { endsOrHandsOn, goesOn, isCancellationExpected } from './support/cancellation';
import { asyncioName, coroutineAround, mainCoroutines } from './support/coroutines';
import { type Catch, catchOf } from './support/handlers';
import { suppressedCancellations } from './support/suppressedCancellations';

export const AIO210: LintRule = {
  id: 'AIO210',
  name: 'cancellation-swallowed',
  title: 'Cancellation is swallowed',
  severity: 'warning',
  check(module, report) {
    if (!hasAsyncio(module)) return;
    for (const clause of module.all('except_clause')) {
      const around = coroutineAround(clause);
      const caught = around && catchOf(clause);
      const statement = clause.parent;
      const body = statement?.child('body');
      if (!caught || !statement || !body || statement.type !== 'try_statement') continue;
      const suspension = suspensionsOf(around).find((each) => body.contains(each));
      if (!suspension || isCaughtAbove(statement, clause) || endsOrHandsOn(clause)) continue;
      const isGoingOn = goesOn(statement, clause, around);
      if (!isGoingOn && (caught.what === 'cancelled' || isBodyOfTask(module, around))) continue;
      if (isCancellationExpected(module, body, clause, around)) continue;
      const model = module.definitions.function(around);
      if (model && mainCoroutines(module).has(model)) continue;
      const edits = editsOf(module, clause, caught);
      const then = isGoingOn ? 'the task goes on' : 'the coroutine ends';
      report({
        node: headOf(clause),
        message: `${what(clause)} also takes the cancellation of this task, and does not raise it again: ${then} as if nothing had happened.`,
        related: [{ node: suspension, text: 'the cancellation is raised at such an await' }],
        ...(edits.length > 0 ? { fix: { title: 'Raise the cancellation again', edits } } : {}),
      });
    }
    for (const each of suppressedCancellations(module)) report(each);
  },
};

/** The module starts it as a task: when it ends, the task does. */
function isBodyOfTask({ units }: Module, around: SyntaxNode): boolean {
  return units.starts.some(({ kind, model, node }) => {
    const name = node.child('function')?.text ?? '';
    return kind === 'task' && model?.node === around && /create_task$|ensure_future$/.test(name);
  });
}

const OF_ASYNCIO = /^(asyncio|anyio|aiohttp|fastapi|starlette|quart|sanic|httpx|discord|aiogram|telegram|tornado)\b/;

/** Other loops have other ways to cancel. */
function hasAsyncio({ root }: Module): boolean {
  return [...scopeOf(root).bindings.values()].some((bindings) =>
    bindings.some((each) => each.kind === 'import' && OF_ASYNCIO.test(importedName(each) ?? '')),
  );
}

function isCaughtAbove(statement: SyntaxNode, clause: SyntaxNode): boolean {
  const above = statement.children.slice(0, statement.children.indexOf(clause));
  return above.some((each) => each.type === 'except_clause' && catchOf(each) !== undefined);
}

/** What it catches; the block itself for a bare `except`, whose first line is that of the word. */
function headOf(clause: SyntaxNode): SyntaxNode {
  return clause.child('value') ?? clause;
}

function what(clause: SyntaxNode): string {
  const value = clause.child('value');
  return value && value.text.length <= 60 ? `except ${value.text.replace(/\s+/g, ' ')}` : 'This except';
}

function editsOf(module: Module, clause: SyntaxNode, { what, isAlone }: Catch): TextEdit[] {
  const asyncio = asyncioName(module);
  if (!asyncio) return [];
  const indentation = indentationOf(module, clause);
  const end = lineEndOf(module);
  if (what === 'all' || !isAlone) {
    const head = `except ${asyncio}.CancelledError:${end}${indentation}${indentationStep(module)}raise`;
    return [insert(clause.start, `${head}${end}${indentation}`)];
  }
  const last = clause.childOfType('block')?.children.at(-1);
  if (last?.type === 'pass_statement' || last?.type === 'continue_statement') return [replace(last, 'raise')];
  if (!last || !isOnOwnLines(module, last)) return [];
  return [insert(lineStop(module, last.end), `${end}${indentationOf(module, last)}raise`)];
}
