// Prints what recording costs (bench/cost.py) and how fast a trace is read (bench/decode.ts). Arguments go to the first.
import { findPythons } from './pythons.mjs';
import { run } from './support.mjs';

const python = findPythons()
  .filter(({ name }) => !name.endsWith('t'))
  .at(-1);
const steps = [
  [process.execPath, ['esbuild.mjs', '--product']],
  [process.execPath, ['esbuild.mjs', 'bench/decode.ts']],
  [process.execPath, ['dist/bench/decode.js']],
  [python?.path ?? 'python3', ['bench/cost.py', ...process.argv.slice(2)]],
];
for (const [program, args] of steps) {
  if (run(program, args) !== 0) process.exit(1);
}
