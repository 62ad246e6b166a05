// What one sees: bars, themes, narrow panels, sentences.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startBrowser } from './support/browser.mjs';

let browser;
before(async () => {
  browser = await startBrowser();
});
after(() => browser?.close());

test('the run is drawn: lanes, bars in the colours of their units, figures', async () => {
  const view = await browser.open({ trace: 'orders' });
  assert.deepEqual((await view.laneNames()).slice(0, 8), [
    'Cores',
    'core 0',
    'core 1',
    'running / wanting',
    'orders.py',
    'MainThread',
    'worker-1',
    'worker-2',
  ]);
  const running = await view.colour('worker-1', 5.1);
  const waiting = await view.colour('worker-1', 2.9);
  assert.equal(running, '#e69f00');
  assert.notEqual(waiting, running);
  assert.equal(await view.colour('core 0', 0.4), running, 'the same colour on the core');
  assert.equal(await view.colour('worker-1', 5.6), '#1f1f1f', 'nothing after its end');
  const head = await view.page.locator('.head-line').textContent();
  assert.match(head, /6\.10 s wall.*6\.63 s CPU.*1\.1 of 2 cores busy.*69 % of thread time waits/);
  assert.match(await view.lane('worker-1').textContent(), /waits 61 %/);
  assert.match(await view.lane('audit').textContent(), /failed/);
  assert.deepEqual(await view.window(), { from: 0, to: 6.1 }, 'a run that is over is shown as a whole');
  await view.close();
});

test('the minimap is drawn', async () => {
  const view = await browser.open({ trace: 'orders' });
  const inked = await view.page.locator('.minimap').evaluate((canvas) => {
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    return new Set(new Uint32Array(data.buffer)).size;
  });
  assert.ok(inked > 5, `${inked} colours`);
  await view.close();
});

test('a change of the theme is followed at once', async () => {
  const view = await browser.open({ trace: 'orders', theme: 'dark' });
  assert.equal(await view.colour('worker-1', 5.6), '#1f1f1f');
  for (const [theme, ground, bar] of [
    ['light', '#ffffff', '#bf7400'],
    ['high-contrast', '#000000', '#ffb52e'],
  ]) {
    await view.page.evaluate((name) => window.fake.setTheme(name), theme);
    await view.settle();
    assert.equal(await view.colour('worker-1', 5.6), ground);
    assert.equal(await view.colour('worker-1', 5.1), bar);
  }
  await view.close();
});

for (const [width, height] of [
  [420, 700],
  [260, 500],
  [1900, 300],
]) {
  test(`nothing hangs out at ${width} x ${height}`, async () => {
    const view = await browser.open({ trace: 'longNames', width, height });
    const wide = await view.page.evaluate(() => [
      document.documentElement.scrollWidth,
      document.documentElement.scrollHeight,
    ]);
    assert.ok(wide[0] <= width && wide[1] <= height, `${wide}`);
    const chart = await view.chart.boundingBox();
    assert.ok(chart.width > 90 && chart.height > 40, `${chart.width} x ${chart.height}`);
    await view.close();
  });
}

for (const width of [260, 320, 700]) {
  test(`the chart has most of a low panel ${width} wide, and the menu what has no room as a button`, async () => {
    const view = await browser.open({ trace: 'orders', width, height: 500 });
    const { height } = await view.chart.boundingBox();
    assert.ok(height >= 200, `the chart is ${height} high`);
    const buttons = await view.page.locator('.toolbar button:visible').all();
    const tops = new Set(await Promise.all(buttons.map(async (button) => (await button.boundingBox()).y)));
    assert.equal(tops.size, 1, 'one row of buttons');
    await view.page.getByRole('button', { name: 'More' }).click();
    assert.deepEqual(await view.page.getByRole('menu', { name: 'More' }).getByRole('menuitem').allTextContents(), [
      'Filter',
      'Fit',
      'Table',
      'Export…',
      'Save…',
      'Keys and legend',
    ]);
    await view.page.getByRole('menuitem', { name: 'Table' }).click();
    assert.ok(await view.page.locator('.unit-table').isVisible());
    await view.close();
  });
}

for (const [trace, sentence] of [
  ['starting', /Python starts/],
  ['failedToStart', /did not start.*SyntaxError/],
  ['killed', /killed by signal 9.*1,204 events.*Cores are not known/],
]) {
  test(`a sentence for ${trace}`, async () => {
    const view = await browser.open({ trace });
    assert.match((await view.page.locator('.notice').textContent()) ?? '', sentence);
    await view.close();
  });
}

test('a good run has nothing to be told of', async () => {
  const view = await browser.open({ trace: 'orders' });
  assert.ok(await view.page.locator('.notice').isHidden());
  await view.close();
});

test('a million calls: drawn, and bars are no more than pixels', async () => {
  const view = await browser.open({ trace: 'millionSpans' });
  await view.lane('worker-1').locator('.twisty').click();
  await view.settle();
  assert.notEqual(await view.colour('worker-1', 5), '#1f1f1f');
  await view.hover('worker-1', 5);
  assert.match(await view.tooltip.textContent(), /too short to be told apart/);
  await view.close();
});

test('of a thousand threads only those in view have elements', async () => {
  const view = await browser.open({ trace: 'thousandThreads' });
  const count = async () => view.page.locator('.lane-name').count();
  assert.ok((await count()) < 60, `${await count()} names`);
  await view.page.locator('.body').evaluate((body) => {
    body.scrollTop = body.scrollHeight / 2;
  });
  await view.settle();
  assert.ok((await view.laneNames()).some((name) => name === 'handler-500'));
  assert.ok((await count()) < 60);
  await view.close();
});

test('a page by itself shows the trace that it carries, without buttons that need a program', async () => {
  const view = await browser.open({ trace: 'orders', query: '&standalone' });
  assert.ok((await view.laneNames()).includes('worker-2'));
  assert.equal(await view.colour('worker-1', 5.1), '#e69f00');
  assert.equal(await view.page.getByRole('button', { name: 'Stop' }).count(), 0);
  await view.click('worker-1', 2.5);
  assert.match(await view.details.textContent(), /waited for Cache\._lock/);
  await view.close();
});
