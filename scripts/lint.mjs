// Looks for mistakes in both languages, without changing anything: biome for TypeScript, JavaScript, CSS and JSON,
// ruff for Python.
import { lintPython, pythonFiles } from './python-style.mjs';
import { biome } from './support.mjs';

const files = pythonFiles();
const findings = files.flatMap(lintPython);
for (const finding of findings) console.log(finding);
const status = biome('lint', '--error-on-warnings');
console.log(`lint: ${files.length} Python files, ${findings.length} findings`);
process.exitCode = status !== 0 || findings.length > 0 ? 1 : 0;
