// The line with the cursor is outlined in the timeline, and the editor hears which lines the selection has.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startBrowser } from './support/browser.mjs';

let browser;
before(async () => {
  browser = await startBrowser();
});
after(() => browser?.close());

async function tell(view, message) {
  await view.page.evaluate((told) => window.fake.send(told), { kind: 'showLine', ...message });
  await view.settle();
}

const posted = (view) =>
  view.page.evaluate(() => window.fake.posted.filter(({ kind }) => kind === 'selected').map(({ places }) => places));

const picture = (view) => view.chart.evaluate((canvas) => canvas.toDataURL());

test('the lines of what is selected are told, and that nothing is any more', async () => {
  const view = await browser.open({ trace: 'orders' });
  await view.click('worker-1', 2.5);
  await view.settle();
  const [places] = await posted(view);
  assert.equal(places.length, 1);
  assert.match(places[0].file, /\.py$/);
  assert.ok(places[0].line > 0);
  await view.page.keyboard.press('Escape');
  await view.settle();
  assert.deepEqual((await posted(view)).at(-1), []);
  await view.close();
});

test('a line that is hinted at is outlined, where one looks', async () => {
  const view = await browser.open({ trace: 'orders' });
  const before = await picture(view);
  const shown = await view.window();
  const worker = await view.page.evaluate(
    () => window.fake.builder.snapshot().units.find(({ name }) => name === 'worker-1').id,
  );
  const stretches = [{ unit: worker, from: 2e9, to: 3e9, waits: true }];
  await tell(view, { file: '/work/orders.py', line: 5, stretches, figures: '1×', isHint: true });
  assert.notEqual(await picture(view), before);
  assert.deepEqual(await view.window(), shown);
  await tell(view, { file: '', line: 0, stretches: [], isHint: true });
  assert.equal(await picture(view), before);
  await view.close();
});

test('a line that is to be shown is zoomed to, said, and taken back by Esc', async () => {
  const view = await browser.open({ trace: 'orders' });
  const worker = await view.page.evaluate(
    () => window.fake.builder.snapshot().units.find(({ name }) => name === 'worker-1').id,
  );
  const stretches = [
    { unit: worker, from: 2e9, to: 2.1e9, waits: true },
    { unit: worker, from: 2.4e9, to: 2.5e9, waits: false },
  ];
  await tell(view, { file: '/work/orders.py', line: 5, stretches, figures: '2× · 200 ms' });
  const { from, to } = await view.window();
  assert.ok(from > 1.9 && from <= 2 && to >= 2.5 && to < 2.6, `${from} to ${to}`);
  assert.equal(await view.page.locator('.for-readers').textContent(), 'orders.py:5: 2× · 200 ms');
  const outlined = await picture(view);
  await view.chart.focus();
  await view.page.keyboard.press('Escape');
  await view.page.keyboard.press('Escape');
  await view.settle();
  assert.notEqual(await picture(view), outlined);
  await view.close();
});

test('without stretches from the host, waits at the line and calls of its function count', async () => {
  const view = await browser.open({ trace: 'orders' });
  await view.click('worker-1', 2.5);
  await view.settle();
  const [[place]] = await posted(view);
  const before = await view.window();
  await tell(view, place);
  assert.notDeepEqual(await view.window(), before);
  assert.match(await view.page.locator('.for-readers').textContent(), new RegExp(`:${place.line}$`));
  await view.close();
});
