// Runs a Python script by the newest Python of this machine: node scripts/python.mjs SCRIPT [ARGUMENTS …]
import { findPythons } from './pythons.mjs';
import { run } from './support.mjs';

const python = findPythons()
  .filter(({ name }) => !name.endsWith('t'))
  .at(-1);
if (!python) {
  console.error('No Python was found: install Python 3.8 or newer and put it on PATH.');
  process.exit(1);
}
process.exit(run(python.path, process.argv.slice(2)));
