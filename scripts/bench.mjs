// Prints what recording costs (bench/cost.py) and how fast a trace is read (bench/decode.ts). Arguments go to the first.
// With the name of a benchmark of the linter or of the editor's margin, that one alone: `npm run bench -- lintFuzz 1000`.
import { findPythons } from './pythons.mjs';
import { run } from './support.mjs';

const BY_THEMSELVES = ['lint', 'lintFuzz', 'lintPrecision', 'gutter'];

const [name, ...rest] = process.argv.slice(2);
for (const [program, args] of BY_THEMSELVES.includes(name) ? bundled(name, rest) : ofRuns()) {
  if (run(program, args) !== 0) process.exit(1);
}

function bundled(bench, args) {
  return [
    [process.execPath, ['esbuild.mjs', `bench/${bench}.ts`]],
    [process.execPath, [`dist/bench/${bench}.js`, ...args]],
  ];
}

function ofRuns() {
  const python = findPythons()
    .filter(({ name }) => !name.endsWith('t'))
    .at(-1);
  return [
    [process.execPath, ['esbuild.mjs', '--product']],
    ...bundled('decode', []),
    [python?.path ?? 'python3', ['bench/cost.py', ...process.argv.slice(2)]],
  ];
}
