// What one does: point, click, zoom, pan, open and close, by mouse and by keys.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startBrowser } from './support/browser.mjs';

let browser;
before(async () => {
  browser = await startBrowser();
});
after(() => browser?.close());

const near = (actual, expected, tolerance = 0.02) =>
  assert.ok(Math.abs(actual - expected) <= tolerance, `${actual} is not ${expected}`);

test('pointing at a wait tells what for, who held it and who ended it', async () => {
  const view = await browser.open({ trace: 'orders' });
  await view.hover('worker-1', 2.5);
  assert.match(
    await view.tooltip.innerText(),
    /worker-1 waited for Cache\._lock\nfor 1\.10 s.*\nkind threading\.Lock.*\nheld by worker-2.*\nended by worker-2 at orders\.py:47/,
  );
  await view.hover('worker-1', 5.1);
  assert.match(await view.tooltip.innerText(), /fetch\(\) on worker-1/);
  await view.page.mouse.move(5, 5);
  await view.settle();
  assert.ok(await view.tooltip.isHidden());
  await view.close();
});

test('pointing at the band tells how many ran at once', async () => {
  const view = await browser.open({ trace: 'orders' });
  await view.hover('running / wanting', 0.5);
  assert.match(await view.tooltip.innerText(), /^2 on a core\nat \d+ ms/);
  await view.hover('running / wanting', 3.4);
  assert.match(
    await view.tooltip.innerText(),
    /^\d on a core, 1 more wants the GIL\nat 3\.\d+ s\nnote wants the GIL: concluded/,
  );
  await view.close();
});

test('a click selects, links open lines and lead to other bars', async () => {
  const view = await browser.open({ trace: 'orders' });
  await view.click('worker-1', 2.5);
  assert.equal(await view.details.locator('h2').textContent(), 'worker-1 waited for Cache._lock');
  await view.details.getByRole('button', { name: 'orders.py:47' }).click();
  assert.deepEqual((await view.posted()).at(-1), { kind: 'reveal', file: '/work/orders.py', line: 47, column: 4 });
  await view.details.getByRole('button', { name: 'worker-2' }).first().click();
  await view.settle();
  assert.match(await view.details.locator('h2').textContent(), /worker-2/);
  assert.ok((await view.lane('worker-2').getAttribute('class')).includes('selected'));
  await view.press('Escape');
  assert.match(await view.details.textContent(), /Most waited for/);
  await view.close();
});

test('the arrow from the release to the wake-up is drawn for the selected wait', async () => {
  const view = await browser.open({ trace: 'orders' });
  const ink = async () => {
    const { x, y } = await view.point('worker-2', 3.02);
    const clip = { x: x - 6, y: y - 22, width: 12, height: 20 };
    await view.page.mouse.move(5, 5);
    await view.settle();
    return (await view.page.screenshot({ clip })).toString('base64');
  };
  const before = await ink();
  await view.click('worker-1', 2.5);
  const selected = await ink();
  assert.notEqual(selected, before);
  await view.close();
});

test('a double-click opens the line', async () => {
  const view = await browser.open({ trace: 'orders' });
  const { x, y } = await view.point('worker-2', 2.2);
  await view.page.mouse.dblclick(x, y);
  // The double-click selects as well, which the host hears too.
  const reveal = (await view.posted()).findLast(({ kind }) => kind === 'reveal');
  assert.deepEqual(reveal, { kind: 'reveal', file: '/work/orders.py', line: 41, column: 4 });
  await view.close();
});

test('the wheel zooms at the pointer, Shift pans, a drag pans', async () => {
  const view = await browser.open({ trace: 'orders' });
  await view.hover('worker-1', 2);
  await view.page.mouse.wheel(0, -300);
  await view.settle();
  const zoomed = await view.window();
  assert.ok(zoomed.to - zoomed.from < 4.5, `${zoomed.to - zoomed.from}`);
  await view.hover('worker-1', 2);
  assert.match(await view.tooltip.innerText(), /Cache\._lock/);
  const share = (2 - zoomed.from) / (zoomed.to - zoomed.from);
  near(share, 2 / 6.1, 0.01);
  await view.page.keyboard.down('Shift');
  await view.page.mouse.wheel(0, 200);
  await view.page.keyboard.up('Shift');
  await view.settle();
  const panned = await view.window();
  near(panned.to - panned.from, zoomed.to - zoomed.from, 1e-6);
  assert.ok(panned.from > zoomed.from);
  const chart = await view.chart.boundingBox();
  await view.page.mouse.move(chart.x + 600, chart.y + 200);
  await view.page.mouse.down();
  await view.page.mouse.move(chart.x + 700, chart.y + 200, { steps: 5 });
  await view.page.mouse.up();
  await view.settle();
  const dragged = await view.window();
  near(panned.from - dragged.from, (100 / chart.width) * (panned.to - panned.from), 0.01);
  assert.match(await view.details.textContent(), /Most waited for/, 'a drag is no click');
  await view.close();
});

test('keys zoom at the pointer, pan, fit, and go to the start', async () => {
  const view = await browser.open({ trace: 'orders' });
  await view.chart.focus();
  await view.hover('worker-1', 2);
  await view.press('w', 'w');
  const zoomed = await view.window();
  near(zoomed.to - zoomed.from, 6.1 / 2.25);
  near((2 - zoomed.from) / (zoomed.to - zoomed.from), 2 / 6.1, 0.01);
  await view.press('d');
  near((await view.window()).from - zoomed.from, 0.2 * (zoomed.to - zoomed.from));
  await view.press('a');
  near((await view.window()).from, zoomed.from);
  await view.press('s');
  near((await view.window()).to - (await view.window()).from, 6.1 / 1.5);
  await view.press('Home');
  near((await view.window()).from, 0);
  await view.press('0');
  near((await view.window()).to, 6.1);
  await view.close();
});

test('the minimap moves the window', async () => {
  const view = await browser.open({ trace: 'orders' });
  await view.chart.focus();
  await view.press('w', 'w', 'w');
  const { from, to } = await view.window();
  const map = await view.page.locator('.minimap').boundingBox();
  const x = (seconds) => map.x + (seconds / 6.1) * map.width;
  await view.page.mouse.move(x((from + to) / 2), map.y + 10);
  await view.page.mouse.down();
  await view.page.mouse.move(x((from + to) / 2 + 1), map.y + 10, { steps: 4 });
  await view.page.mouse.up();
  await view.settle();
  near((await view.window()).from, from + 1, 0.05);
  near((await view.window()).to, to + 1, 0.05);
  await view.close();
});

test('lanes open and close by their sign, by a double-click and by Space', async () => {
  const view = await browser.open({ trace: 'orders' });
  await view.lane('worker-1').locator('.twisty').click();
  await view.settle();
  assert.ok((await view.lane('worker-1').boundingBox()).height > 60, 'rows of calls');
  await view.lane('asyncio loop').dblclick();
  await view.settle();
  assert.ok(!(await view.laneNames()).includes('audit'));
  await view.press(' ');
  assert.ok((await view.laneNames()).includes('audit'));
  await view.lane('orders.py').locator('.twisty').click();
  await view.settle();
  assert.ok(!(await view.laneNames()).includes('worker-1'));
  assert.equal(await view.lane('orders.py').getAttribute('aria-expanded'), 'false');
  await view.close();
});

test('all is reached by keys alone, and told', async () => {
  const view = await browser.open({ trace: 'orders' });
  await view.chart.focus();
  await view.press('ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowDown');
  assert.ok((await view.lane('worker-1').getAttribute('class')).includes('selected'));
  assert.match(await view.details.locator('h2').textContent(), /worker-1 \(thread\)/);
  const titles = [];
  for (let i = 0; i < 4; i++) {
    await view.press('ArrowRight');
    titles.push(await view.details.locator('h2').textContent());
  }
  assert.deepEqual(titles, [
    'Worker.run() on worker-1',
    'worker-1 waited for orders',
    'Worker.fetch() on worker-1',
    'worker-1 waited for Cache._lock',
  ]);
  assert.match(await view.page.locator('[aria-live]').textContent(), /worker-1 waited for Cache\._lock\. 1\.10 s/);
  await view.press('Enter');
  assert.deepEqual((await view.posted()).at(-1), { kind: 'reveal', file: '/work/orders.py', line: 58, column: 4 });
  await view.press('ArrowLeft');
  assert.equal(await view.details.locator('h2').textContent(), 'Worker.fetch() on worker-1');
  await view.press('z');
  const { from, to } = await view.window();
  assert.ok(from > 1.5 && to < 2.2, `${from} ${to}`);
  await view.close();
});

test('the table says in words what the picture shows', async () => {
  const view = await browser.open({ trace: 'orders' });
  await view.press('t');
  const row = view.page.locator('.unit-table tr', {
    has: view.page.getByRole('rowheader', { name: 'worker-1', exact: true }),
  });
  assert.deepEqual(await row.locator('td').allTextContents(), [
    'thread',
    'orders.py',
    'finished',
    '350.0 ms',
    '5.2000 s',
    '1.67 s',
    '2.98 s',
    'threading.Lock Cache._lock, 1.10 s',
  ]);
  await view.press('Escape');
  assert.ok(await view.chart.isVisible());
  await view.close();
});

test('? shows the keys and takes the focus, Escape gives it back', async () => {
  const view = await browser.open({ trace: 'orders' });
  await view.chart.focus();
  await view.press('?');
  assert.match(await view.page.getByRole('dialog').textContent(), /zoom in at the pointer/);
  assert.deepEqual(await view.page.locator('.key-group h3').allTextContents(), [
    'Move',
    'Select',
    'Find',
    'Lanes',
    'Figures',
    'Notes and more',
  ]);
  await view.press('Escape');
  assert.ok(await view.page.getByRole('dialog').isHidden());
  assert.ok(await view.chart.evaluate((chart) => chart === document.activeElement));
  await view.close();
});

test('the column of names is as wide as one wants, by mouse and by keys', async () => {
  const view = await browser.open({ trace: 'orders' });
  const width = async () => (await view.lane('worker-1').boundingBox()).width;
  const before = await width();
  const box = await view.page.locator('.divider').boundingBox();
  await view.page.mouse.move(box.x + 2, box.y + 100);
  await view.page.mouse.down();
  await view.page.mouse.move(box.x + 62, box.y + 100, { steps: 3 });
  await view.page.mouse.up();
  near(await width(), before + 60, 4);
  await view.page.locator('.divider').focus();
  await view.press('ArrowLeft');
  near(await width(), before + 44, 4);
  await view.close();
});

test('buttons ask the host', async () => {
  const view = await browser.open({ trace: 'live' });
  await view.page.getByRole('button', { name: 'Stop' }).click();
  await view.page.getByRole('button', { name: 'Save' }).click();
  assert.ok(await view.page.getByRole('button', { name: 'Run again' }).isDisabled());
  assert.deepEqual(await view.posted(), [
    { kind: 'command', command: 'stop' },
    { kind: 'command', command: 'save' },
  ]);
  await view.close();
});
