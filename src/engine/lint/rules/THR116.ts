import type { Severity } from '../../../../common/finding';
import type { FunctionModel } from '../model/definitions';
import type { Module } from '../model/module';
import type { LintRule, RuleFinding } from '../rule';
import type { SyntaxNode } from '../syntax/node';
import { type Act, actOf, type PathTest, type TestedBlock, testedBlocks } from './support/acts';
import { isAlone } from './support/alone';
import { checkThenActFix } from './support/checkThenActFix';
import type { Test } from './support/conditions';
import { dangerOf, mayLeadToAct } from './support/danger';
import { type Meetings, meetingsOf } from './support/meetings';
import { isSetUp, mayBeGuarded } from './support/surroundings';

export const THR116: LintRule = {
  id: 'THR116',
  name: 'check-then-act',
  title: 'Something is tested and then used, and another thread can come in between',
  severity: 'warning',
  observedAs: ['race.check-then-act', 'race.data'],
  check(module, report) {
    const meetings = meetingsOf(module);
    if (meetings.roots.length === 0) return;
    for (const statement of [...module.all('if_statement'), ...module.all('while_statement')]) {
      const around = module.function(statement);
      if (!around || meetings.of(around).size === 0) continue;
      for (const block of testedBlocks(statement)) {
        const finding = findingOf(module, meetings, around, statement, block);
        if (!finding || isSetUp(module, around)) continue;
        report(finding);
        break;
      }
    }
  },
};

const PATH_DANGER = { severity: 'warning', other: undefined } as const;

function findingOf(
  module: Module,
  meetings: Meetings,
  around: FunctionModel,
  statement: SyntaxNode,
  block: TestedBlock,
): RuleFinding | undefined {
  const { test } = block;
  const isPossible = test.how === 'path' ? meetings.canMeet(around, around, false) : mayLeadToAct(module, around, test);
  if (!isPossible) return undefined;
  const act = actOf(module, block);
  if (!act || isOnlyAdding(act, block)) return undefined;
  const danger = test.how === 'path' ? PATH_DANGER : dangerOf(module, meetings, around, test, act);
  if (!danger || [test.node, act.node].some((each) => mayBeGuarded(module, each) || isAlone(module, each)))
    return undefined;
  const fix = checkThenActFix(module, statement, test, act);
  return {
    node: test.node,
    severity: danger.severity,
    message: messageOf(test, act, danger.severity),
    related: [
      { node: act.node, text: 'done here' },
      ...(danger.other ? [{ node: danger.other.node, text: 'another thread changes it here' }] : []),
    ],
    ...(fix ? { fix } : {}),
  };
}

/** `if x not in s: s.add(x)` and nothing else: to add it twice does no harm. */
function isOnlyAdding({ node, does }: Act, { statements }: TestedBlock): boolean {
  return does === 'makes' && node.type === 'call' && statements.length === 1;
}

function messageOf(test: Test | PathTest, { does }: Act, severity: Severity): string {
  if (test.how === 'path') {
    return `Between this test and the next step another thread can ${test.says === 'missing' ? 'make' : 'remove'} it, which raises. Do it without a test, or catch the error.`;
  }
  const { key, base, entry } = test.thing;
  const shown = entry ? `${entry.text} missing in ${base.text}` : `${key} missing`;
  if (severity === 'info')
    return does === 'makes'
      ? `Two threads can both find ${shown} here, and each does the work. That is harmless as long as the results are equal.`
      : `This holds only as long as no other thread takes something out of ${base.text}.`;
  if (does === 'makes')
    return `Two threads can both find ${shown} here, and each makes it. Test and make it under a lock.`;
  return `Another thread can change ${base.text} between this test and its use, which then fails. Take a lock around both.`;
}
