// Lanes and figures of locks, queues and the like, and of the GIL.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startBrowser } from './support/browser.mjs';

let browser;
before(async () => {
  browser = await startBrowser();
});
after(() => browser?.close());

const foot = (view) => view.page.locator('.foot-page:not([hidden])');

test('J opens the lanes of objects and goes there, with figures in the foot', async () => {
  const view = await browser.open({ trace: 'chain' });
  assert.equal((await view.laneNames()).at(-1), 'Objects');
  await view.press('j');
  await view.settle();
  assert.deepEqual((await view.laneNames()).slice(-3), ['Cache._lock', 'Log._file', 'orders']);
  assert.match(await view.lane('Cache._lock').textContent(), /5\.00 s/);
  const words = await foot(view).innerText();
  assert.match(words, /GIL: wanted for 1\.00 s by 1 thread\. One thread at a time was on a core for 61 %/);
  assert.match(words, /wants the GIL is concluded, not recorded/);
  assert.match(words, /Cache\._lock\s+threading\.Lock\s+2 ×\s+7\.20 s\s+5\.90 s writer/);
  await view.close();
});

test('bars of an object tell who held it and how many waited', async () => {
  const view = await browser.open({ trace: 'chain' });
  await view.press('j');
  await view.settle();
  await view.hover('Cache._lock', 2);
  assert.match(
    await view.tooltip.innerText(),
    /^writer held Cache\._lock\nfor 5\.90 s.*\nmeanwhile others waited for it for 4\.90 s/,
  );
  const { x, y } = await view.point('Cache._lock', 2);
  await view.page.mouse.click(x, y + 4);
  await view.settle();
  await view.press('Escape');
  assert.match(await view.details.textContent(), /writer held Cache\._lock.*taken at.*orders\.py:30/);
  const { y: top } = await view.point('Cache._lock', 4);
  await view.page.mouse.move((await view.point('Cache._lock', 4)).x, top - 8);
  await view.settle();
  assert.match(
    await view.tooltip.innerText(),
    /^Cache\._lock\nkind threading\.Lock.*\nheld 2 times.*\nwaited for 1 time/,
  );
  await view.close();
});

test('objects are reached by keys, and links lead to their longest wait and hold', async () => {
  const view = await browser.open({ trace: 'chain' });
  await view.press('j');
  await view.settle();
  await view.chart.focus();
  await view.press('ArrowDown');
  await view.press('Escape');
  assert.match(await view.details.textContent(), /^Cache\._lock.*waited for1 time/);
  await view.press('j');
  await foot(view).getByRole('button', { name: '4.00 s' }).click();
  await view.press('Escape');
  assert.match(await view.details.textContent(), /writer waited for Log\._file/);
  await view.press('j');
  await foot(view).getByRole('combobox').selectOption('first use');
  await view.settle();
  assert.deepEqual((await view.laneNames()).slice(-3), ['Log._file', 'Cache._lock', 'orders']);
  await view.close();
});

test('the band tells who is on a core and who wants what', async () => {
  const view = await browser.open({ trace: 'chain' });
  await view.hover('running / wanting', 1.2);
  assert.match(await view.tooltip.innerText(), /^2 on a core, 1 more wants the GIL\nat 1\.\d+ s/);
  await view.close();
});

test('a run without locks and queues says so, and one that knows no cores does not tell of the GIL', async () => {
  const nothing = await browser.open({ trace: 'starting' });
  await nothing.press('j');
  assert.match(await foot(nothing).innerText(), /No lock, queue or the like/);
  await nothing.close();
  const killed = await browser.open({ trace: 'killed' });
  await killed.press('j');
  assert.match(await foot(killed).innerText(), /GIL: not known/);
  await killed.close();
});
