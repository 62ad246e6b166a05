// Measuring between two moments, and back to what was shown before.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startBrowser } from './support/browser.mjs';

let browser;
before(async () => {
  browser = await startBrowser();
});
after(() => browser?.close());

const windowOf = async (view) => (await view.page.locator('.chart').getAttribute('data-window')).split(' ').map(Number);

test('V sets the ends of a ruler, snapped to bars, and takes it away', async () => {
  const view = await browser.open({ trace: 'orders' });
  const said = () => view.page.locator('.for-readers').textContent();
  await view.hover('worker-1', 2.5);
  await view.press('v');
  assert.match(await said(), /One end of the ruler is set/);
  await view.hover('worker-1', 4);
  await view.press('v');
  assert.match(await said(), /^1\.50 s between the two points$/);
  await view.press('v');
  assert.equal(await said(), 'The ruler is gone');
  await view.close();
});

test('U goes back to what was shown and selected, Shift+U forth again', async () => {
  const view = await browser.open({ trace: 'orders' });
  const whole = await windowOf(view);
  await view.page.waitForFunction(() => document.querySelector('.head-line').textContent !== '');
  await view.click('worker-1', 2.5);
  await view.press('z');
  await view.settle();
  const zoomed = await windowOf(view);
  assert.notDeepEqual(zoomed, whole);
  await view.press('u');
  await view.settle();
  assert.deepEqual(await windowOf(view), whole);
  await view.press('Shift+U');
  await view.settle();
  assert.deepEqual(await windowOf(view), zoomed);
  assert.match(await view.details.locator('h2').textContent(), /worker-1 waited/);
  await view.close();
});
