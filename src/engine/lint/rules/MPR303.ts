import { isOnOwnLines, putUnder } from '../edits';
import { argument } from '../model/arguments';
import type { FunctionModel } from '../model/definitions';
import { isLock } from '../model/kindNames';
import type { Kind } from '../model/kinds';
import type { Module } from '../model/module';
import type { LintRule, RuleFinding } from '../rule';
import { type SyntaxNode, statementOf } from '../syntax/node';
import { originName } from './support/origin';
import { importsProcesses } from './support/processes';
import { changesInTwoSteps, type TwoSteps } from './support/sharedValues';
import { contextsOf, mayBeGuarded } from './support/surroundings';
import { isRepeated, reachedFrom, workIn } from './support/work';

export const MPR303: LintRule = {
  id: 'MPR303',
  name: 'shared-value-rmw',
  title: 'Shared value is changed in two steps',
  severity: 'error',
  observedAs: ['process.lost-write'],
  check(module, report) {
    if (!importsProcesses(module)) return;
    const changes = changesInTwoSteps(module);
    if (changes.length === 0) return;
    const starts = startsOf(module);
    const startsByValue = new Map<SyntaxNode | undefined, Set<Start>>();
    for (const { node, origins } of changes) {
      const reaching = starts.filter(({ reached }) => reached.has(module.function(node) as FunctionModel));
      for (const { made } of origins)
        startsByValue.set(made, new Set([...(startsByValue.get(made) ?? []), ...reaching]));
    }
    for (const change of changes) {
      const around = module.function(change.node);
      if (!around || !starts.some(({ reached }) => reached.has(around)) || isHeld(module, change)) continue;
      const value = change.origins.find(({ made }) => hasSeveralWriters(made, startsByValue.get(made)));
      if (!value) continue;
      const { text } = change.object;
      const fix = lockFix(module, change);
      report({
        node: change.node,
        message: `${text} is read here and then written, and other processes can change it in between. Hold ${hint(value, text)} around both.`,
        related: value.made ? [{ node: value.made, text: 'the shared value is made here' }] : [],
        ...(fix ? { fix } : {}),
      });
    }
  },
};

interface Start {
  readonly reached: ReadonlyMap<FunctionModel, unknown>;
  readonly isMany: boolean;
}

/** Processes, with the functions that run in them. */
function startsOf(module: Module): Start[] {
  const functions = workIn(module).flatMap(({ kind, model, isMany }) =>
    kind === 'process' && model ? [{ model, isMany }] : [],
  );
  const methods = module.units.starts.flatMap(({ kind, node, model }) => {
    const owner = kind === 'process' && node.type === 'function_definition' ? model?.owner : undefined;
    if (!owner || !model) return [];
    const classes = [owner, ...module.definitions.heirs(owner)];
    const made = module.all('call').filter((call) => {
      const found = module.definitions.classNamed(call.child('function'));
      return found !== undefined && classes.includes(found);
    });
    return made.map((call) => ({ model, isMany: isRepeated(call) }));
  });
  return [...functions, ...methods].map(({ model, isMany }) => ({
    reached: reachedFrom(module, model),
    isMany,
  }));
}

/** One that is made anew in each turn of a loop belongs to one process, as far as can be seen. */
function hasSeveralWriters(made: SyntaxNode | undefined, starts: ReadonlySet<Start> = new Set()): boolean {
  if (made && isRepeated(made)) return false;
  return starts.size > 1 || [...starts].some(({ isMany }) => isMany);
}

function isHeld(module: Module, { node, object }: TwoSteps): boolean {
  if (mayBeGuarded(module, node)) return true;
  for (let at = node.parent; at; at = at.parent) {
    if (at.type !== 'with_statement') continue;
    if (contextsOf(at).some((each) => each.text.startsWith(object.text) || isLock(originName(module, each))))
      return true;
  }
  return false;
}

function hint({ name, made }: Kind, text: string): string {
  return hasOwnLock({ name, made }) ? `${text}.get_lock()` : 'a lock that all processes have';
}

function hasOwnLock({ name, made }: Kind): boolean {
  return /^multiprocessing\.(Value|Array)$/.test(name) && argument(made, -1, 'lock')?.type !== 'false';
}

function lockFix(module: Module, { node, object, origins }: TwoSteps): RuleFinding['fix'] {
  const statement = statementOf(node);
  if (statement.children[0] !== node || !isOnOwnLines(module, statement) || !origins.every(hasOwnLock))
    return undefined;
  return { title: 'Hold its lock', edits: putUnder(module, `with ${object.text}.get_lock():`, statement) };
}
