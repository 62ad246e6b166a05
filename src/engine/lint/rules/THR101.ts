import { withValue } from '../model/held';
import { isProcessLock, isThreadLock } from '../model/kindNames';
import type { LintRule } from '../rule';

export const THR101: LintRule = {
  id: 'THR101',
  name: 'lock-created-at-use',
  title: 'A lock that is made where it is used protects nothing',
  severity: 'error',
  alsoReportedBy: { ruff: ['PLW2101'], pylint: ['W2101'] },
  check(module, report) {
    for (const item of module.all('with_item')) {
      const value = withValue(item);
      const kind = value?.type === 'call' ? module.kinds.nameOf(value) : '';
      if (!value || !(isThreadLock(kind) || isProcessLock(kind))) continue;
      report({ node: value, message: `Each execution makes a ${kind} of its own here, so it keeps nobody out.` });
    }
  },
};
