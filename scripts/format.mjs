// Brings all sources into one form: biome for TypeScript, JavaScript, CSS and JSON, ruff for Python.
//   node scripts/format.mjs            fails when a file is not in that form
//   node scripts/format.mjs --write    rewrites those files; with paths, these alone
import { readFileSync, writeFileSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { fixPython, formatPython, pythonFiles } from './python-style.mjs';
import { biome, root } from './support.mjs';

const write = process.argv.includes('--write');
const wanted = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const isWanted = (file) => wanted.length === 0 || wanted.some((path) => file.startsWith(resolve(path)));

let failed = 0;
const files = pythonFiles().filter(isWanted);
for (const file of files) {
  const text = readFileSync(file, 'utf8');
  let formatted;
  try {
    formatted = formatPython(fixPython(text));
  } catch (error) {
    console.log(`${relative(root, file)}: ${String(error)}`);
    failed += 1;
    continue;
  }
  if (formatted === text) continue;
  if (write) {
    writeFileSync(file, formatted);
    continue;
  }
  console.log(`${relative(root, file)} is not formatted: run "npm run format".`);
  failed += 1;
}
// Biome takes what it can read of the paths; Python alone is no mistake.
const options = ['--no-errors-on-unmatched', '--linter-enabled=false', '--max-diagnostics=50', ...wanted];
const status = biome('check', ...(write ? ['--write', ...options] : options));
console.log(`format: ${files.length} Python files, ${failed} not in form`);
process.exitCode = status !== 0 || failed > 0 ? 1 : 0;
