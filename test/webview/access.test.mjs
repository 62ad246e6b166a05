// What those need who do not see the picture, or have no mouse.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startBrowser } from './support/browser.mjs';

let browser;
before(async () => {
  browser = await startBrowser();
});
after(() => browser?.close());

test('Tab reaches all that can be used, and each says what it is', async () => {
  const view = await browser.open({ trace: 'orders' });
  await view.click('worker-1', 2.5);
  await view.page.getByRole('button', { name: 'Run again' }).focus();
  // By keys, so that the focus is drawn.
  await view.press('Tab', 'Shift+Tab');
  const reached = [];
  for (let i = 0; i < 40; i++) {
    const name = await view.page.evaluate(() => {
      const { activeElement: at } = document;
      if (!at || at === document.body) return '';
      const outline = getComputedStyle(at).outlineStyle;
      return `${at.getAttribute('role') ?? at.tagName.toLowerCase()}: ${at.getAttribute('aria-label') ?? at.textContent}${outline === 'none' ? ' UNSEEN' : ''}`;
    });
    if (name === '') break;
    reached.push(name);
    await view.page.keyboard.press('Tab');
  }
  for (const wanted of [
    /^button: Run again/,
    /^button: Table/,
    /^button: Keys and legend/,
    /^tree: Lanes/,
    /^application: Timeline of/,
    /^separator: Width/,
    /^button: orders\.py:47/,
  ]) {
    assert.ok(
      reached.some((name) => wanted.test(name)),
      `${wanted} in ${reached.join(' | ')}`,
    );
  }
  const tabs = reached.filter((name) => name.startsWith('tab: '));
  assert.deepEqual(tabs, ['tab: Selected'], 'arrow keys go from tab to tab');
  assert.ok(!reached.some((name) => name.endsWith('UNSEEN')), `the focus is seen: ${reached.join(' | ')}`);
  await view.close();
});

test('lanes are a tree: levels, open or closed, selected', async () => {
  const view = await browser.open({ trace: 'orders' });
  const lane = (name) => view.page.getByRole('treeitem', { name });
  assert.equal(await lane('poll-prices').getAttribute('aria-level'), '4');
  assert.equal(await lane('asyncio loop').getAttribute('aria-expanded'), 'true');
  await view.lane('poll-prices').click();
  await view.settle();
  assert.equal(await lane('poll-prices').getAttribute('aria-selected'), 'true');
  const active = await view.page.getByRole('tree').getAttribute('aria-activedescendant');
  assert.equal(await view.page.locator(`#${active}`).getAttribute('aria-selected'), 'true');
  await view.close();
});

test('with less motion wanted the picture jumps to where it goes', async () => {
  const view = await browser.open({ trace: 'orders', calm: true });
  await view.chart.focus();
  await view.page.keyboard.press('d');
  const at = () => view.chart.getAttribute('data-window');
  await view.settle();
  const first = await at();
  await view.settle();
  assert.equal(await at(), first);
  await view.close();
});

test('a bad end is a word, not a colour alone', async () => {
  const view = await browser.open({ trace: 'orders' });
  assert.match(await view.lane('audit').locator('.figure').textContent(), /^failed$/);
  await view.close();
});
