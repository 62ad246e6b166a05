// Opens the webview in a real browser and finds things in its picture.
import assert from 'node:assert/strict';
import { chromium } from 'playwright-core';
import { findChromium } from '../../../scripts/chromium.mjs';
import { serve } from './server.mjs';

/** Starts browser and server; `open` gives a page that shows a trace, `close` ends all. */
export async function startBrowser() {
  const server = await serve();
  const browser = await chromium.launch({ executablePath: findChromium(), args: ['--no-sandbox'] });
  return {
    open: (options) => openPage(browser, server.address, options),
    openComparison: (options) => openComparison(browser, server.address, options),
    close: async () => {
      await browser.close();
      server.close();
    },
  };
}

async function openPage(
  browser,
  address,
  { trace, theme = 'dark', width = 1180, height = 720, query = '', calm = true },
) {
  const page = await browser.newPage({ viewport: { width, height }, reducedMotion: calm ? 'reduce' : 'no-preference' });
  page.setDefaultTimeout(10_000);
  const problems = [];
  page.on('pageerror', (error) => problems.push(String(error.stack)));
  page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
  page.on('request', (request) => request.url().startsWith(address) || problems.push(`asks for ${request.url()}`));
  await page.goto(`${address}?trace=${trace}&theme=${theme}${query}`);
  await page.locator('.chart[data-window]').waitFor();
  const view = new TimelinePage(page, problems);
  await view.settle();
  return view;
}

/** The page of a comparison, with what went wrong in it and what it asked the host for. */
async function openComparison(
  browser,
  address,
  { traces = 'orders,orders', theme = 'dark', width = 1180, height = 820 } = {},
) {
  const page = await browser.newPage({ viewport: { width, height }, reducedMotion: 'reduce' });
  page.setDefaultTimeout(10_000);
  const problems = [];
  page.on('pageerror', (error) => problems.push(String(error.stack)));
  page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
  await page.goto(`${address}comparison?traces=${traces}&theme=${theme}`);
  await page.locator('.comparison[data-window] .lane-name').first().waitFor();
  return { page, problems, posted: () => page.evaluate(() => window.fake.posted) };
}

export class TimelinePage {
  constructor(page, problems) {
    this.page = page;
    this.problems = problems;
    this.chart = page.locator('.chart');
    this.details = page.locator('.details');
    this.tooltip = page.locator('.tooltip');
  }

  /** Two frames: what was asked for is drawn, and what that asked for as well. */
  async settle() {
    await this.page.evaluate(
      () =>
        new Promise((resolve) =>
          requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(resolve))),
        ),
    );
  }

  /** The stretch of time that is shown, in seconds. */
  async window() {
    const [from, to] = (await this.chart.getAttribute('data-window')).split(' ').map(Number);
    return { from: from / 1e9, to: to / 1e9 };
  }

  lane(name) {
    return this.page
      .locator('.lane-name')
      .filter({ has: this.page.locator('.name', { hasText: new RegExp(`^${name}$`) }) })
      .first();
  }

  async laneNames() {
    return this.page.locator('.lane-name .name').allTextContents();
  }

  /** Point of a time in a lane. */
  async point(lane, seconds) {
    const [row, chart, { from, to }] = await Promise.all([
      this.lane(lane).boundingBox(),
      this.chart.boundingBox(),
      this.window(),
    ]);
    assert.ok(row && chart, `${lane} is seen`);
    return { x: chart.x + ((seconds - from) / (to - from)) * chart.width, y: row.y + 12 };
  }

  async hover(lane, seconds) {
    const { x, y } = await this.point(lane, seconds);
    await this.page.mouse.move(x, y);
    await this.settle();
  }

  async click(lane, seconds) {
    const { x, y } = await this.point(lane, seconds);
    await this.page.mouse.click(x, y);
    await this.settle();
  }

  async press(...keys) {
    for (const key of keys) await this.page.keyboard.press(key);
    await this.settle();
  }

  /** Messages to the host, those that say only that the page is there left out. */
  async posted() {
    return (await this.page.evaluate(() => window.fake.posted)).filter((message) => message.kind !== 'ready');
  }

  /** Colour of a bar at a time in a lane, above its words, as #rrggbb. */
  async colour(lane, seconds) {
    const { x, y: middle } = await this.point(lane, seconds);
    const y = middle - 6;
    return this.chart.evaluate(
      (canvas, [left, top]) => {
        const box = canvas.getBoundingClientRect();
        const ratio = canvas.width / box.width;
        const data = canvas
          .getContext('2d')
          .getImageData((left - box.left) * ratio, (top - box.top) * ratio, 1, 1).data;
        return `#${[...data.slice(0, 3)].map((value) => value.toString(16).padStart(2, '0')).join('')}`;
      },
      [x, y],
    );
  }

  /** Nothing was refused by the content policy, went wrong or was asked for elsewhere. */
  async close() {
    const violations = await this.page.evaluate(() => window.fake.violations);
    await this.page.close();
    assert.deepEqual([...this.problems, ...violations], []);
  }
}
