// Runs the Python tests (test/runtime) on every supported Python of this machine, several at once, and says which.
//   npm run test:python                        all tests, all Pythons
//   npm run test:python -- --python 3.12       on these alone (names as in 3.13t, or paths; may be repeated)
//   npm run test:python -- test_locks          these test modules alone
//   npm run test:python -- --few               on the oldest, the newest and those without the GIL
// A test that fails is run once more by itself, since the programs in it really run concurrently; that is told.

import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { findPythons } from './pythons.mjs';
import { filesBelow, root } from './support.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { python: { type: 'string', multiple: true }, few: { type: 'boolean' } },
});

const all = findPythons();
const chosen = values.python
  ? values.python.map((name) => all.find((python) => python.name === name) ?? { name, label: name, path: name })
  : values.few
    ? all.filter((python) => python === all[0] || python === all.at(-1) || python.name.endsWith('t'))
    : all;
if (chosen.length === 0) {
  console.error('No Python was found: install Python 3.8 or newer and put it on PATH.');
  process.exit(1);
}

const tests = filesBelow('test/runtime', (name) => /^test_.*\.py$/.test(name))
  .map((file) => basename(file, '.py'))
  .filter((name) => positionals.length === 0 || positionals.some((part) => name.includes(part)));
if (tests.length === 0) {
  console.error('No Python test has such a name.');
  process.exit(1);
}

// A test that hangs is ended with the stacks of all its threads, by faulthandler.
const MAIN = `import faulthandler, sys, unittest
faulthandler.dump_traceback_later(900, exit=True)
sys.path[:0] = sys.argv.pop(1).split("|")
unittest.main(module=None)`;
const PATHS = [join(root, 'test/runtime'), join(root, 'runtime')].join('|');

const waiting = [...chosen];
let failed = 0;
await Promise.all(Array.from({ length: availableParallelism() }, work));
console.log(`Python: ${chosen.length - failed} versions passed, ${failed} failed`);
process.exitCode = failed ? 1 : 0;

/** Takes one Python after the other. */
async function work() {
  for (let python = waiting.shift(); python; python = waiting.shift()) {
    const started = Date.now();
    const { status, output } = await runTests(python.path, tests);
    const count = /^Ran (\d+) tests?/m.exec(output)?.[1] ?? '0';
    const again = status === 0 ? [] : failuresIn(output);
    const passed = count !== '0' && (status === 0 || (again.length > 0 && (await passAlone(python.path, again))));
    const seconds = ((Date.now() - started) / 1000).toFixed(1);
    console.log(`${python.label}, ${python.path}: ${count} tests, ${passed ? 'passed' : 'FAILED'}, ${seconds} s`);
    if (passed && again.length > 0) console.log(`  at the second attempt: ${again.join(', ')}`);
    if (status !== 0) console.log(output);
    if (!passed) failed += 1;
  }
}

/** Names of the tests that failed, when unittest came to its end and there are but a few. */
function failuresIn(output) {
  const names = [...output.matchAll(/^(?:FAIL|ERROR): (\w+) \(([\w.]+)\)/gm)].map(([, test, place]) =>
    place.endsWith(`.${test}`) ? place : `${place}.${test}`,
  );
  return /^FAILED \(/m.test(output) && names.length <= 3 ? [...new Set(names)] : [];
}

async function passAlone(python, names) {
  const { status, output } = await runTests(python, names);
  if (status !== 0) console.log(output);
  return status === 0;
}

/** Runs tests by one Python, with all that it says. */
function runTests(python, names) {
  return new Promise((done) => {
    const child = spawn(python, ['-B', '-X', 'faulthandler', '-c', MAIN, PATHS, ...names], {
      cwd: root,
      env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text) => {
        output += text;
      });
    }
    child.once('error', (error) => done({ status: 1, output: error.message }));
    child.once('close', (status) => done({ status, output }));
  });
}
