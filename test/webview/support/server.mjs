// Serves the webview as it was built, under the content policy of the panel, with a stand-in for VS Code.
//   node test/webview/support/server.mjs   prints an address to look at: ?trace=orders&theme=light
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as esbuild from 'esbuild';

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '../../..');

const POLICY = [`default-src 'none'`, `script-src 'nonce-test'`, `style-src 'self'`, 'img-src data:'].join('; ');

const page = (title, script, stub) => `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<link rel="stylesheet" href="themes.css"><link rel="stylesheet" href="${script}.css"><title>${title}</title></head>
<body><div id="root"></div><script nonce="test" src="${stub}.js"></script><script nonce="test" src="${script}.js"></script></body></html>`;

/** Names a file with the bundles, for several servers one after the other. */
const READY_BUNDLES = 'INTERLEAVE_TEST_BUNDLES';

/** Makes the bundles once, for all tests that this process starts. */
export async function bundleOnce(file) {
  writeFileSync(file, JSON.stringify(await bundles()));
  process.env[READY_BUNDLES] = file;
}

/** Scripts and style sheets by their path. */
async function bundles() {
  const bundle = async (entry) => {
    const options = {
      entryPoints: [join(root, entry)],
      bundle: true,
      write: false,
      outdir: '/',
      format: 'iife',
      target: 'es2022',
    };
    const { outputFiles } = await esbuild.build(options);
    return (extension) => outputFiles.find((file) => file.path.endsWith(extension))?.text;
  };
  const [webview, timelineStub, comparison, comparisonStub] = await Promise.all(
    [
      'webview/main.ts',
      'test/webview/support/page.ts',
      'webview/comparison/main.ts',
      'test/webview/support/comparisonPage.ts',
    ].map(bundle),
  );
  return {
    '/page.js': ['text/javascript', timelineStub('.js')],
    '/comparisonPage.js': ['text/javascript', comparisonStub('.js')],
    '/comparison.js': ['text/javascript', comparison('.js')],
    '/comparison.css': ['text/css', comparison('.css')],
    '/webview.js': ['text/javascript', webview('.js')],
    '/webview.css': ['text/css', webview('.css')],
  };
}

/** Bundles and serves; resolves to the address and a function that ends it. */
export async function serve() {
  const ready = process.env[READY_BUNDLES];
  const files = {
    ...(ready ? JSON.parse(readFileSync(ready, 'utf8')) : await bundles()),
    '/': ['text/html', page('Timeline', 'webview', 'page')],
    '/comparison': ['text/html', page('Comparison', 'comparison', 'comparisonPage')],
    '/themes.css': ['text/css', readFileSync(join(here, 'themes.css'))],
  };
  const server = createServer((request, response) => {
    const file = files[new URL(request.url, 'http://localhost').pathname];
    response
      .writeHead(file ? 200 : 404, { 'content-type': `${file?.[0] ?? 'text/plain'}; charset=utf-8` })
      .end(file?.[1]);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { address: `http://127.0.0.1:${server.address().port}/`, close: () => server.close() };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log((await serve()).address);
