import { isOnOwnLines, putUnder } from '../edits';
import type { TextEdit } from '../finding';
import { isChange } from '../model/accesses';
import type { FunctionModel } from '../model/definitions';
import { isAsyncLock } from '../model/kindNames';
import type { Module } from '../model/module';
import type { LintRule, Report } from '../rule';
import { ownNodes, type SyntaxNode, statementOf } from '../syntax/node';
import { type Guard, guardsOf, holds, isExempt, requiredOf } from './support/guards';

export const THR113: LintRule = {
  id: 'THR113',
  name: 'guarded-by-violated',
  title: 'What is declared as guarded is used without its lock',
  severity: 'error',
  observedAs: ['race.data'],
  check(module, report) {
    const { declarations, definitions } = module;
    if (declarations.hasGuards || module.text.includes('GuardedBy(')) {
      for (const model of [...definitions.classes, undefined]) {
        for (const [name, guard] of guardsOf(module, model)) checkAccesses(module, name, guard, report);
      }
    }
    if (!declarations.hasRequirements) return;
    for (const model of definitions.functions) {
      for (const guard of requiredOf(module, model)) checkCalls(module, model, guard, report);
    }
  },
};

function checkAccesses(module: Module, name: string, guard: Guard, report: Report): void {
  const { accesses } = module;
  const found = (guard.home ? accesses.ofClass(guard.home) : accesses.globals).get(name) ?? [];
  const seen = new Set<SyntaxNode>();
  for (const access of found) {
    const { node, function: around } = access;
    const statement = statementOf(node);
    if (!around || seen.has(statement) || statement === guard.declaration) continue;
    if (isExempt(module, node) || holds(module, node, guard)) continue;
    seen.add(statement);
    const edits = fixOf(module, node, guard);
    report({
      node,
      message: `${name} is ${isChange(access) ? 'changed' : 'read'} here without ${guard.words}, which is declared to guard it.`,
      related: [{ node: guard.declaration, text: `declared as guarded by ${guard.words}` }],
      ...(edits.length > 0 ? { fix: { title: `Take ${guard.words}`, edits } } : {}),
    });
  }
}

function checkCalls(module: Module, model: FunctionModel, guard: Guard, report: Report): void {
  for (const { node, caller } of module.graph.callsOf(model)) {
    if (!caller || isExempt(module, node) || holds(module, node, guard)) continue;
    const edits = fixOf(module, node, guard);
    report({
      node,
      message: `${model.name} is called here without ${guard.words}, which it requires.`,
      related: [{ node: guard.declaration, text: `declared to require ${guard.words}` }],
      ...(edits.length > 0 ? { fix: { title: `Take ${guard.words}`, edits } } : {}),
    });
  }
}

const SIMPLE = /^(expression_statement|return_statement|delete_statement|assert_statement|raise_statement)$/;

/** The statement in a `with` of the lock, where no caller has it already. */
function fixOf(module: Module, node: SyntaxNode, { lock, words }: Guard): TextEdit[] {
  const statement = statementOf(node);
  const around = module.function(node);
  if (!lock || !around || isAsyncLock(lock.kind) || !SIMPLE.test(statement.type)) return [];
  if (module.function(statement) !== around || !isOnOwnLines(module, statement)) return [];
  const [object] = words.split('.');
  const isSeen = !words.includes('.') || module.definitions.selfMethod(node)?.parameters[0] === object;
  if (!isSeen || ownNodes(statement).some(({ type }) => type === 'await' || type === 'yield')) return [];
  const isHeldByCaller = module.graph.callsOf(around).some((call) => module.held.isHeldAt(call.node, lock.id));
  return isHeldByCaller ? [] : putUnder(module, `with ${words}:`, statement);
}
