// Every program of the gallery runs on the oldest and the newest Python: it must show the units and waits of its
// expectation, and what is found must be what its docstring promises, no more and no less.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { findPythons, oldestAndNewest } from '../../scripts/pythons.mjs';
import { root } from '../../scripts/support.mjs';
import { inTwoAttempts } from '../support/attempts.mjs';
import { missing } from './matchReport.mjs';
import { cli, runExample } from './runExample.mjs';

const here = fileURLToPath(new URL('gallery', import.meta.url));
const folder = join(root, 'examples/gallery');
const programs = readdirSync(folder).filter((name) => name.endsWith('.py'));
const expectationOf = (program) => JSON.parse(readFileSync(join(here, `${basename(program, '.py')}.json`), 'utf8'));
/** Enough for each of them, also on a machine that has other things to do; a deadlock takes all of its time. */
const TIMEOUT_S = 30;
const TIMEOUT_OF_DEADLOCKS_S = 5;
/** The exit status when the time was up. */
const TIME_IS_UP = 124;

for (const python of oldestAndNewest(findPythons())) {
  describe(python.label, { concurrency: 2 }, () => {
    for (const program of programs) {
      const expected = expectationOf(program);
      test(program, (context) =>
        inTwoAttempts(context, async () => {
          const path = join('gallery', program);
          const timeoutS = expected.hangs ? TIMEOUT_OF_DEADLOCKS_S : TIMEOUT_S;
          const { status, report, output } = await runExample(python.path, path, { timeoutS });
          assert.equal(status, expected.hangs ? TIME_IS_UP : 0, output);
          assert.deepEqual(missing(report, expected, python.version), [], output);
          const grave = report.findings.filter(({ severity }) => severity !== 'info');
          assert.deepEqual(rulesIn(grave), promised(program).found, output);
          assert.equal(report.dropped, 0);
        }),
      );
    }
  });
}

for (const program of programs) {
  test(`the linter finds in ${program} what it promises`, () => {
    const line = [cli, 'lint', '--json', '-', join(folder, program)];
    const { findings } = JSON.parse(spawnSync(process.execPath, line, { encoding: 'utf8' }).stdout);
    assert.deepEqual(rulesIn(findings), promised(program).underlined);
  });
}

/** The ids of rules in the paragraph `Found:`, those of a run and those of the linter. */
function promised(program) {
  const [, found] = /^Found: ([\s\S]*?)\n\n/m.exec(readFileSync(join(folder, program), 'utf8'));
  const ids = (pattern) => [...new Set(found.match(pattern) ?? [])].sort();
  return { found: ids(/\b[a-z]+\.[a-z][a-z-]+\b/g), underlined: ids(/\b[A-Z]{3}\d{3}\b/g) };
}

function rulesIn(findings) {
  return [...new Set(findings.map(({ rule }) => rule))].sort();
}
