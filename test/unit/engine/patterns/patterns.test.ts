import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { PATTERNS } from '../../../../src/engine/patterns/patterns';

const pages = join(process.cwd(), 'docs/patterns');

test('each pattern has a page that begins with its title and id, and no page is without a pattern', () => {
  const found = readdirSync(pages).filter((name) => name !== 'README.md');
  assert.deepEqual(found.sort(), PATTERNS.map(({ id }) => `${id}.md`).sort());
  for (const { id, title } of PATTERNS) {
    const text = readFileSync(join(pages, `${id}.md`), 'utf8');
    const [heading, , facts] = text.split('\n');
    assert.equal(heading, `# ${title}`);
    assert.ok(facts?.startsWith(`\`${id}\` · `), id);
    for (const part of ['## On the timeline', '## Why', '## Not to be confused with', '## Instead of', '## Better'])
      assert.ok(text.includes(part), `${id} lacks ${part}`);
  }
});
