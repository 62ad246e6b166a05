/**
 * What the linter reports in other people's code: `npm run bench -- lintPrecision [--all] [--sample N] [--rule ID] FOLDER…`.
 * Prints lines, findings of each rule, and N findings of each that chance chose (the same ones each time), with the lines
 * around them, to be judged by reading. Folders of tests and installed packages inside are left out, also links. What
 * several versions of a file have in common counts once. --all: opt-in rules too.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import type { LintFinding } from '../src/engine/lint/finding';
import { RULES } from '../src/engine/lint/rules';
import { lint, testGrammar } from '../test/support/lint';
import { below, randomFrom } from '../test/support/random';

const LEFT_OUT =
  /^(tests?|testing|idle_test|idlelib|lib2to3|site-packages|__pycache__|_vendor)$|^(test_.*|.*_test|conftest)\.py$/;
const AROUND = 6;

interface Found {
  readonly file: string;
  readonly lines: readonly string[];
  readonly finding: LintFinding;
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { all: { type: 'boolean' }, sample: { type: 'string' }, rule: { type: 'string' } },
});

async function main(): Promise<void> {
  const grammar = await testGrammar();
  const levels = values.all ? Object.fromEntries(RULES.map(({ id }) => [id, 'default' as const])) : {};
  const found: Found[] = [];
  let lineCount = 0;
  let files = 0;
  for (const file of positionals.flatMap(pythonFiles)) {
    const text = readFileSync(file, 'utf8');
    const lines = text.split('\n');
    lineCount += lines.length;
    files++;
    for (const finding of lint(grammar, text, levels)) found.push({ file, lines, finding });
  }
  const distinct = [...new Map(found.map((each) => [keyOf(each), each])).values()];
  const chosen = values.rule ? distinct.filter(({ finding }) => finding.rule === values.rule) : distinct;
  const counts = new Map<string, Found[]>();
  for (const each of chosen) counts.set(each.finding.rule, [...(counts.get(each.finding.rule) ?? []), each]);
  console.log(`${files} files, ${lineCount} lines, ${found.length} findings, ${distinct.length} of them different`);
  for (const [rule, list] of [...counts].sort()) console.log(`${rule} ${String(list.length).padStart(5)}`);
  for (const [, list] of [...counts].sort()) for (const each of sampleOf(list, Number(values.sample ?? 0))) show(each);
}

/** The same in several versions of a library. */
function keyOf({ file, lines, finding: { rule, line, message } }: Found): string {
  return [rule, basename(file), message, lines[line - 1]?.trim()].join('\n');
}

function pythonFiles(path: string): string[] {
  if (path.endsWith('.py')) return [path];
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) => !LEFT_OUT.test(entry.name) && !entry.isSymbolicLink())
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => (entry.isDirectory() || entry.name.endsWith('.py') ? pythonFiles(join(path, entry.name)) : []));
}

function sampleOf(list: readonly Found[], count: number): Found[] {
  const random = randomFrom(1);
  const left = [...list];
  const sample: Found[] = [];
  while (sample.length < count && left.length > 0) sample.push(...left.splice(below(random, left.length), 1));
  return sample;
}

function show({ file, lines, finding: { rule, line, message, related } }: Found): void {
  console.log(`\n${rule} ${file}:${line} ${message}`);
  for (const each of related) console.log(`   ${each.line}: ${each.text}`);
  for (let at = Math.max(1, line - AROUND); at <= Math.min(lines.length, line + AROUND); at++) {
    console.log(`${at === line ? '>' : ' '}${String(at).padStart(5)} ${lines[at - 1]}`);
  }
}

void main();
