// Every program in test/programs/*/ runs twice on every Python found, under the CLI; what is found must be what the
// program says, and the same both times.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { after, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { findPythons } from '../../scripts/pythons.mjs';
import { inTwoAttempts } from '../support/attempts.mjs';
import { differences, essence, expectationOf } from './expectations.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const cli = join(root, 'dist/cli.js');
const programs = join(root, 'test/programs');
const temp = mkdtempSync(join(tmpdir(), 'interleave-findings-'));
after(() => rmSync(temp, { recursive: true, force: true }));

/** Folders whose programs are for other tests. */
const OTHERS = ['advice', 'confirm', 'lint', 'shadowing', '__pycache__'];
const wanted = (process.env.INTERLEAVE_TEST_PROGRAMS ?? '').split(' ').filter(Boolean);

for (const python of chosenPythons()) {
  describe(python.label, { concurrency: 3 }, () => {
    for (const program of chosen()) {
      const expectation = expectationOf(readFileSync(join(programs, program), 'utf8'));
      const [, minor] = python.version;
      if (minor < expectation.since || minor > expectation.until) continue;
      test(program, (context) =>
        inTwoAttempts(context, async () => {
          const first = await run(python.path, program, expectation);
          assert.deepEqual(differences(expectation, first.findings), [], first.output);
          const second = await run(python.path, program, expectation);
          assert.deepEqual(essence(second.findings), essence(first.findings), second.output);
        }),
      );
    }
  });
}

/** All, or with INTERLEAVE_TEST_FEW the oldest and the newest. */
function chosenPythons() {
  const found = findPythons().sort((a, b) => a.version[1] - b.version[1]);
  return process.env.INTERLEAVE_TEST_FEW && found.length > 2 ? [found[0], found[found.length - 1]] : found;
}

/** Paths below `programs`; a program in a folder of the name of a kind of findings says what is found in it. */
function chosen() {
  return readdirSync(programs, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !OTHERS.includes(entry.name))
    .flatMap(({ name }) =>
      readdirSync(join(programs, name))
        .filter((file) => file.endsWith('.py'))
        .map((file) => join(name, file)),
    )
    .filter((path) => wanted.length === 0 || wanted.some((part) => path.includes(part)));
}

function run(python, program, { args, options, timeout }) {
  const json = join(temp, `${basename(program)}-${process.hrtime.bigint()}.json`);
  const own = args.length > 0 ? ['--', ...args] : [];
  const file = join(programs, program);
  const line = [cli, 'run', '--python', python, '--timeout', timeout, '--json', json, ...options, file, ...own];
  return new Promise((resolve, reject) => {
    const child = execFile(
      process.execPath,
      line.map(String),
      { cwd: temp, maxBuffer: 1 << 24 },
      (_error, stdout, stderr) => {
        const output = `${stdout}\n${stderr}`;
        try {
          resolve({ findings: JSON.parse(readFileSync(json, 'utf8')).findings, output });
        } catch (cause) {
          reject(new Error(`no report: ${output}`, { cause }));
        }
      },
    );
    child.stdin.end();
  });
}
