// A VS Code window for journeys, driven by keyboard and mouse as a user does.
import { format } from 'node:util';
import { windowAddress } from '../../scripts/vscode/workbench.mjs';
import { launchBrowser } from './browser.mjs';

/** For one step. Long, for a machine that has other things to do as well. */
const TIMEOUT_MS = 60_000;
const TRIES = 4;

export { startServer } from '../../scripts/vscode/workbench.mjs';

/**
 * Opens a window. With `tests`, the module at that path is loaded in the extension host and its `run` is called; `exit`
 * then resolves to the exit status, otherwise never.
 */
export async function openWindow(
  server,
  { viewport = { width: 1400, height: 900 }, reducedMotion = 'reduce', ...what },
) {
  const browser = await launchBrowser();
  const context = await browser.newContext({ viewport, reducedMotion });
  const page = await context.newPage();
  page.setDefaultTimeout(TIMEOUT_MS);
  const logged = [];
  const exit = new Promise((done) => {
    page.exposeFunction('codeAutomationExit', done);
    page.on('crash', () => done(70));
  });
  await page.exposeFunction('codeAutomationLog', (type, args) => {
    logged.push(format(...args));
    if (process.env.WORKBENCH_LOG) console[type]?.(...args);
  });
  await page.goto(windowAddress(server, what));
  await page.locator('.monaco-workbench').waitFor();
  return { browser, page, exit, log: () => logged.join('\n'), close: () => browser.close() };
}

/** Runs a command from the palette, by keyboard. */
export async function runCommand(page, title) {
  await chooseFrom(page, 'F1', title);
}

/** Opens a file of the workspace by its name, by keyboard, and waits for its text. */
export async function openFile(page, name) {
  await chooseFrom(page, 'Control+P', name);
  await page.locator('.tab.active', { hasText: name }).first().waitFor();
  await page.locator('.monaco-editor .view-line').first().waitFor();
}

/**
 * Presses the key that opens a box and takes a row from it. A busy window may swallow a key, and a list may come up
 * before that of which it is made is known; a person would begin again, and so does this.
 */
async function chooseFrom(page, key, text) {
  for (let tries = 1; ; tries++) {
    await page.keyboard.press(key);
    try {
      await typeAndChoose(page, text, tries < TRIES ? TIMEOUT_MS / TRIES : TIMEOUT_MS);
      return;
    } catch (error) {
      if (tries === TRIES) throw error;
      await page.keyboard.press('Escape');
      await page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
    }
  }
}

/** The document inside a webview (an iframe in an iframe), of the one with this number when there are several. */
export function webview(page, number = 0) {
  return page.frameLocator('iframe.webview.ready').nth(number).frameLocator('#active-frame');
}

/** Types into the box that is open and takes the row with that text, which need not be the first one. */
export async function typeAndChoose(page, text, timeout = TIMEOUT_MS) {
  await page.locator('.quick-input-widget input:focus').waitFor({ timeout });
  await page.keyboard.type(text);
  const rows = page.locator('.quick-input-list .monaco-list-row');
  await rows.filter({ hasText: text }).first().waitFor({ timeout });
  for (let tries = 0; tries < 20; tries++) {
    const focused = rows.and(page.locator('.focused'));
    if ((await focused.filter({ hasText: text }).count()) > 0) break;
    await page.keyboard.press('ArrowDown');
  }
  await page.keyboard.press('Enter');
}
