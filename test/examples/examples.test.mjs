// Every program in examples/ runs on every Python found, under the CLI, and must show what its expectation names.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { findPythons, oldestAndNewest } from '../../scripts/pythons.mjs';
import { root } from '../../scripts/support.mjs';
import { inTwoAttempts } from '../support/attempts.mjs';
import { missing } from './matchReport.mjs';
import { runExample } from './runExample.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
const programs = readdirSync(join(root, 'examples')).filter((name) => name.endsWith('.py'));
const expectationOf = (program) => JSON.parse(readFileSync(join(here, `${basename(program, '.py')}.json`), 'utf8'));

const pythons = findPythons();
for (const python of process.env.INTERLEAVE_TEST_FEW ? oldestAndNewest(pythons) : pythons) {
  describe(python.label, { concurrency: 2 }, () => {
    for (const program of programs) {
      const expected = expectationOf(program);
      const tooOld = (expected.since ?? [3, 8])[1] > python.version[1];
      if (tooOld) continue;
      test(program, (context) =>
        inTwoAttempts(context, async () => {
          const { status, report, output } = await runExample(python.path, program, expected);
          assert.equal(status, expected.exitCode ?? 0, output);
          assert.deepEqual(missing(report, expected, python.version), [], output);
          assert.equal(report.dropped, 0);
        }),
      );
    }
  });
}
