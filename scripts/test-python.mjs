// Runs the Python tests (test/runtime) on every supported Python of this machine, and says which.
//   npm run test:python                        all tests, all Pythons
//   npm run test:python -- --python 3.12       on these alone (names as in 3.13t, or paths; may be repeated)
//   npm run test:python -- test_locks          these test modules alone

import { spawnSync } from 'node:child_process';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { findPythons } from './pythons.mjs';
import { filesBelow, root } from './support.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { python: { type: 'string', multiple: true } },
});

const all = findPythons();
const chosen = values.python
  ? values.python.map((name) => all.find((python) => python.name === name) ?? { name, label: name, path: name })
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

let failed = 0;
for (const python of chosen) {
  const started = Date.now();
  // A test that hangs is ended with the stacks of all its threads, by faulthandler.
  const main = `import faulthandler, sys, unittest
faulthandler.dump_traceback_later(600, exit=True)
sys.path[:0] = sys.argv.pop(1).split("|")
unittest.main(module=None)`;
  const paths = [join(root, 'test/runtime'), join(root, 'runtime')].join('|');
  const result = spawnSync(python.path, ['-B', '-X', 'faulthandler', '-c', main, paths, ...tests], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1' },
    maxBuffer: 1 << 28,
  });
  const count = /^Ran (\d+) tests?/m.exec(result.stderr ?? '')?.[1] ?? '0';
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  const passed = result.status === 0 && count !== '0';
  console.log(`${python.label}, ${python.path}: ${count} tests, ${passed ? 'passed' : 'FAILED'}, ${seconds} s`);
  if (passed) continue;
  failed += 1;
  console.log(`${result.stdout ?? ''}${result.stderr ?? ''}${result.error ?? ''}`);
}
console.log(`Python: ${chosen.length - failed} versions passed, ${failed} failed`);
process.exitCode = failed ? 1 : 0;
