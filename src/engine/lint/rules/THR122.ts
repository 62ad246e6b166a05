import { insert, isOnOwnLines, lineEndOf, lineStart, lineStop, removeLines } from '../edits';
import type { TextEdit } from '../finding';
import type { ClassModel } from '../model/definitions';
import type { Module } from '../model/module';
import type { LintRule, Report } from '../rule';
import { bodyNodes, type SyntaxNode, statementOf } from '../syntax/node';
import { type InitStart, readsOf, setBehind, startsInInit } from './support/startsInInit';

export const THR122: LintRule = {
  id: 'THR122',
  name: 'thread-started-in-init',
  title: 'A thread is started before its object is complete',
  severity: 'warning',
  observedAs: ['hazard.fork-threads'],
  check(module, report) {
    for (const start of startsInInit(module)) {
      if (checkOwn(module, start, report)) continue;
      for (const heir of module.definitions.heirs(start.model)) checkHeir(module, start, heir, report);
      checkImport(module, start, report);
    }
  },
};

/** `__init__` sets what the thread reads behind the start. */
function checkOwn(module: Module, start: InitStart, report: Report): boolean {
  const { model, init, call, target } = start;
  for (const name of readsOf(module, model, target)) {
    const set = setBehind(module, model, init, name, call);
    if (!set) continue;
    const edits = fixOf(module, start);
    report({
      node: call,
      message: `The thread may read self.${name} before __init__ has set it, and then dies with AttributeError. Start it when all is set.`,
      related: [
        { node: set, text: `self.${name} is set only here` },
        { node: target.node.child('name') ?? target.node, text: 'the thread runs this' },
      ],
      ...(edits.length > 0 ? { fix: { title: 'Start it at the end of __init__', edits } } : {}),
    });
    return true;
  }
  return false;
}

/** A subclass sets what the thread reads behind `super().__init__()`, which starts it. */
function checkHeir(module: Module, { model, target, call }: InitStart, heir: ClassModel, report: Report): void {
  const init = heir.methods.get('__init__');
  const inherited = init && bodyNodes(init.node).find((each) => each.type === 'call' && callsInit(module, each, model));
  if (!init || !inherited) return;
  for (const name of readsOf(module, heir, target)) {
    const set = setBehind(module, heir, init, name, inherited);
    if (!set) continue;
    report({
      node: inherited,
      message: `This starts a thread that may read self.${name} before it is set. Set it first, or start the thread later.`,
      related: [
        { node: set, text: `self.${name} is set only here` },
        { node: call, text: 'the thread is started here' },
      ],
    });
    return;
  }
}

function callsInit(module: Module, call: SyntaxNode, model: ClassModel): boolean {
  const callee = call.child('function');
  return (
    callee?.child('attribute')?.text === '__init__' && module.definitions.callee(call) === model.methods.get('__init__')
  );
}

/** An object that is made at import lacks its thread in the children which the module forks. */
function checkImport(module: Module, { model, call }: InitStart, report: Report): void {
  const forks = module.units.starts.find(({ kind, node }) => kind === 'process' && node.type === 'call');
  if (!forks || /set_start_method|get_context|register_at_fork/.test(module.text)) return;
  const made = module.root.children
    .filter(({ type }) => type === 'expression_statement')
    .map(({ children: [each] }) => (each?.type === 'assignment' ? each.child('right') : each))
    .find((each) => each?.type === 'call' && module.definitions.classNamed(each.child('function')) === model);
  if (!made) return;
  report({
    node: call,
    message: `An object of ${model.name} is made at import, and a forked child has it without this thread. Start the thread when it is needed.`,
    related: [
      { node: made, text: 'made at import' },
      { node: forks.node, text: 'the child is made here' },
    ],
  });
}

/** Moves the line with the start to the end of `__init__`. */
function fixOf(module: Module, { init, call, object }: InitStart): TextEdit[] {
  const statement = statementOf(call);
  const body = init.node.child('body');
  const last = body?.children.at(-1);
  if (!body || !last || statement.parent !== body || statement.children[0] !== call || object.type === 'call')
    return [];
  if (!isOnOwnLines(module, statement) || !isOnOwnLines(module, last)) return [];
  const behind = bodyNodes(init.node).filter(({ start }) => start > statement.end);
  const isSelf = module.definitions.isSelf(object);
  if (behind.some(({ type, text }) => type === 'return_statement' || (!isSelf && text === object.text))) return [];
  const lines = module.text.slice(lineStart(module, statement.start), lineStop(module, statement.end));
  return [removeLines(module, statement), insert(lineStop(module, last.end), `${lineEndOf(module)}${lines}`)];
}
