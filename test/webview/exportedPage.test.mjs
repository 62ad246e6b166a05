// The exported web page: opened from a file, under its own strict policy, without anybody to ask.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import * as esbuild from 'esbuild';
import { chromium } from 'playwright-core';
import { findChromium } from '../../scripts/chromium.mjs';

const root = new URL('../../', import.meta.url).pathname;
const PARTS = `
export { encodeDelta } from './common/deltaText';
export { html } from './src/engine/export/html';
export { TRACES } from './test/webview/support/traces';`;

let folder;
let browser;
let parts;
let texts;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'interleave-page-'));
  const options = { bundle: true, absWorkingDir: root, logLevel: 'error' };
  const stdin = { contents: PARTS, resolveDir: root, loader: 'ts' };
  const outfile = join(folder, 'parts.mjs');
  await esbuild.build({ ...options, stdin, format: 'esm', platform: 'node', outfile });
  parts = await import(pathToFileURL(outfile));
  const { outputFiles } = await esbuild.build({
    ...options,
    entryPoints: ['webview/main.ts'],
    minify: true,
    write: false,
    outdir: '/',
    format: 'iife',
    target: 'es2022',
  });
  texts = (extension) => outputFiles.find(({ path }) => path.endsWith(extension)).text;
  browser = await chromium.launch({ executablePath: findChromium(), args: ['--no-sandbox'] });
});
after(async () => {
  await browser?.close();
  await rm(folder, { recursive: true, force: true });
});

/** Opens the page of a trace as a file; `problems` are errors, refusals of the policy and requests. */
async function open(trace) {
  const file = join(folder, `${trace}.html`);
  const page = await browser.newPage({ viewport: { width: 1180, height: 720 }, reducedMotion: 'reduce' });
  page.setDefaultTimeout(10_000);
  const address = pathToFileURL(file).href;
  const problems = [];
  page.on('pageerror', (error) => problems.push(String(error.stack)));
  page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
  page.on('request', (request) => {
    const isOwn = [address, 'data:', 'blob:'].some((begin) => request.url().startsWith(begin));
    if (!isOwn) problems.push(`asks for ${request.url()}`);
  });
  await writeFile(
    file,
    [
      ...parts.html({
        title: trace,
        script: texts('.js'),
        style: texts('.css'),
        data: [parts.encodeDelta(parts.TRACES[trace]().snapshot())],
        sha256: (text) => createHash('sha256').update(text).digest('base64'),
      }),
    ].join(''),
  );
  await page.goto(address);
  await page.locator('.chart[data-window]').waitFor();
  return { page, problems };
}

test('it shows the run, and all that needs no program works, under a policy without exceptions', async () => {
  const { page, problems } = await open('orders');
  const policy = await page.locator('meta[http-equiv]').getAttribute('content');
  assert.match(policy, /^default-src 'none'; script-src 'sha256-[\w+/=]+'; style-src 'sha256-[\w+/=]+'; /);
  await page.locator('.lane-name', { hasText: 'worker-2' }).waitFor();
  await page.keyboard.press('q');
  await page.locator('.statistics-table').waitFor();
  await page.locator('.statistics-facts', { hasText: '6.10 s' }).waitFor();
  await page.keyboard.press('c');
  await page.locator('.foot', { hasText: 'Critical path: ' }).waitFor();
  await page.keyboard.press('Shift+E');
  const download = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: /PNG/ }).click();
  assert.equal((await download).suggestedFilename(), 'orders.png');
  await page.close();
  assert.deepEqual(problems, []);
});

test('what is put into it later does not run', async () => {
  const { page } = await open('orders');
  await page.evaluate(
    () =>
      new Promise((resolve) => {
        const script = document.createElement('script');
        script.textContent = 'window.isHarmed = true';
        document.body.append(script);
        document.body.insertAdjacentHTML('beforeend', '<img src="data:," onerror="window.isHarmed = true">');
        document.body.lastElementChild.addEventListener('error', resolve);
      }),
  );
  assert.equal(await page.evaluate(() => window.isHarmed), undefined);
  await page.close();
});

for (const trace of ['live', 'killed', 'longNames', 'millionSpans']) {
  test(`it opens without a fault: ${trace}`, async () => {
    const { page, problems } = await open(trace);
    await page.keyboard.press('q');
    await page.locator('.statistics-table').waitFor();
    await page.close();
    assert.deepEqual(problems, []);
  });
}

test('a link to code says which line it is, where there is no editor', async () => {
  const { page, problems } = await open('orders');
  await page.locator('.lane-name', { hasText: 'worker-1' }).first().click();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await page.locator('.notice .sentence', { hasText: /line \d+ of \/work\/orders\.py/ }).waitFor();
  assert.deepEqual(problems, []);
  await page.close();
});
