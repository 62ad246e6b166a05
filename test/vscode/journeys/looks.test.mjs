// How the timeline looks, in pictures for people (dist/shots): light, dark, high contrast, narrow. The tests themselves see
// to it that it is drawn and can be read in each.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { root } from '../../../scripts/support.mjs';
import { laneName } from '../../support/timeline.mjs';
import { openFile, openWindow, runCommand, startServer, webview } from '../../support/workbench.mjs';

const shots = join(root, 'dist/shots');
const THEMES = {
  light: 'Default Light Modern',
  dark: 'Default Dark Modern',
  'high-contrast': 'Default High Contrast',
  'high-contrast-light': 'Default High Contrast Light',
};
let server;

before(async () => {
  mkdirSync(shots, { recursive: true });
  server = await startServer({ installed: root });
});
after(() => server?.close());

for (const [name, theme] of Object.entries(THEMES)) {
  test(`${name}: the chart is drawn, and its names are read well on the editor's background`, async () => {
    const { window, panel } = await runTour(theme, { width: 1500, height: 1150 });
    const drawn = await panel.locator('canvas.chart').evaluate((canvas) => {
      const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
      return new Set(Array.from({ length: data.length / 4 }, (_, i) => data.slice(i * 4, i * 4 + 3).join())).size;
    });
    assert.ok(drawn > 20, `the chart has ${drawn} colours`);
    const [ink, paper] = await laneName(panel, 'Ada').evaluate((row) => {
      const background = getComputedStyle(document.documentElement).getPropertyValue('--vscode-editor-background');
      const probe = document.createElement('canvas').getContext('2d');
      return [getComputedStyle(row).color, background].map((colour) => {
        probe.fillStyle = colour;
        probe.fillRect(0, 0, 1, 1);
        return [...probe.getImageData(0, 0, 1, 1).data];
      });
    });
    assert.equal(luminance(paper) > 0.5, name.includes('light'), `the background ${paper} is that of the theme`);
    assert.ok(contrast(ink, paper) >= 4.5, `${ink} on ${paper} has a contrast of ${contrast(ink, paper)}`);
    await window.page.screenshot({ path: join(shots, `${name}.png`) });
    await window.close();
  });
}

test('narrow: names and chart share what there is, and nothing sticks out', async () => {
  const { window, panel } = await runTour(THEMES.dark, { width: 700, height: 1150 });
  const overflow = await panel.locator('body').evaluate((body) => body.scrollWidth - body.clientWidth);
  assert.equal(overflow, 0);
  await window.page.screenshot({ path: join(shots, 'narrow.png') });
  await window.close();
});

async function runTour(theme, viewport) {
  server.configure({ 'workbench.colorTheme': theme });
  const window = await openWindow(server, { folder: join(root, 'examples'), viewport });
  const panel = webview(window.page);
  await openFile(window.page, 'tour.py');
  await runCommand(window.page, 'Interleave: Run concurrently');
  await laneName(panel, 'MainThread').waitFor();
  await window.page.locator('.statusbar-item', { hasText: 'Recording' }).waitFor({ state: 'detached' });
  // The terminal has served, and its room is wanted.
  await window.page.keyboard.press('Control+J');
  await window.page.locator('.terminal.xterm').waitFor({ state: 'hidden' });
  await laneName(panel, 'Linus').waitFor();
  return { window, panel };
}

/** As WCAG defines them, of colours as red, green and blue from 0 to 255. */
function contrast(one, other) {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

function luminance([red, green, blue]) {
  const [r, g, b] = [red, green, blue]
    .map((value) => value / 255)
    .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
