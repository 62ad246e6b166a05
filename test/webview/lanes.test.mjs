// Lanes that are hidden, pinned, sorted and moved.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startBrowser } from './support/browser.mjs';

let browser;
before(async () => {
  browser = await startBrowser();
});
after(() => browser?.close());

const chips = (view) => view.page.locator('.chip-words').allTextContents();

test('H hides a lane, a chip tells of it and shows it again', async () => {
  const view = await browser.open({ trace: 'orders' });
  await view.lane('prices').click();
  await view.press('h');
  const names = await view.laneNames();
  assert.ok(!names.includes('prices') && !names.includes('audit'), 'with its tasks');
  assert.deepEqual(await chips(view), ['1 hidden lane']);
  await view.lane('worker-1').click();
  await view.press('h');
  assert.deepEqual(await chips(view), ['2 hidden lanes']);
  await view.page.getByRole('button', { name: /^Show: 2 hidden lanes/ }).click();
  await view.settle();
  assert.ok((await view.laneNames()).includes('audit'));
  assert.deepEqual(await chips(view), []);
  assert.equal(await view.page.locator('.chips').isVisible(), false);
  await view.close();
});

test('I pins a lane to the top, and it is still there when the page was hidden', async () => {
  const view = await browser.open({ trace: 'orders' });
  await view.lane('worker-2').click();
  await view.press('i');
  assert.equal((await view.laneNames())[0], 'worker-2');
  assert.equal(await view.page.locator('.for-readers').textContent(), 'worker-2 is pinned to the top');
  await view.page.reload();
  await view.page.locator('.lane-name').first().waitFor();
  await view.settle();
  assert.equal((await view.laneNames())[0], 'worker-2');
  await view.page.getByRole('button', { name: /^Back in place/ }).click();
  await view.settle();
  assert.equal((await view.laneNames())[0], 'Cores');
  await view.close();
});

test('O sorts, Shift and arrows move, names are dragged', async () => {
  const view = await browser.open({ trace: 'orders' });
  const threads = async () => (await view.laneNames()).filter((name) => /^(MainThread|worker-\d|prices)$/.test(name));
  assert.deepEqual((await threads()).slice(0, 4), ['MainThread', 'worker-1', 'worker-2', 'prices']);
  await view.page.locator('.chart').focus();
  await view.press('o');
  assert.deepEqual(await chips(view), ['lanes by the time that they run, most first']);
  assert.equal((await threads())[0], 'worker-1');
  await view.page.getByRole('button', { name: /^In the order of their start/ }).click();
  await view.settle();
  await view.lane('worker-1').click();
  await view.press('Shift+ArrowDown');
  assert.deepEqual((await threads()).slice(0, 4), ['MainThread', 'worker-2', 'worker-1', 'prices']);
  assert.deepEqual(await chips(view), ['lanes moved by hand']);
  const [from, to] = [await view.lane('prices').boundingBox(), await view.lane('worker-2').boundingBox()];
  await view.page.mouse.move(from.x + 40, from.y + 12);
  await view.page.mouse.down();
  await view.page.mouse.move(to.x + 40, to.y + 8, { steps: 4 });
  assert.equal(await view.page.locator('.drop-line').isVisible(), true);
  await view.page.mouse.move(to.x + 40, to.y + 4);
  await view.page.mouse.up();
  await view.settle();
  assert.deepEqual((await threads()).slice(0, 4), ['MainThread', 'prices', 'worker-2', 'worker-1']);
  await view.close();
});
