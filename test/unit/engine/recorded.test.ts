/**
 * Runs that were really recorded (`test/traces/NAME/`, a run's folder with the segments cut after their last record) read
 * as the lines in `NAME.txt`. A file of lines that is missing is written; where it differs, what was read lies beside it
 * as `NAME.actual.txt`. Times are left out: they say nothing and would make the lines unreadable.
 */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { holdLines, readWhole, spanLines, unitLines, waitLines } from '../../support/readTrace';

const FOLDER = join('test', 'traces');

for (const { name } of readdirSync(FOLDER, { withFileTypes: true }).filter((entry) => entry.isDirectory())) {
  test(`${name}: units, waits, possessions and spans are those of the program`, () => {
    const actual = describe(join(FOLDER, name));
    const golden = join(FOLDER, `${name}.txt`);
    if (!existsSync(golden)) writeFileSync(golden, actual);
    const expected = readFileSync(golden, 'utf8');
    const differing = join(FOLDER, `${name}.actual.txt`);
    rmSync(differing, { force: true });
    if (actual !== expected) writeFileSync(differing, actual);
    assert.equal(actual, expected);
  });
}

function describe(folder: string): string {
  const files = readdirSync(folder).map((file) => [file, new Uint8Array(readFileSync(join(folder, file)))] as const);
  const trace = readWhole(new Map(files));
  const sections = {
    units: unitLines(trace),
    waits: waitLines(trace),
    possessions: holdLines(trace),
    spans: spanLines(trace),
    problems: trace.problems.map(({ kind, text }) => `${kind}: ${text}`),
    run: [JSON.stringify({ ...trace.run, wallNs: trace.run.wallNs !== null }), `cores ${trace.cores.source}`],
  };
  const withoutTimes = (line: string) => line.replace(/-?[\d.]+\.\.[\d.]+/, 'TIME').replace(/@[\d.]+/, '@TIME');
  return Object.entries(sections)
    .map(([title, lines]) => `${title}\n${lines.map((line) => `  ${withoutTimes(line)}\n`).join('')}`)
    .join('\n');
}
