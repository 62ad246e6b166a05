import { isOnOwnLines, putUnder } from '../edits';
import { argument } from '../model/arguments';
import type { Lock } from '../model/locks';
import type { Module } from '../model/module';
import type { LintRule, RuleFinding } from '../rule';
import { statementOf } from '../syntax/node';
import { isCertainlyFree } from './support/certainlyFree';
import { type WaitCall, waitCalls } from './support/waiting';
import { mayBeEnteredWith } from './support/wrapFix';

export const THR110: LintRule = {
  id: 'THR110',
  name: 'condition-used-without-lock',
  title: 'A condition is used without its lock',
  severity: 'error',
  check(module, report) {
    for (const wait of waitCalls(module, 'wait', 'wait_for', 'notify', 'notify_all', 'notifyAll')) {
      const lock = lockOf(module, wait);
      if (!lock || handsOn(module, wait) || !isCertainlyFree(module, wait.call, lock.id)) continue;
      const name = wait.object.text;
      const fix = fixOf(module, wait, lock);
      report({
        node: wait.call,
        message: `${wait.method}() of ${name} raises RuntimeError here, since ${name} is not held. Call it with the lock held.`,
        related: wait.made ? [{ node: wait.made, text: 'the condition' }] : [],
        ...(fix ? { fix } : {}),
      });
    }
  },
};

/** The lock of a condition that the module makes, without a lock or with one that is known. */
function lockOf(module: Module, { object, kind, made }: WaitCall): Lock | undefined {
  if (!kind.endsWith('.Condition') || !made) return undefined;
  const given = made.child('arguments')?.children ?? [];
  const inner = argument(made, 0, 'lock');
  const isKnown = given.length === 0 || inner?.type === 'none' || inner?.type === 'call' || module.locks.of(inner);
  return isKnown ? module.locks.of(object) : undefined;
}

/** A method of the same name that does nothing else: who calls it has the lock. */
function handsOn(module: Module, { call, method }: WaitCall): boolean {
  const around = module.function(call);
  const statements = around?.node.child('body')?.children ?? [];
  const own = statements.filter(({ children: [first] }) => first?.type !== 'string');
  return around?.name === method && own.length === 1;
}

function head({ object, kind }: WaitCall): string {
  return `${kind.startsWith('asyncio.') ? 'async ' : ''}with ${object.text}:`;
}

function fixOf(module: Module, wait: WaitCall, lock: Lock): RuleFinding['fix'] {
  const statement = statementOf(wait.call);
  const isAlone = statement.type === 'expression_statement' && statement.children[0] === wait.call;
  if (!/^notify/.test(wait.method) || !isAlone || !isOnOwnLines(module, statement)) return undefined;
  if (head(wait).startsWith('async') && !module.function(wait.call)?.isAsync) return undefined;
  if (!lock.isReentrant && mayBeEnteredWith(module, module.function(wait.call), lock.id)) return undefined;
  return { title: `Take ${wait.object.text} for it`, edits: putUnder(module, head(wait), statement) };
}
