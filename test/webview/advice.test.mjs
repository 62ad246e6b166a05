// The page with advice: what it says, and the frames of what is chosen.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startBrowser } from './support/browser.mjs';

let browser;
before(async () => {
  browser = await startBrowser();
});
after(() => browser?.close());

const foot = (view) => view.page.locator('.foot-page:not([hidden])');
const tab = (view) => view.page.getByRole('tab', { name: /^Advice/ });

async function inked(view, color) {
  return view.page.locator('.chart').evaluate((canvas, wanted) => {
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    let count = 0;
    for (let i = 0; i < data.length; i += 4) if (`${data[i]},${data[i + 1]},${data[i + 2]}` === wanted) count++;
    return count;
  }, color);
}

async function focusColour(view) {
  return view.page.locator('.interleave').evaluate((app) => {
    const canvas = document.createElement('canvas');
    const context = canvas.getContext('2d');
    context.fillStyle = getComputedStyle(app).getPropertyValue('--interleave-focus').trim();
    context.fillRect(0, 0, 1, 1);
    return [...context.getImageData(0, 0, 1, 1).data.slice(0, 3)].join(',');
  });
}

test('the tab has the count, the page what is seen, its share, the remedy and the place', async () => {
  const view = await browser.open({ trace: 'advised' });
  assert.equal(await tab(view).textContent(), 'Advice 2');
  await view.press('Shift+L');
  await view.settle();
  const words = await foot(view).innerText();
  assert.match(words, /^One lock lets one run at a time\s+54 % of the run · serialised-by-lock/);
  assert.match(words, /Hold Cache\._lock only for the lines/);
  assert.match(words, /orders\.py:30 takes Cache\._lock/);
  assert.match(words, /Started and waited for at once\s+likely, not certain · false-concurrency/);
  await foot(view).getByRole('button', { name: 'orders.py:30' }).click();
  assert.deepEqual((await view.posted()).filter(({ kind }) => kind === 'reveal').at(-1)?.line, 30);
  await view.close();
});

test('what is chosen is framed and zoomed to, and Esc takes the frames away', async () => {
  const view = await browser.open({ trace: 'advised' });
  await view.press('Shift+L');
  await view.settle();
  const focus = await focusColour(view);
  const before = await inked(view, focus);
  const title = foot(view).getByRole('button', { name: 'One lock lets one run at a time' });
  await title.click();
  await view.settle();
  assert.equal(await title.getAttribute('aria-pressed'), 'true');
  const { from, to } = await view.window();
  assert.ok(from > 1 && from < 2 && to > 7.4 && to < 8.5, `${from} to ${to}`);
  assert.ok((await inked(view, focus)) > before + 100);
  await view.chart.focus();
  await view.press('Escape');
  await view.press('Escape');
  await view.settle();
  assert.ok((await inked(view, focus)) <= before + 10);
  await view.close();
});

test('a run without any says so', async () => {
  const view = await browser.open({ trace: 'chain' });
  assert.equal(await tab(view).textContent(), 'Advice');
  await view.press('Shift+L');
  await view.settle();
  assert.match(await foot(view).innerText(), /None of the known patterns that cost time was seen in this run\./);
  await view.close();
});
