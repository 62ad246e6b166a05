import { type Access, isChange } from '../model/accesses';
import type { Module } from '../model/module';
import type { LintRule, Report } from '../rule';
import { type SyntaxNode, statementOf } from '../syntax/node';
import { type GuardedUse, guardedUse, isGuard } from './support/guardedUse';
import { wrapFix } from './support/wrapFix';

export const THR112: LintRule = {
  id: 'THR112',
  name: 'inconsistent-guard',
  title: 'An attribute is changed without the lock that guards it elsewhere',
  severity: 'warning',
  observedAs: ['race.data', 'race.check-then-act', 'race.iteration'],
  check(module, report) {
    const homes = new Set(module.held.sections().flatMap(({ lock }) => (isGuard(lock) ? (lock.home ?? []) : [])));
    if (homes.size === 0) return;
    const { definitions, accesses } = module;
    for (const model of definitions.classes) {
      if (![...definitions.family(model), ...definitions.heirs(model)].some((each) => homes.has(each))) continue;
      for (const [name, list] of accesses.ofClass(model)) {
        const use = guardedUse(module, model, name, list);
        if (use) for (const access of firstOfStatements(use.free)) reportAccess(module, use, access, report);
      }
    }
  },
};

function firstOfStatements(accesses: readonly Access[]): Access[] {
  const seen = new Set<SyntaxNode>();
  return accesses.filter(({ node }) => {
    const statement = statementOf(node);
    return !seen.has(statement) && seen.add(statement);
  });
}

function reportAccess(module: Module, { name, lock, inside }: GuardedUse, access: Access, report: Report): void {
  const self = access.node.child('object')?.text ?? 'self';
  const done = access.how === 'iterate' ? 'gone through' : 'changed';
  const related = inside.find((each) => isChange(each) && each.method !== access.method);
  const fix = wrapFix(module, access, lock);
  report({
    node: access.node,
    message: `${self}.${name} is ${done} here without ${lock.name}, which other methods hold when they use it. Take the lock here as well.`,
    related: [
      ...(related ? [{ node: related.node, text: `changed with ${lock.name} held` }] : []),
      ...(lock.made ? [{ node: lock.made, text: 'the lock' }] : []),
    ],
    ...(fix ? { fix } : {}),
  });
}
