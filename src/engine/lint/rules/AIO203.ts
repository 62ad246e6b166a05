import { insert, replace } from '../edits';
import type { TextEdit } from '../finding';
import { argument } from '../model/arguments';
import type { ClassModel } from '../model/definitions';
import { type Section, withValue } from '../model/held';
import { isProcessLock, isThreadLock } from '../model/kindNames';
import type { Module } from '../model/module';
import { suspensionsOf } from '../model/suspensions';
import type { LintRule } from '../rule';
import type { SyntaxNode } from '../syntax/node';
import { asyncioName, coroutineAround } from './support/coroutines';
import { contextsOf } from './support/surroundings';

export const AIO203: LintRule = {
  id: 'AIO203',
  name: 'thread-lock-across-await',
  title: 'Lock for threads is held across an await',
  severity: 'error',
  observedAs: ['hazard.lock-across-await'],
  check(module, report) {
    for (const section of module.held.sections()) {
      const { lock, node } = section;
      if (!(isThreadLock(lock.kind) || isProcessLock(lock.kind)) || !isCertain(section)) continue;
      const around = coroutineAround(node);
      const suspension =
        around && suspensionsOf(around).find(({ start }) => section.start <= start && start < section.end);
      if (!suspension) continue;
      const edits = section.how === 'with' ? edited(module, section) : [];
      const message = lock.isReentrant
        ? `${lock.name} is held across an await, and other tasks of this thread get it as well. Use a lock of asyncio.`
        : `${lock.name} is held across an await: another task that wants it stops the whole event loop.`;
      report({
        node,
        message,
        related: [{ node: suspension, text: 'the coroutine is suspended here' }],
        ...(edits.length > 0 ? { fix: { title: 'Make it a lock of asyncio', edits } } : {}),
      });
    }
  },
};

function isCertain({ how, node, statement, isOpen }: Section): boolean {
  if (how === 'with') return !statement.isAsync;
  if (how !== 'acquire' || isOpen || node.parent?.type === 'await') return false;
  return argument(node, 0, 'blocking')?.text !== 'False' && argument(node, 1, 'timeout')?.text !== '0';
}

const COUNTERPARTS: Readonly<Record<string, string>> = {
  'threading.Lock': 'Lock',
  'threading.Semaphore': 'Semaphore',
};

/** The lock becomes one of asyncio, when it is private and all its uses are a `with` in coroutines of its class. */
function edited(module: Module, { lock, node }: Section): TextEdit[] {
  const name = node.type === 'attribute' ? (node.child('attribute')?.text ?? '') : '';
  const asyncio = asyncioName(module);
  const counterpart = COUNTERPARTS[lock.kind];
  const maker = lock.made?.child('function');
  if (!/^_(?!_)/.test(name) || !asyncio || !counterpart || !maker || !lock.home || !lock.isOfInstance) return [];
  const made = module.attributes.of(lock.home, name);
  if (made.length !== 1 || made[0]?.value !== lock.made) return [];
  const statements = module
    .all('attribute')
    .filter((each) => each.child('attribute')?.text === name && each !== made[0]?.node)
    .map((each) => statementThatTakes(module, each, lock.home as ClassModel, name));
  if (statements.some((each) => each === undefined)) return [];
  const found = statements.filter((each) => each instanceof Object);
  return [replace(maker, `${asyncio}.${counterpart}`), ...found.map(({ start }) => insert(start, 'async '))];
}

/** The `with` in a coroutine of the class that a use of the lock is; null when it is another class's; undefined otherwise. */
function statementThatTakes(
  module: Module,
  use: SyntaxNode,
  home: ClassModel,
  name: string,
): SyntaxNode | null | undefined {
  const { definitions } = module;
  const owner = definitions.selfAttribute(use) === name ? definitions.classAround(use) : undefined;
  if (!owner) return undefined;
  if (module.attributes.home(owner, name) !== home) return null;
  const item = use.parent?.type === 'as_pattern' ? use.parent.parent : use.parent;
  const statement = item?.type === 'with_item' && withValue(item) === use ? item.ancestor('with_statement') : undefined;
  const isOnly = statement !== undefined && contextsOf(statement).length === 1;
  return isOnly && !statement.isAsync && coroutineAround(statement) ? statement : undefined;
}
