import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { test } from 'node:test';
import { RULES } from '../../../../src/engine/detect/rules';

/** Ids of these rules have a dot; the rules of the linter have a test of their own. */
const pages = readdirSync(resolve('docs/rules')).filter((name) => name.includes('.', name.indexOf('.') + 1));

test('each rule has one entry and a page, and each page a rule', () => {
  const ids = RULES.map(({ id }) => id);
  assert.deepEqual([...new Set(ids)], ids);
  const described = pages.map((name) => name.replace(/\.md$/, ''));
  assert.deepEqual(
    ids.filter((id) => !described.includes(id)),
    [],
  );
  assert.deepEqual(
    described.filter((id) => !ids.includes(id)),
    [],
  );
});

test("a page bears its rule's id", () => {
  for (const page of pages) {
    const text = readFileSync(resolve('docs/rules', page), 'utf8');
    assert.match(text, new RegExp(`^# .+\\n\\n\`${page.replace(/\.md$/, '').replaceAll('.', '\\.')}\``), page);
  }
});
