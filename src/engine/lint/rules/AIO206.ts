import { indentationOf, insert, isOnOwnLines, lineEndOf, lineStop, putUnder } from '../edits';
import type { TextEdit } from '../finding';
import type { FunctionModel } from '../model/definitions';
import type { Module } from '../model/module';
import { suspensionsOf } from '../model/suspensions';
import type { LintRule } from '../rule';
import { bodyNodes, type SyntaxNode } from '../syntax/node';
import { type CheckedValue, staleChecks } from './support/checkThenAwait';
import { mayRunTwice } from './support/concurrency';
import { asyncioName, coroutineAround, mainCoroutines } from './support/coroutines';
import { mayBeGuarded } from './support/surroundings';

export const AIO206: LintRule = {
  id: 'AIO206',
  name: 'check-await-act',
  title: 'Checked, awaited, then changed',
  severity: 'warning',
  observedAs: ['atomicity.await'],
  check(module, report) {
    if (!module.definitions.functions.some(({ isAsync }) => isAsync)) return;
    for (const statement of module.all('if_statement')) {
      const around = coroutineAround(statement);
      const model = module.definitions.function(around);
      if (!around || !model || isAlone(model)) continue;
      const [stale] = staleChecks(module, statement, around);
      if (!stale || isGuarded(module, statement, model)) continue;
      const { value, suspension, change } = stale;
      const isMany = value.isGlobal ? !mainCoroutines(module).has(model) : mayRunTwice(module, model);
      if (!isMany) continue;
      const edits = stale.isInBranch ? editsOf(module, statement, model, value) : [];
      const asked = value.key === undefined ? value.text : `${value.key} in ${value.text}`;
      report({
        node: statement.child('condition') ?? statement,
        message: `Between this check of ${asked} and the change is an await, where other tasks pass the same check. Hold an asyncio.Lock, or check again.`,
        related: [
          { node: suspension, text: 'other tasks run at this await' },
          { node: change, text: 'changed here' },
        ],
        ...(edits.length > 0 ? { fix: { title: 'Hold a lock around it', edits } } : {}),
      });
    }
  },
};

const ALONE = /^_*(a?close|stop|shutdown|disconnect|aenter|aexit|cleanup|teardown)/;

/** Methods that begin and end the object run once. */
function isAlone({ name }: FunctionModel): boolean {
  return ALONE.test(name);
}

const PLAIN_DECORATOR = /^(staticmethod|classmethod|(\w+\.)?override)$/;

/** A lock is held around it, or may be, also by those who call the function or by a decorator. */
function isGuarded(module: Module, statement: SyntaxNode, model: FunctionModel): boolean {
  if (isInAsyncWith(statement) || mayBeGuarded(module, statement) || hasFlag(statement, model)) return true;
  const isExplained = model.decorators.every(({ text, type }) => type === 'call' || PLAIN_DECORATOR.test(text));
  if (!isExplained) return true;
  const calls = module.graph.callsOf(model);
  return /^_(?!_)/.test(model.name) && calls.length > 0 && calls.every(({ node }) => isInAsyncWith(node));
}

/** Before the `if`, the coroutine has asked for a flag and then set it, so that it runs once at a time. */
function hasFlag(statement: SyntaxNode, { node }: FunctionModel): boolean {
  const before = bodyNodes(node).filter((each) => each.end <= statement.start);
  const set = before.filter(({ type, children: [, value] }) => type === 'assignment' && value?.type === 'true');
  const asked = before.flatMap((each) => (each.type === 'if_statement' ? (each.child('condition')?.text ?? '') : []));
  return set.some((each) => asked.some((condition) => condition.includes(each.child('left')?.text ?? '')));
}

function isInAsyncWith(node: SyntaxNode): boolean {
  const types = ['with_statement', 'function_definition', 'lambda'];
  for (let at = node.ancestor(...types); at?.type === 'with_statement'; at = at.ancestor(...types)) {
    if (at.isAsync) return true;
  }
  return false;
}

/** The `if` gets into an `async with` of a new lock that `__init__` makes. */
function editsOf(module: Module, statement: SyntaxNode, model: FunctionModel, value: CheckedValue): TextEdit[] {
  const asyncio = asyncioName(module);
  const { owner } = model;
  const maker = owner?.methods.get('__init__')?.node.child('body')?.children.at(-1);
  const self = model.parameters[0];
  if (!asyncio || !owner || !maker || !self || value.isGlobal || model.decorators.length > 0) return [];
  const name = `_${value.name.replace(/^_+/, '')}_lock`;
  const isFree = owner.node.all().every((each) => each.type !== 'identifier' || each.text !== name);
  if (!isFree || !isOnOwnLines(module, statement) || !isOnOwnLines(module, maker)) return [];
  if (comesBack(module, statement, model)) return [];
  const made = `${lineEndOf(module)}${indentationOf(module, maker)}self.${name} = ${asyncio}.Lock()`;
  return [insert(lineStop(module, maker.end), made), ...putUnder(module, `async with ${self}.${name}:`, statement)];
}

/** Something that is awaited inside calls the same method, which would wait for itself. */
function comesBack(module: Module, statement: SyntaxNode, model: FunctionModel): boolean {
  const awaits = suspensionsOf(model.node).filter((each) => statement.contains(each));
  const called = awaits
    .flatMap((each) => each.all())
    .flatMap((each) => (each.type === 'call' ? (module.kinds.calleeOf(each) ?? []) : []));
  return module.graph.reachedFrom(called).has(model);
}
