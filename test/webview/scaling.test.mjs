// How far more workers help, drawn: points with their spread, the ideal, Amdahl's law, the knee and the cores.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { root } from '../../scripts/support.mjs';
import { startBrowser } from './support/browser.mjs';

const shots = join(root, 'dist/shots');
let browser;
before(async () => {
  mkdirSync(shots, { recursive: true });
  browser = await startBrowser();
});
after(() => browser?.close());

const SERIAL = 0.2;
const speed = (workers) => 1 / (SERIAL + (1 - SERIAL) / workers);
const workers = [1, 2, 4, 8, 16];
const WORDS = 'work in threads gets up to 4.0 times as fast, and gains little beyond 8 workers. Locks limit it.';
const PICTURE = {
  points: workers.map((each) => ({
    workers: each,
    speedup: speed(each),
    spread: [speed(each) * 0.9, speed(each) * 1.05],
  })),
  cores: 4,
  knee: 8,
  law: {
    words: "Amdahl's law: 20 % serial, at most 5.0 times as fast",
    curve: workers.map((each) => [each, speed(each)]),
  },
  words: WORDS,
};
const TABLE = {
  title: 'Workers',
  columns: workers.map(String),
  rows: [
    {
      name: 'wall time',
      title: 'Median',
      unit: 'ns',
      better: 'less',
      values: workers.map((each) => 8e9 / speed(each)),
    },
    { name: 'speed-up', title: 'Against one worker', unit: 'times', better: 'more', values: workers.map(speed) },
  ],
  note: '',
};

/** The page of a scaling; `change` replaces parts of the picture. */
async function open(options, change = {}) {
  const opened = await browser.openComparison({ traces: 'orders,orders,orders', ...options });
  const told = {
    title: 'work(range(32)) in threads, more and more workers',
    runs: ['1 worker', '8 workers', '16 workers'].map((title, i) => ({ title, note: i === 1 ? 'the knee' : '' })),
    sentences: [WORDS],
    tables: [TABLE],
    scaling: { ...PICTURE, ...change },
    canSave: true,
  };
  await opened.page.evaluate((with_) => window.fake.send({ ...window.fake.comparison, ...with_ }), told);
  await opened.page.locator('.scaling-chart').waitFor();
  return opened;
}

test('points, spread, ideal, law, knee and cores are drawn, and said to readers of the screen', async () => {
  const { page, problems } = await open();
  const chart = page.getByRole('img', { name: WORDS });
  assert.equal(await chart.locator('.point').count(), 5);
  assert.equal(await chart.locator('.knee-ring').count(), 1);
  assert.deepEqual(await chart.locator('.mark-name').allTextContents(), ['4 cores', 'knee at 8']);
  assert.match(await page.locator('.scaling-legend').innerText(), /20 % serial, at most 5\.0 times/);
  assert.equal(await chart.locator('.ideal, .law').count(), 2);
  const centres = (name) =>
    chart.locator(name).evaluateAll((all) => all.map((each) => [each.cx.baseVal.value, each.cy.baseVal.value]));
  const points = await centres('.point');
  for (const [i, [x, y]] of points.slice(1).entries()) {
    assert.ok(x > points[i][0], 'more workers are further to the right');
    assert.ok(y < points[i][1], 'what is faster is higher');
  }
  assert.deepEqual(await centres('.knee-ring'), [points[3]]);
  assert.deepEqual(await page.locator('.figures thead th').allTextContents(), ['Workers', '1', '2', '4', '8', '16']);
  assert.equal(await page.locator('.pane').count(), 3);
  assert.deepEqual(problems, []);
  await page.close();
});

test('what is not known is not drawn, and a slow-down has its place', async () => {
  const points = workers
    .slice(0, 3)
    .map((each) => ({ workers: each, speedup: 1 / each, spread: [1 / each, 1 / each] }));
  const { page, problems } = await open({}, { points, law: null, knee: null, cores: 64 });
  assert.equal(await page.locator('.scaling-chart').locator('.mark, .law, .knee-ring, .spread-bar').count(), 0);
  const box = await page.locator('.scaling-chart').boundingBox();
  const low = await page.locator('.point').last().boundingBox();
  assert.ok(low.y + low.height < box.y + box.height - 20, 'above the names of the axis');
  assert.deepEqual(problems, []);
  await page.close();
});

test('the figures are saved by a button, which is there only when all is over', async () => {
  const { page, posted } = await open();
  await page.getByRole('button', { name: 'Save as JSON' }).focus();
  await page.keyboard.press('Enter');
  assert.deepEqual((await posted()).at(-1), { kind: 'save' });
  await page.evaluate(() => window.fake.send({ ...window.fake.comparison, progress: 'work in threads, round 1 of 3' }));
  await page.locator('.scaling').waitFor({ state: 'hidden' });
  assert.equal(await page.getByRole('button', { name: 'Save as JSON' }).count(), 0);
  await page.close();
});

for (const [theme, width] of [
  ['dark', 1180],
  ['light', 1180],
  ['high-contrast', 1180],
  ['light', 300],
]) {
  test(`the chart fits into ${width} pixels, ${theme}`, async () => {
    const { page, problems } = await open({ theme, width, height: 900 });
    const [chart, root] = await Promise.all(
      ['.scaling-chart', '.comparison'].map((name) => page.locator(name).boundingBox()),
    );
    assert.ok(chart.x >= 0 && chart.x + chart.width <= root.x + root.width);
    const words = await page.locator('.scaling-chart text').all();
    for (const each of words) {
      const box = await each.boundingBox();
      assert.ok(box.x >= chart.x - 1 && box.x + box.width <= chart.x + chart.width + 1, await each.textContent());
    }
    await page.screenshot({ path: join(shots, `scaling-${theme}-${width}.png`) });
    assert.deepEqual(problems, []);
    await page.close();
  });
}
