// Opens a saved trace in the webview as it was built, by messages of the size that the panel sends.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as esbuild from 'esbuild';
import { root } from '../../scripts/support.mjs';
import { framesOf, withPage, workOf } from './browser.mjs';

const PATIENCE_MS = 300_000;

const PAGE = `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><link rel="stylesheet" href="themes.css">
<link rel="stylesheet" href="webview.css"></head><body><div id="root"></div><script src="page.js"></script><script src="webview.js"></script></body></html>`;

export async function measureInterleave(path, spans, openTrace, look = async () => undefined) {
  const stub = await esbuild.build({
    entryPoints: [join(root, 'bench/timeline/page.ts')],
    bundle: true,
    write: false,
    format: 'iife',
  });
  let trace;
  const files = (name) => {
    if (name === '/') return ['text/html', PAGE];
    if (name === '/page.js') return ['text/javascript', stub.outputFiles[0].contents];
    if (name === '/themes.css') return ['text/css', readFileSync(join(root, 'test/webview/support/themes.css'))];
    if (name === '/next') return ['application/octet-stream', (response) => response.end(trace?.next())];
    if (/^\/webview\.(js|css)$/.test(name))
      return [name.endsWith('js') ? 'text/javascript' : 'text/css', readFileSync(join(root, 'dist', name))];
    return undefined;
  };
  return await withPage(files, async (page, address, memory) => {
    await page.goto(address);
    const empty = await memory();
    const begun = performance.now();
    trace = openTrace(path);
    const cpuBefore = process.cpuUsage();
    const decode = await trace.decoded;
    const decodeCpu = cpuMs(cpuBefore);
    await page.goto(address);
    const workMs = await workOf(page);
    await page.waitForFunction('window.times?.done > 0', undefined, { timeout: PATIENCE_MS });
    const pageCpu = await workMs();
    const opened = performance.now() - begun;
    const host = process.memoryUsage();
    const times = await page.evaluate('window.times');
    await page.waitForTimeout(1000);
    const bytes = (await memory()) - empty;
    const frames = await framesOf(page, '.chart', 'ignored');
    await look(page);
    const ms = (value) => `${Math.round(value)} ms`;
    return {
      opened,
      memory: bytes,
      perSpan: ` (${(bytes / spans).toFixed(0)} bytes a span; host: ${(host.arrayBuffers / spans).toFixed(0)} bytes a span in columns)`,
      parts: ` (decode ${ms(decode)}, ${ms(decodeCpu)} of CPU; the page's thread ${ms(pageCpu)} of CPU; transfer ${ms(times.transfer)}, index ${ms(times.index)} in ${times.messages} messages, longest ${ms(times.longest)}; first picture ${ms(times.firstPicture)} after the page began)`,
      ...frames,
    };
  });
}

/** Milliseconds of all processors since then, in this process. */
function cpuMs(before) {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
