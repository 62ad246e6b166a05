/** The linter over many spoilt texts: `npm run bench -- lintFuzz [COUNT] [SEED]`. Ends with the first text that it fails on. */
import { writeFileSync } from 'node:fs';
import { RULES } from '../src/engine/lint/rules';
import { lint, testGrammar } from '../test/support/lint';
import { checkedFindings, programsBelow, spoiltTexts } from '../test/support/lintFuzz';

const [count = 100_000, seed = 1] = process.argv.slice(2).map(Number);

async function main(): Promise<void> {
  const grammar = await testGrammar();
  const all = Object.fromEntries(RULES.map(({ id }) => [id, 'default' as const]));
  const programs = [...programsBelow('test/programs'), ...programsBelow('examples')];
  const start = performance.now();
  let done = 0;
  let longest = 0;
  for (const text of spoiltTexts(programs, seed)) {
    const before = performance.now();
    try {
      checkedFindings(text, lint(grammar, text, all));
    } catch (error) {
      writeFileSync('spoilt.py', text);
      console.log(`text ${done} is in spoilt.py`);
      throw error;
    }
    longest = Math.max(longest, performance.now() - before);
    if (++done === count) break;
  }
  const seconds = (performance.now() - start) / 1000;
  console.log(`${done} texts in ${seconds.toFixed(0)} s, none failed; the longest took ${longest.toFixed(0)} ms`);
}

void main();
