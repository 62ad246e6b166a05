import { indentationOf, insert, isOnOwnLines, lineEndOf, lineStop } from '../edits';
import type { TextEdit } from '../finding';
import { canFollow } from '../model/flow';
import { qualifiedName } from '../model/imports';
import type { Module } from '../model/module';
import { scopeOf } from '../model/scopes';
import { suspensionsOf } from '../model/suspensions';
import type { LintRule } from '../rule';
import { functionAround, type SyntaxNode } from '../syntax/node';
import { mainCoroutines } from './support/coroutines';
import { belowImports } from './support/imports';
import { isRepeated } from './support/work';

const SET = '_background_tasks';

export const AIO201: LintRule = {
  id: 'AIO201',
  name: 'dangling-task',
  title: 'Nobody keeps the task',
  severity: 'warning',
  alsoReportedBy: { ruff: ['RUF006'] },
  observedAs: ['hazard.task-dropped', 'leak.exception-never-retrieved'],
  check(module, report) {
    for (const call of taskCalls(module)) {
      const name = nameOf(call);
      if (name ? !isForgotten(module, name) : !isThrownAway(call)) continue;
      const edits = editsOf(module, call, name);
      const kept = name ? `Nothing reads ${name.text}, so nobody keeps this task` : 'Nobody keeps this task';
      report({
        node: call,
        message: `${kept}: it can be collected before it is done, and its exception is lost.`,
        ...(edits.length > 0 ? { fix: { title: `Keep it in ${SET}`, edits } } : {}),
      });
    }
  },
};

function taskCalls({ calls, kinds }: Module): SyntaxNode[] {
  const methods = calls.ofMethod('create_task').filter((call) => {
    const callee = call.child('function');
    return qualifiedName(callee) === undefined && kinds.nameOf(callee?.child('object')) === 'asyncio.Loop';
  });
  return [...calls.named('asyncio.create_task', 'asyncio.ensure_future'), ...methods];
}

/** It is a statement, or makes the items of a list that is one. */
function isThrownAway({ parent, field }: SyntaxNode): boolean {
  if (parent?.type === 'expression_statement') return true;
  const isItem = /^(list|set)_comprehension$/.test(parent?.type ?? '') ? field === 'body' : parent?.type === 'list';
  return isItem && parent?.parent?.type === 'expression_statement';
}

/** The local name that alone gets the task. */
function nameOf(call: SyntaxNode): SyntaxNode | undefined {
  const assignment = call.parent?.type === 'assignment' && call.field === 'right' ? call.parent : undefined;
  const left = assignment?.parent?.type === 'expression_statement' ? assignment.child('left') : undefined;
  return left?.type === 'identifier' ? left : undefined;
}

function isForgotten(module: Module, name: SyntaxNode): boolean {
  const around = functionAround(name);
  const model = module.definitions.function(around);
  if (!around || !model || name.ancestor('class_definition', 'function_definition') !== around) return false;
  const { globals, nonlocals, bindings } = scopeOf(around);
  if (globals.has(name.text) || nonlocals.has(name.text)) return false;
  // The next task takes the name from this one.
  const isReplaced = isRepeated(name);
  // A function that awaits something afterwards keeps its names meanwhile.
  const isKept = mainCoroutines(module).has(model) || suspensionsOf(around).some((each) => canFollow(name, each));
  if (isKept && !isReplaced) return false;
  const bound = new Set((bindings.get(name.text) ?? []).map(({ node }) => node));
  return around
    .all()
    .every(
      (each) => each.type !== 'identifier' || (each.text !== 'locals' && (each.text !== name.text || bound.has(each))),
    );
}

function editsOf(module: Module, call: SyntaxNode, name: SyntaxNode | undefined): TextEdit[] {
  const statement = name ? call.parent?.parent : call.parent;
  if (statement?.type !== 'expression_statement' || !isOnOwnLines(module, statement)) return [];
  const variable = name?.text ?? freeName(module, call);
  const set = setEdits(module);
  if (!variable || !set) return [];
  const start = lineEndOf(module) + indentationOf(module, statement);
  const lines = `${start}${SET}.add(${variable})${start}${variable}.add_done_callback(${SET}.discard)`;
  const bound = name ? [] : [insert(call.start, `${variable} = `)];
  return [...set, ...bound, insert(lineStop(module, statement.end), lines)];
}

/** What makes the set, if there is none yet; undefined when the name means something else. */
function setEdits(module: Module): TextEdit[] | undefined {
  const known = scopeOf(module.root).bindings.get(SET);
  if (known) return known.every(({ value }) => value?.text === 'set()') ? [] : undefined;
  const edit = belowImports(module, `${SET} = set()`);
  return edit && [edit];
}

function freeName(module: Module, call: SyntaxNode): string | undefined {
  const around = functionAround(call) ?? module.root;
  const used = new Set((around.type === 'module' ? module.all('identifier') : around.all()).map(({ text }) => text));
  return ['task', 'background_task'].find((name) => !used.has(name));
}
