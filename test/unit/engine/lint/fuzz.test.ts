/** The linter ends on any text, throws nothing, and its places lie inside the text. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RULES } from '../../../../src/engine/lint/rules';
import { lint, testGrammar } from '../../../support/lint';
import { checkedFindings, programsBelow, spoiltTexts } from '../../../support/lintFuzz';

const ready = testGrammar();

test('spoilt texts', async () => {
  const grammar = await ready;
  const all = Object.fromEntries(RULES.map(({ id }) => [id, 'default' as const]));
  let left = 400;
  for (const text of spoiltTexts(programsBelow('test/programs/lint'), 7)) {
    checkedFindings(text, lint(grammar, text, all));
    if (--left === 0) break;
  }
  assert.equal(left, 0);
});
