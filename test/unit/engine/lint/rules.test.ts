/** Each rule has a page and programs, and reports in these what their comments expect, no more and no less. */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { RULES } from '../../../../src/engine/lint/rules';
import { applyFixes, expectations, lint, testGrammar } from '../../../support/lint';

const programs = join(process.cwd(), 'test/programs/lint');
const pages = join(process.cwd(), 'docs/rules');
const ready = testGrammar();

for (const rule of RULES) {
  const folder = join(programs, rule.id);
  const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.py')) : [];
  const levels = { [rule.id]: 'default' } as const;

  describe(`${rule.id} ${rule.name}`, () => {
    test('has a page', () => {
      const page = readFileSync(join(pages, `${rule.id}.md`), 'utf8');
      const [title, , facts] = page.split('\n');
      assert.equal(title, `# ${rule.title}`);
      assert.ok(facts?.startsWith(`\`${rule.id}\` ${rule.name} · ${rule.isOptIn ? 'opt-in' : rule.severity}`), facts);
      const hasFix = files.some((name) => name.endsWith('.fixed.py'));
      assert.equal(/fix available/.test(facts), hasFix, facts);
      for (const heading of ['Why', 'Goes wrong', 'Better', 'Fix', 'When to ignore', 'Sources'])
        assert.ok(page.includes(`\n## ${heading}\n`), heading);
    });

    test('has programs that it reports and programs that it does not', () => {
      const texts = files.map((name) => readFileSync(join(folder, name), 'utf8'));
      assert.ok(texts.some((text) => text.includes(`# expect: ${rule.id}`)));
      assert.ok(texts.some((text) => !text.includes('# expect:')));
    });

    for (const name of files.filter((file) => !file.endsWith('.fixed.py'))) {
      test(name, async () => {
        const grammar = await ready;
        const text = readFileSync(join(folder, name), 'utf8');
        const found = lint(grammar, text, levels);
        const shown = found.map(({ line, rule: id, message }) => `${line} ${id} ${message}`).join('\n');
        assert.deepEqual(found.map(({ line, rule: id }) => `${line} ${id}`).sort(), expectations(text), shown);
        const fixed = join(folder, name.replace('.py', '.fixed.py'));
        if (!existsSync(fixed)) return;
        const fixes = found.flatMap((each) => (each.rule === rule.id && each.fix ? [each.fix] : []));
        const mended = applyFixes(text, fixes);
        assert.equal(mended, readFileSync(fixed, 'utf8'));
        const left = lint(grammar, mended, levels).filter((each) => each.rule === rule.id);
        const unmended = found.filter((each) => each.rule === rule.id && !each.fix);
        assert.ok(left.length <= unmended.length, 'the fix mends it');
      });
    }
  });
}
