// Runs under each other: one window of time, lanes found again by name, figures with their difference.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startBrowser } from './support/browser.mjs';

let browser;
before(async () => {
  browser = await startBrowser();
});
after(() => browser?.close());

test('two runs stand under each other with their figures and the difference', async () => {
  const { page, problems } = await browser.openComparison();
  assert.equal(await page.locator('.pane').count(), 2);
  const row = (name) => page.locator('.figures tr', { has: page.locator(`th:text-is("${name}")`) }).innerText();
  assert.match(await row('wall'), /6\.10 s\s+4\.10 s\s+−2\.00 s \(−33 %\), better/);
  assert.match(await row('threads'), /4\s+4\s+same/);
  assert.match(await row('CPU'), /3\.00 s\s+–\s+–/);
  assert.match(await page.locator('.sentences').innerText(), /33 % less/);
  assert.deepEqual(problems, []);
  await page.close();
});

test('both move together, and a lane is found again by its name', async () => {
  const { page, problems } = await browser.openComparison();
  const window = () => page.locator('.comparison').getAttribute('data-window');
  const whole = await window();
  const first = page.locator('.pane').first();
  await first.locator('.lane-name', { hasText: 'worker-2' }).first().click();
  await page.locator('.pane').nth(1).locator('.lane-name.selected', { hasText: 'worker-2' }).waitFor();
  await first.locator('.chart').hover();
  await page.keyboard.press('w');
  await page.waitForFunction((before) => document.querySelector('.comparison').dataset.window !== before, whole);
  await page.keyboard.press('0');
  await page.waitForFunction((before) => document.querySelector('.comparison').dataset.window === before, whole);
  assert.deepEqual(problems, []);
  await page.close();
});

test('a run is opened by its title, a line by Enter', async () => {
  const { page, posted } = await browser.openComparison();
  await page.locator('.pane-head .link').nth(1).click();
  assert.deepEqual((await posted()).at(-1), { kind: 'open', run: 1 });
  await page.locator('.pane').first().locator('.lane-name', { hasText: 'worker-1' }).first().click();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  const request = (await posted()).at(-1);
  assert.equal(request.kind, 'reveal');
  assert.equal(request.run, 0);
  assert.equal(request.file, '/work/orders.py');
  await page.close();
});

test('names and figures are never read as markup, and long ones are cut', async () => {
  const { page, problems } = await browser.openComparison({ width: 320 });
  await page.evaluate(() => {
    const runs = window.fake.comparison.runs.map((run) => ({
      ...run,
      title: `<img src=x onerror=alert(1)>${'long '.repeat(60)}`,
    }));
    window.fake.send({ ...window.fake.comparison, runs });
  });
  await page.waitForFunction(() => document.querySelector('.pane-head .link').textContent.startsWith('<img'));
  const widths = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  assert.ok(widths[0] <= widths[1], `${widths}`);
  assert.deepEqual(problems, []);
  await page.close();
});
