// A real browser for the benchmark: pages from a small server, memory of their process, and frames.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { findChromium } from '../../scripts/chromium.mjs';
import { root } from '../../scripts/support.mjs';

const ROUNDS = 160;

/** Serves `files` (path to [type, content]; content may be a function of the request), opens the page, and ends all after `use`. */
export async function withPage(files, use) {
  const server = createServer((request, response) => {
    const path = new URL(request.url, 'http://localhost').pathname;
    const [type, content] = files(path) ?? [];
    if (!type) response.writeHead(404).end();
    else if (typeof content === 'function') content(response.setHeader('content-type', type));
    else response.writeHead(200, { 'content-type': type }).end(content);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const browser = await chromium.launch({
    executablePath: findChromium(),
    args: ['--no-sandbox', '--js-flags=--max-old-space-size=8192'],
  });
  try {
    const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
    await page.addInitScript(readFileSync(join(root, 'bench/timeline/frames.js'), 'utf8'));
    const session = await browser.newBrowserCDPSession();
    return await use(page, `http://127.0.0.1:${server.address().port}/`, () => memoryOf(session, page));
  } finally {
    await browser.close().catch(() => undefined);
    server.closeAllConnections();
    server.close();
  }
}

/** Makes a function that tells how many milliseconds of a processor the page's main thread has worked. */
export async function workOf(page) {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  return async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    return metrics.find(({ name }) => name === 'TaskDuration').value * 1000;
  };
}

/**
 * 95th percentiles of milliseconds over frames in which the wheel pans or zooms: what the page's thread works for one, in
 * time of the processor (whatever else the machine does), and from one to the next by the clock.
 */
export async function framesOf(page, selector, zoomKey) {
  const workMs = await workOf(page);
  const round = (i) => page.evaluate(([at, step, key]) => window.wheelOnce(at, step, key), [selector, i, zoomKey]);
  for (let i = 0; i < 16; i++) await round(i);
  const frames = { work: [], apart: [] };
  for (let i = 0; i < ROUNDS; i++) {
    const before = await workMs();
    frames.apart.push(await round(i));
    // Two frames: the one in which it is drawn, and an empty one.
    frames.work.push((await workMs()) - before);
  }
  return { work: p95(frames.work), apart: p95(frames.apart) };
}

function p95(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length * 0.95)];
}

/** Bytes of the page's process, after its garbage was collected; Linux only. */
async function memoryOf(session, page) {
  const own = await page.context().newCDPSession(page);
  await own.send('HeapProfiler.collectGarbage');
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  const sizes = processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => residentBytes(id));
  return Math.max(...sizes);
}

function residentBytes(pid) {
  const [, kilobytes] = /RssAnon:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kilobytes) * 1024;
}
