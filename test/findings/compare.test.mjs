// Functions of test/programs/compare/natures.py whose nature no machine changes: what `interleave compare`
// and `interleave scaling` say of them.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { findPythons } from '../../scripts/pythons.mjs';
import { inTwoAttempts } from '../support/attempts.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const natures = join(root, 'test/programs/compare/natures.py');
// Where processes are forked their start is cheap; from 3.14 on it takes as long as the work of these functions.
const pythons = findPythons().filter(({ name }) => !name.endsWith('t'));
const python = pythons.filter(({ version }) => version[1] < 14).at(-1) ?? pythons.at(-1);

/** Function, kind of verdict, best modes, modes that are run: where times decide, a busy machine may show no gain. */
const EXPECTED = [
  ['sleeps', 'io-bound', ['thread']],
  ['awaits', 'io-bound', ['async']],
  ['blocks_the_loop', 'blocked-loop', ['thread']],
  ['sleeps_unevenly', 'uneven', ['thread']],
  ['tiny', 'too-small', ['sequential']],
  ['counts', 'cpu-bound', ['process', 'sequential'], 'thread,process'],
];

const wanted = (process.env.INTERLEAVE_TEST_PROGRAMS ?? '').split(' ').filter(Boolean);

for (const [name, kind, best, modes = 'thread,async,process'] of EXPECTED) {
  const isWanted = wanted.length === 0 || wanted.some((part) => `compare/${name}`.includes(part));
  if (!isWanted) continue;
  test(`compare ${name}`, (context) =>
    inTwoAttempts(context, async () => {
      const found = await compare(name, modes);
      const shown = JSON.stringify(found, null, 1);
      assert.equal(found.verdict.kind, kind, shown);
      assert.ok(best.includes(found.verdict.best), shown);
      assert.deepEqual(
        found.runs.map(({ mode }) => mode),
        ['sequential', ...modes.split(',')],
        shown,
      );
    }));
}

/** Function, what keeps it from more with four workers, and where it gains no more. */
const SCALING = [
  ['sleeps', 'none', 4],
  ['sleeps_with_the_lock', 'lock', 1],
];

for (const [name, limit, knee] of SCALING) {
  if (wanted.length > 0 && !wanted.some((part) => `scaling/${name}`.includes(part))) continue;
  test(`scaling ${name}`, (context) =>
    inTwoAttempts(context, async () => {
      const found = await figuresOf('scaling', name, '--max', '4');
      const shown = JSON.stringify(found, null, 1);
      assert.equal(found.schema, 'interleave.scaling/1');
      assert.equal(found.limit, limit, shown);
      assert.equal(found.knee, knee, shown);
      const counts = found.points.map(({ workers }) => workers);
      assert.deepEqual([counts[0], counts.at(-1)], [1, 4], shown);
    }));
}

function compare(name, modes) {
  return figuresOf('compare', name, '--workers', '4', '--modes', modes);
}

function figuresOf(command, name, ...more) {
  const words = [command, '--function', name, '--inputs', 'range(8)', '--repeat', '1', ...more];
  const options = ['--python', python.path, '--timeout', '60', '--json', '-'];
  return new Promise((resolve, reject) => {
    execFile(process.execPath, [join(root, 'dist/cli.js'), ...words, ...options, natures], (error, stdout, stderr) =>
      error ? reject(new Error(stderr)) : resolve(JSON.parse(stdout)),
    );
  });
}
