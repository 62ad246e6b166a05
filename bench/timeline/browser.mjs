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

/** 95th percentiles of milliseconds: of the work for a frame, and of the time from one to the next. */
export async function framesOf(page, selector, zoomKey) {
  await page.evaluate(([at, key]) => window.measureFrames(at, { rounds: 20, zoomKey: key }), [selector, zoomKey]);
  const measured = await page.evaluate(
    ([at, rounds, key]) => window.measureFrames(at, { rounds, zoomKey: key }),
    [selector, ROUNDS, zoomKey],
  );
  return { work: p95(measured.work), apart: p95(measured.apart) };
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
