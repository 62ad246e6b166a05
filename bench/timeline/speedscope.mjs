// The same calls in speedscope (https://www.speedscope.app), from npm, as it is served by itself.
import { spawnSync } from 'node:child_process';
import { createReadStream, existsSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { framesOf, withPage, workOf } from './browser.mjs';

const VERSION = '1.25.0';
const PATIENCE_MS = 300_000;
const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.wasm': 'application/wasm' };

/** Folder with its page, undefined when npm does not give it. */
export function installSpeedscope(folder) {
  const npm = ['install', '--no-save', '--no-audit', '--no-fund', '--prefix', folder, `speedscope@${VERSION}`];
  spawnSync('npm', npm, { stdio: 'ignore', shell: process.platform === 'win32' });
  const release = join(folder, 'node_modules/speedscope/dist/release');
  return existsSync(release) ? release : undefined;
}

export async function measureSpeedscope(path, release) {
  const files = (name) => {
    if (name === '/profile.json') return ['application/json', (response) => createReadStream(path).pipe(response)];
    const file = join(release, name === '/' ? 'index.html' : name);
    return existsSync(file) ? [TYPES[extname(file)] ?? 'application/octet-stream', readFileSync(file)] : undefined;
  };
  return await withPage(files, async (page, address, memory) => {
    await page.goto(address);
    const empty = await memory();
    const failed = new Promise((resolve) => {
      page.on('crash', () => resolve('its page crashes'));
      page.on('pageerror', (error) => resolve(`it fails: ${error.message.slice(0, 120)}`));
      page.on('dialog', (dialog) => {
        resolve(`it says: ${dialog.message().slice(0, 120)}`);
        void dialog.dismiss();
      });
      page.on(
        'console',
        (message) =>
          message.type() === 'error' &&
          /rror/.test(message.text()) &&
          resolve(`it fails: ${message.text().slice(0, 120)}`),
      );
    });
    const begun = performance.now();
    // The address after # alone would not load the page anew.
    await page.goto('about:blank');
    await page.goto(`${address}#profileURL=${encodeURIComponent(`${address}profile.json`)}`, { waitUntil: 'commit' });
    const workMs = await workOf(page);
    // Its flame chart is there once its toolbar names the profile.
    const shown = page
      .waitForFunction(() => /worker-\d/.test(document.body.innerText), undefined, { timeout: PATIENCE_MS })
      .then(
        () => undefined,
        () => `it is not done after ${PATIENCE_MS / 1000} s`,
      );
    const failure = await Promise.race([shown, failed]);
    if (failure) return { failed: failure };
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
    const opened = performance.now() - begun;
    const parts = ` (the page's thread ${Math.round(await workMs())} ms of CPU)`;
    await page.waitForTimeout(1000);
    const bytes = (await memory()) - empty;
    // Its second canvas is the large one.
    const selector = await page.evaluate(() => {
      const largest = [...document.querySelectorAll('div')]
        .filter((element) => element.querySelector(':scope > canvas'))
        .sort((a, b) => b.clientHeight - a.clientHeight)[0];
      if (largest) largest.id = 'measured';
      return largest ? '#measured' : 'canvas';
    });
    return { opened, parts, memory: bytes, ...(await framesOf(page, selector, 'ctrlKey')) };
  });
}
