// Makes dist/: the extension, the command line, the webview, and the bundles of the tests.
//   node esbuild.mjs             builds all
//   node esbuild.mjs --release   the product alone, minified
//   node esbuild.mjs --watch     builds the product again whenever a source changes
import { existsSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import * as esbuild from 'esbuild';
import { filesBelow, root } from './scripts/support.mjs';

const release = process.argv.includes('--release');
const shared = {
  absWorkingDir: root,
  bundle: true,
  sourcemap: release ? false : 'linked',
  minify: release,
  logLevel: 'warning',
  legalComments: 'none',
};
/** Code for Node: CommonJS, since that is what the extension host of each VS Code we support loads. */
const node = { ...shared, platform: 'node', format: 'cjs', target: 'node20', external: ['vscode'] };

const product = [
  { ...node, entryPoints: ['src/extension.ts'], outfile: 'dist/extension.js' },
  { ...node, entryPoints: ['src/cli.ts'], outfile: 'dist/cli.js', banner: { js: '#!/usr/bin/env node' } },
  {
    ...shared,
    entryPoints: { webview: 'webview/main.ts' },
    outdir: 'dist',
    platform: 'browser',
    format: 'iife',
    target: 'es2022',
  },
].filter((build) => existsSync(join(root, Object.values(build.entryPoints)[0])));

// Test bundles keep their place below dist/test, so that a failure's path leads to its source.
const testFiles = ['test/unit', 'test/vscode/suite'].flatMap((folder) =>
  filesBelow(folder, (name) => name.endsWith('.test.ts') || name === 'index.ts'),
);
const tests = {
  ...node,
  packages: 'external',
  entryPoints: testFiles.map((file) => relative(root, file)),
  outdir: 'dist/test',
  outbase: 'test',
};

if (process.argv.includes('--watch')) {
  const contexts = await Promise.all(product.map((build) => esbuild.context({ ...build, logLevel: 'info' })));
  await Promise.all(contexts.map((context) => context.watch()));
} else {
  const builds = release || testFiles.length === 0 ? product : [...product, tests];
  if (release) rmSync(join(root, 'dist'), { recursive: true, force: true });
  await Promise.all(builds.map((build) => esbuild.build(build)));
}
