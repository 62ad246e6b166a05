// What `interleave compare` says of functions whose nature is known, on every Python of this machine: a row for each.
//   node bench/natures.mjs [NAME-OF-PYTHON...]        e.g. 3.9 3.13t
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { findPythons } from '../scripts/pythons.mjs';
import { root, run } from '../scripts/support.mjs';

const PROGRAM = join(root, 'test/programs/compare/natures.py');

/** Function, and which kinds of verdict are right: with the GIL, and without where that differs. */
const NATURES = [
  ['sleeps', ['io-bound']],
  ['awaits', ['io-bound']],
  ['blocks_the_loop', ['blocked-loop']],
  ['asks_over_a_socket', ['io-bound']],
  // A fast disk answers before a worker has begun.
  ['writes_files', ['io-bound', 'too-small', 'unclear']],
  ['sleeps_unevenly', ['uneven']],
  ['tiny', ['too-small']],
  ['counts', ['cpu-bound'], ['gil-free']],
  ['matches', ['cpu-bound'], ['gil-free']],
  ['dumps', ['cpu-bound'], ['gil-free']],
  ['hashes', ['gil-free']],
  ['queries', ['gil-free', 'memory-bound']],
  ['multiplies', ['gil-free', 'memory-bound']],
];

if (run(process.execPath, ['esbuild.mjs', '--product']) !== 0) process.exit(1);
const wanted = process.argv.slice(2);
const counts = { right: 0, open: 0, WRONG: 0 };
for (const python of findPythons().filter(({ name }) => wanted.length === 0 || wanted.includes(name))) {
  console.log(`\n${python.label}`);
  for (const [name, kinds, withoutGil = kinds] of NATURES) {
    const found = await compare(name, python.path);
    if (typeof found === 'string') {
      console.log(`  ${name.padEnd(20)} ${found}`);
      continue;
    }
    const { verdict, runs } = found;
    const isRight = (python.name.endsWith('t') ? withoutGil : kinds).includes(verdict.kind);
    // What it does not claim on a busy machine is no mistake.
    const isOpen =
      !isRight && verdict.kind === 'unclear' && verdict.evidence.some((text) => text.includes('kept the cores busy'));
    const mark = isRight ? 'right' : isOpen ? 'open' : 'WRONG';
    counts[mark]++;
    const speedups = runs.slice(1).map(({ mode, speedup }) => `${mode} ${speedup.toFixed(2)}x`);
    console.log(
      `  ${name.padEnd(20)} ${mark.padEnd(5)}  ${`${verdict.kind}, ${verdict.best}`.padEnd(26)} ${speedups.join('  ')}`,
    );
    if (mark === 'WRONG') console.log(`      ${[verdict.text, ...verdict.evidence].join('\n      ')}`);
  }
}
console.log(`\n${counts.right} right, ${counts.open} left open since the machine was busy, ${counts.WRONG} wrong`);

/** The document, or why there is none. */
function compare(name, python) {
  const words = ['compare', '--function', name, '--inputs', 'range(8)', '--workers', '2', '--python', python];
  const options = ['--timeout', '60', '--json', '-', PROGRAM];
  return new Promise((resolve) => {
    execFile(process.execPath, [join(root, 'dist/cli.js'), ...words, ...options], (error, stdout, stderr) =>
      resolve(error ? stderr.trim().split('\n').at(-1) : JSON.parse(stdout)),
    );
  });
}
