// Statistics of a range: chosen by hand and by keys, told in the foot, copied and saved.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startBrowser } from './support/browser.mjs';

let browser;
before(async () => {
  browser = await startBrowser();
});
after(() => browser?.close());

const pageOf = (view) => view.page.locator('.foot-page:has(.statistics-head)');
const title = async (view) => {
  await view.page.locator('.statistics-table').waitFor();
  return pageOf(view).locator('h2').textContent();
};
const names = (view) => pageOf(view).locator('tbody th .link, tbody th > span:first-child').allTextContents();

/** Presses, moves and lets go, between two times of a lane. */
async function drag(view, lane, from, to, { shift = false } = {}) {
  const [begin, end] = [await view.point(lane, from), await view.point(lane, to)];
  const { mouse, keyboard } = view.page;
  if (shift) await keyboard.down('Shift');
  await mouse.move(begin.x, begin.y);
  await mouse.down();
  await mouse.move((begin.x + end.x) / 2, begin.y);
  await mouse.move(end.x, end.y);
  await mouse.up();
  if (shift) await keyboard.up('Shift');
  await view.settle();
}

test('Shift and drag chooses a range, whose edges move; the picture stands still', async () => {
  const view = await browser.open({ trace: 'orders' });
  const ground = await view.colour('worker-1', 5.6);
  const window = await view.window();
  await drag(view, 'worker-1', 4.5, 5.9, { shift: true });
  assert.deepEqual(await view.window(), window);
  assert.match(await title(view), /^4\.\d+ s to 5\.\d+ s: 1\.\d+ s$/);
  assert.notEqual(await view.colour('worker-1', 5.6), ground, 'it is shaded');
  assert.equal(await view.colour('worker-1', 0.1), ground);
  await drag(view, 'worker-1', 4.5, 3);
  assert.match(await title(view), /^(3\.0\d*|2\.99\d*) s to 5\.\d+ s: 2\.\d+ s$/);
  assert.deepEqual(await view.window(), window);
  await view.chart.focus();
  await view.press('Escape');
  assert.equal(await view.colour('worker-1', 5.6), ground, 'Esc takes it away');
  assert.match(await title(view), /^Whole run/);
  await view.close();
});

test('a drag without Shift still moves the picture', async () => {
  const view = await browser.open({ trace: 'orders' });
  await view.press('w', 'w');
  const { from } = await view.window();
  await drag(view, 'worker-1', 3, 2.8);
  assert.ok((await view.window()).from > from);
  await view.close();
});

test('R is the selected bar, without one what is shown, Q the whole run', async () => {
  const view = await browser.open({ trace: 'orders' });
  await view.click('worker-1', 2.5);
  await view.press('r');
  const bar = await title(view);
  assert.match(bar, / s to .* s: /);
  await view.press('q');
  assert.equal(await title(view), 'Whole run: 6.10 s');
  await view.press('Escape', 'Escape', '0', 'r');
  assert.match(await title(view), /^0 s to 6\.1\d* s: 6\.10 s$/);
  await view.close();
});

test('figures of the range, tables that sort, and the longest call as a link', async () => {
  const view = await browser.open({ trace: 'orders' });
  await view.press('q');
  await title(view);
  const facts = await pageOf(view).locator('.statistics-facts').innerText();
  assert.match(facts, /wall\s+6\.10 s/);
  assert.match(facts, /core use\s+54 % of 2/);
  assert.match(facts, /at once\s+1\.09/);
  const byTotal = await names(view);
  await pageOf(view).locator('th button', { hasText: 'Function' }).click();
  await view.settle();
  assert.deepEqual(
    await names(view),
    [...byTotal].sort((a, b) => a.localeCompare(b, 'en')),
  );
  assert.equal(await pageOf(view).locator('th[aria-sort=ascending]').innerText(), 'Function ▴');
  assert.equal(await view.page.evaluate(() => document.activeElement.textContent), 'Function ▴', 'focus stays');
  await pageOf(view)
    .getByRole('button', { name: /^Waits/ })
    .click();
  await view.settle();
  assert.match((await names(view))[0], /^queue\.Queue\.get orders$/);
  await pageOf(view).locator('tr', { hasText: 'Cache._lock' }).locator('td .link').click();
  await view.press('Escape');
  assert.match(await view.details.textContent(), /waited for Cache\._lock/);
  await view.close();
});

test('copied and saved as CSV', async () => {
  const view = await browser.open({ trace: 'orders' });
  await view.press('q');
  await title(view);
  await pageOf(view).getByRole('button', { name: 'Save CSV…' }).click();
  const { name, content } = (await view.posted()).find(({ kind }) => kind === 'save');
  assert.equal(name, 'orders-statistics.csv');
  const rows = content.trimEnd().split('\r\n');
  assert.match(rows[0], /^table,name,place,count,/);
  assert.ok(
    rows.some((row) => /^wait,threading\.Lock Cache\._lock,orders\.py:12,\d+,0,\d+,/.test(row)),
    content,
  );
  await view.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await pageOf(view).getByRole('button', { name: 'Copy CSV' }).click();
  await view.settle();
  assert.equal(await view.page.evaluate(() => navigator.clipboard.readText()), content);
  await view.close();
});

test('a page by itself downloads what it saves', async () => {
  const view = await browser.open({ trace: 'orders', query: '&standalone' });
  await view.press('q');
  await title(view);
  const saved = view.page.waitForEvent('download');
  await pageOf(view).getByRole('button', { name: 'Save CSV…' }).click();
  assert.equal((await saved).suggestedFilename(), 'orders-statistics.csv');
  await view.close();
});

test('a million calls are counted in slices, with about how long they took', async () => {
  const view = await browser.open({ trace: 'millionSpans' });
  await view.page.evaluate(() => {
    window.longest = 0;
    let before = performance.now();
    const watch = () => {
      window.longest = Math.max(window.longest, performance.now() - before);
      before = performance.now();
      setTimeout(watch, 0);
    };
    watch();
  });
  await view.press('q');
  await title(view);
  assert.match(await pageOf(view).locator('tbody tr').first().innerText(), /~/);
  const longest = await view.page.evaluate(() => window.longest);
  assert.ok(longest < 500, `${longest} ms without a pause`);
  await view.close();
});

test('what is missing is said where the figures stand', async () => {
  const view = await browser.open({ trace: 'killed' });
  await view.press('q');
  await title(view);
  assert.match(await pageOf(view).innerText(), /1,204 events/);
  await view.close();
});
