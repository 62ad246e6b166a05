// `npm test`: sets everything up and runs all checks, the quick ones first. Each says what it found; a failure does not
// stop the rest. With names, these alone: npm test -- types lint unit
import { findPythons } from './pythons.mjs';
import { setUp } from './setup.mjs';
import { root, run } from './support.mjs';

/** Name, and what runs it. */
const CHECKS = {
  generated: ['scripts/generate.mjs', '--check'],
  imports: ['scripts/check-imports.mjs'],
  types: ['scripts/typecheck.mjs'],
  format: ['scripts/format.mjs'],
  lint: ['scripts/lint.mjs'],
  build: ['esbuild.mjs'],
  unit: ['scripts/test-unit.mjs'],
  python: ['scripts/test-python.mjs', '--few'],
  examples: ['scripts/test-examples.mjs', '--few'],
  findings: ['scripts/test-findings.mjs', '--few'],
  webview: ['scripts/test-webview.mjs'],
  vscode: ['scripts/test-vscode.mjs', '--few'],
};

try {
  process.exitCode = main(process.argv.slice(2));
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}

function main(wanted) {
  const unknown = wanted.filter((name) => !(name in CHECKS));
  if (unknown.length > 0)
    throw new Error(`There is no check "${unknown[0]}"; there are ${Object.keys(CHECKS).join(', ')}.`);
  setUp();
  if (findPythons().length === 0)
    throw new Error('No Python was found: install Python 3.8 or newer and put it on PATH.');

  const results = [];
  for (const [name, [script, ...args]] of Object.entries(CHECKS)) {
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    console.log(`\n== ${name}`);
    const started = Date.now();
    const status = run(process.execPath, [script, ...args], { cwd: root });
    results.push({ name, status, seconds: (Date.now() - started) / 1000 });
  }

  console.log('');
  for (const { name, status, seconds } of results) {
    console.log(`${status === 0 ? 'passed' : 'FAILED'}  ${name.padEnd(10)} ${seconds.toFixed(1).padStart(6)} s`);
  }
  const failed = results.filter(({ status }) => status !== 0).length;
  console.log(`${results.length - failed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}
