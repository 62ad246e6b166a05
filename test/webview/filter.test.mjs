// Filter and what touches one lock: pale bars, hidden lanes, chips that take it back.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startBrowser } from './support/browser.mjs';

let browser;
before(async () => {
  browser = await startBrowser();
});
after(() => browser?.close());

const chips = (view) => view.page.locator('.chip-words').allTextContents();

test('bars that are not meant are pale, a chip says what is filtered, Esc closes and then takes back', async () => {
  const view = await browser.open({ trace: 'orders' });
  const running = await view.colour('worker-1', 5.1);
  const waiting = await view.colour('worker-1', 2.9);
  await view.page.locator('.chart').focus();
  await view.press('x');
  const form = view.page.getByRole('dialog', { name: 'Filter' });
  await form.getByRole('checkbox', { name: 'running' }).check();
  await view.settle();
  assert.equal(await view.colour('worker-1', 5.1), running);
  assert.notEqual(await view.colour('worker-1', 2.9), waiting);
  assert.deepEqual(await chips(view), ['filtered: running · others pale']);
  await form.getByRole('textbox', { name: /^Shortest/ }).fill('300 ms');
  await view.settle();
  assert.notEqual(await view.colour('worker-1', 5.1), running, 'it runs for 180 ms there');
  assert.equal(await view.colour('worker-1', 0.5), running);
  assert.deepEqual(await chips(view), ['filtered: running · ≥ 300 ms · others pale']);
  await form.getByRole('textbox', { name: /^Shortest/ }).fill('many');
  assert.equal(await form.getByRole('textbox', { name: /^Shortest/ }).getAttribute('aria-invalid'), 'true');
  await view.page.keyboard.press('Escape');
  await view.settle();
  assert.equal(await form.isVisible(), false);
  assert.equal((await chips(view)).length, 1, 'the filter stays');
  await view.press('Escape');
  assert.deepEqual(await chips(view), []);
  assert.equal(await view.colour('worker-1', 2.9), waiting);
  await view.close();
});

test('by file, by kind and name of the lane; lanes without matches are hidden', async () => {
  const view = await browser.open({ trace: 'orders' });
  await view.page.locator('.chart').focus();
  await view.press('x');
  const form = view.page.getByRole('dialog', { name: 'Filter' });
  assert.match(await form.locator('.filter-files').textContent(), /^orders\.py\d+ calls$/);
  await form.getByRole('checkbox', { name: /^orders\.py/ }).check();
  await form.getByRole('checkbox', { name: 'hide lanes without matches' }).check();
  await view.settle();
  const names = await view.laneNames();
  assert.ok(names.includes('worker-1') && !names.includes('push-updates'), names.join());
  assert.match(
    (await chips(view))[0],
    /^filtered: \d+ of \d+ lanes · in orders\.py · others pale, lanes without any hidden$/,
  );
  await form.getByRole('button', { name: 'Clear' }).click();
  await form.getByRole('textbox', { name: /name of the lane/ }).fill('worker');
  await form.getByRole('checkbox', { name: 'threads' }).check();
  await view.settle();
  assert.deepEqual(await view.laneNames(), ['orders.py', 'worker-1', 'worker-2']);
  await view.page.reload();
  await view.page.locator('.lane-name').first().waitFor();
  await view.settle();
  assert.deepEqual(await view.laneNames(), ['orders.py', 'worker-1', 'worker-2'], 'kept while the page was hidden');
  await view.page.getByRole('button', { name: /^Filter nothing/ }).click();
  await view.settle();
  assert.ok((await view.laneNames()).includes('Cores'));
  await view.close();
});

test('K shows only what touches the lock of a wait, and back', async () => {
  const view = await browser.open({ trace: 'orders' });
  const all = await view.laneNames();
  const other = await view.colour('worker-1', 1.2);
  await view.page.locator('.chart').focus();
  await view.press('k');
  assert.match(await view.page.locator('.for-readers').textContent(), /^Select a wait/);
  await view.click('worker-1', 2.9);
  await view.press('k');
  assert.deepEqual(await view.laneNames(), ['orders.py', 'worker-1', 'worker-2']);
  assert.match((await chips(view))[0], /^only what touches Cache\._lock: 2 of \d+ lanes · other waits pale$/);
  assert.notEqual(await view.colour('worker-1', 1.2), other, 'a wait for the queue');
  await view.press('k');
  assert.deepEqual(await view.laneNames(), all);
  await view.press('k', 'Escape');
  assert.deepEqual((await chips(view)).length, 1, 'Esc selects nothing first');
  await view.press('Escape');
  assert.deepEqual(await chips(view), []);
  await view.close();
});
