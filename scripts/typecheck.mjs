// Checks the types of each part with what exists where it runs: no DOM in the host, no Node in the webview, neither in
// the engine.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root, run } from './support.mjs';

const parts = ['tsconfig.json', 'tsconfig.engine.json', 'tsconfig.webview.json', 'tsconfig.test.json'];
const compiler = join(root, 'node_modules/typescript/bin/tsc');

let failed = 0;
for (const part of parts) {
  if (!existsSync(join(root, part))) throw new Error(`${part} is missing.`);
  if (run(process.execPath, [compiler, '--project', part]) !== 0) failed += 1;
}
console.log(`types: ${parts.length - failed} passed, ${failed} failed`);
process.exitCode = failed ? 1 : 0;
