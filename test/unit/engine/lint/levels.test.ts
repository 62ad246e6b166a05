/** Which rules are on, and how, by settings and by what other linters report. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { isLeftToOthers, type RuleWords, ruleLevels } from '../../../../src/engine/lint/levels';
import { NO_OTHERS, type OtherLinters } from '../../../../src/engine/lint/otherLinters';
import type { LintRule } from '../../../../src/engine/lint/rule';
import { lint, testGrammar } from '../../../support/lint';

const base = { title: '', severity: 'warning', check: () => undefined } as const;
const RULES: readonly LintRule[] = [
  { ...base, id: 'THR101', name: 'lock-at-use', alsoReportedBy: { ruff: ['PLW2101'], pylint: ['W2101'] } },
  { ...base, id: 'THR102', name: 'no-finally' },
  { ...base, id: 'THR109', name: 'opt-in', isOptIn: true },
];

function levels(words: RuleWords, others: OtherLinters = NO_OTHERS): string {
  return Object.values(ruleLevels(words, others, RULES)).join(' ');
}

describe('settings', () => {
  test('none, for one rule, for a group, for all', () => {
    assert.equal(levels({}), 'default default off');
    assert.equal(levels({ THR102: 'error', 'lock-at-use': 'off' }), 'off error off');
    assert.equal(levels({ THR: 'info' }), 'info info off');
    assert.equal(levels({ thr: 'on', THR101: 'off' }), 'off default default');
    assert.equal(levels({ ALL: 'off', THR109: 'on' }), 'off off default');
  });

  test('words that mean nothing change nothing', () => {
    assert.equal(levels({ THR101: 'loud', THR102: 7, other: 'off', AIO: 'off' }), 'default default off');
  });
});

describe('ours steps back', () => {
  const ruff = (selected: string[], ignored: string[] = []): string =>
    levels({}, { ruff: { selected, ignored }, pylint: false });

  test('where ruff selects the code or a beginning of it', () => {
    assert.equal(ruff(['E', 'F']), 'default default off');
    for (const word of ['PLW2101', 'PLW', 'PL', 'ALL']) assert.equal(ruff([word]), 'off default off', word);
  });

  test('not where it ignores it more precisely', () => {
    assert.equal(ruff(['ALL'], ['PLW']), 'default default off');
    assert.equal(ruff(['PLW'], ['PLW']), 'default default off');
    assert.equal(ruff(['PLW2101'], ['PLW']), 'off default off');
  });

  test('where pylint is at work', () => {
    assert.equal(levels({}, { ruff: null, pylint: true }), 'off default off');
  });

  test('not when the rule is named in the settings', () => {
    assert.equal(levels({ THR101: 'error' }, { ruff: null, pylint: true }), 'error default off');
    assert.equal(levels({ THR: 'error' }, { ruff: null, pylint: true }), 'off error off');
  });
});

test('a finding that ruff shows as well is left to it, others of the same rule are not', async () => {
  const grammar = await testGrammar();
  const text =
    'import queue\nimport time\n\njobs = queue.Queue()\n\n\nasync def work():\n    time.sleep(1)\n    jobs.get()\n';
  const found = lint(grammar, text);
  const ruff = { selected: ['ASYNC'], ignored: [] };
  const shown = (words: RuleWords, others: OtherLinters): number[] =>
    found.filter((finding) => !isLeftToOthers(finding, words, others)).map(({ line }) => line);
  assert.deepEqual(shown({}, NO_OTHERS), [8, 9]);
  assert.deepEqual(shown({}, { ruff, pylint: false }), [9]);
  assert.deepEqual(shown({ AIO202: 'on' }, { ruff, pylint: false }), [8, 9]);
  assert.deepEqual(shown({}, { ruff: { ...ruff, ignored: ['ASYNC251'] }, pylint: false }), [8, 9]);
  const hidden = lint(grammar, text.replace('sleep(1)', 'sleep(1)  # noqa: ASYNC251'));
  assert.deepEqual(
    hidden.map(({ line }) => line),
    [9],
  );
});
