// Makes dist/: the extension, the command line, the webview, and the bundles of the tests.
//   node esbuild.mjs                 builds all
//   node esbuild.mjs --product       without the tests
//   node esbuild.mjs --release       the product alone, minified, in an empty dist/
//   node esbuild.mjs --watch         builds the product again whenever a source changes
//   node esbuild.mjs FILE.ts …       these tests or benchmarks alone
import { copyFileSync, mkdirSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import * as esbuild from 'esbuild';
import { filesBelow, root } from './scripts/support.mjs';
import { writeThirdPartyLicences } from './scripts/third-party.mjs';

const options = process.argv.slice(2).filter((argument) => argument.startsWith('--'));
const files = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const release = options.includes('--release');

const shared = {
  absWorkingDir: root,
  bundle: true,
  sourcemap: release ? false : 'linked',
  minify: release,
  metafile: release,
  logLevel: 'warning',
  legalComments: 'none',
};
/** Code for Node: CommonJS, since that is what the extension host of each VS Code that we support loads. */
const node = {
  ...shared,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  external: ['vscode'],
  // Its module for import looks for itself by import.meta.url, which a CommonJS bundle does not have.
  alias: { 'web-tree-sitter': join(root, 'node_modules/web-tree-sitter/web-tree-sitter.cjs') },
};

const product = [
  { ...node, entryPoints: ['src/extension.ts'], outfile: 'dist/extension.js' },
  { ...node, entryPoints: ['src/session/lint/lintWorker.ts'], outfile: 'dist/lintWorker.js' },
  { ...node, entryPoints: ['src/cli.ts'], outfile: 'dist/cli.js', banner: { js: '#!/usr/bin/env node' } },
  {
    ...shared,
    entryPoints: { webview: 'webview/main.ts', comparison: 'webview/comparison/main.ts' },
    outdir: 'dist',
    platform: 'browser',
    format: 'iife',
    target: 'es2022',
  },
];

/** What the linter parses Python with: tree-sitter and its grammar of Python, which are read when they are needed. */
const WASM = {
  'tree-sitter.wasm': 'web-tree-sitter/web-tree-sitter.wasm',
  'tree-sitter-python.wasm': 'tree-sitter-python/tree-sitter-python.wasm',
};

/** Bundles of tests and benchmarks keep their place below dist, so that a failure's path leads to its source. */
const tests = (entryPoints) => ({
  ...node,
  alias: {},
  packages: 'external',
  entryPoints,
  outdir: 'dist',
  outbase: '.',
});

if (options.includes('--watch')) {
  copyWasm();
  const contexts = await Promise.all(product.map((build) => esbuild.context({ ...build, logLevel: 'info' })));
  await Promise.all(contexts.map((context) => context.watch()));
} else {
  if (release) rmSync(join(root, 'dist'), { recursive: true, force: true });
  // What is wrong with a source, esbuild has said by then.
  const built = await Promise.all(wantedBuilds().map((build) => esbuild.build(build))).catch(() => process.exit(1));
  if (files.length === 0) copyWasm();
  if (release)
    writeThirdPartyLicences(
      built.map(({ metafile }) => metafile),
      Object.values(WASM).map(packageOf),
    );
}

function copyWasm() {
  mkdirSync(join(root, 'dist'), { recursive: true });
  for (const [name, source] of Object.entries(WASM))
    copyFileSync(join(root, 'node_modules', source), join(root, 'dist', name));
}

function packageOf(path) {
  return path.split('/')[0];
}

function wantedBuilds() {
  if (files.length > 0) return [tests(files)];
  if (release || options.includes('--product')) return product;
  const all = ['test/unit', 'test/vscode/suite'].flatMap((folder) =>
    filesBelow(folder, (name) => name.endsWith('.test.ts') || name === 'index.ts'),
  );
  return [...product, tests(all.map((file) => relative(root, file)))];
}
