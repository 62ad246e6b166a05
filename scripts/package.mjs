// Builds the product and packs it as dist/interleave-VERSION.vsix, which VS Code can install.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, run } from './support.mjs';

const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const file = `dist/interleave-${version}.vsix`;
const vsce = join(root, 'node_modules/@vscode/vsce/vsce');
const steps = [
  ['esbuild.mjs', '--release'],
  // All that the product needs is in its bundles; and where the sources are published is not known here.
  [vsce, 'package', '--no-dependencies', '--allow-missing-repository', '--no-rewrite-relative-links', '--out', file],
];
for (const step of steps) {
  if (run(process.execPath, step) !== 0) process.exit(1);
}
console.log(`Packed ${file}; install it by: code --install-extension ${file}`);
