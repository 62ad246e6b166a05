// Every program in examples/ runs on every Python found, under the CLI, and must show what its expectation names.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { after, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { findPythons } from '../../scripts/pythons.mjs';
import { inTwoAttempts } from '../support/attempts.mjs';
import { missing } from './matchReport.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
const root = join(here, '../..');
const cli = join(root, 'dist/cli.js');
const temp = mkdtempSync(join(tmpdir(), 'interleave-examples-'));
after(() => rmSync(temp, { recursive: true, force: true }));

const programs = readdirSync(join(root, 'examples')).filter((name) => name.endsWith('.py'));
const expectationOf = (program) => JSON.parse(readFileSync(join(here, `${basename(program, '.py')}.json`), 'utf8'));

for (const python of await findPythons()) {
  describe(python.label, { concurrency: 2 }, () => {
    for (const program of programs) {
      const expected = expectationOf(program);
      const tooOld = (expected.since ?? [3, 8])[1] > python.version[1];
      if (tooOld) continue;
      test(program, (context) =>
        inTwoAttempts(context, async () => {
          const { status, report, output } = await run(python.path, program, expected.options ?? []);
          assert.equal(status, expected.exitCode ?? 0, output);
          assert.deepEqual(missing(report, expected, python.version), [], output);
          assert.equal(report.dropped, 0);
        }),
      );
    }
  });
}

function run(python, program, options) {
  const json = join(temp, `${basename(program)}-${process.hrtime.bigint()}.json`);
  const args = [
    cli,
    'run',
    '--python',
    python,
    '--timeout',
    '60',
    '--json',
    json,
    ...options,
    join(root, 'examples', program),
  ];
  return new Promise((resolve, reject) => {
    const child = execFile(process.execPath, args, { cwd: temp, maxBuffer: 1 << 24 }, (_error, stdout, stderr) => {
      const output = `${stdout}\n${stderr}`;
      try {
        resolve({ status: child.exitCode, report: JSON.parse(readFileSync(json, 'utf8')), output });
      } catch (cause) {
        reject(new Error(`no report: ${output}`, { cause }));
      }
    });
    child.stdin.end();
  });
}
