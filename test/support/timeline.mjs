// What a user does with a timeline, for tests of it inside and outside of VS Code. `panel` is a page or a frame.

/** The row of a lane's name. */
export function laneName(panel, name) {
  return panel.locator('.lane-name', { has: panel.locator('.name', { hasText: new RegExp(`^${escape(name)}$`) }) });
}

/**
 * Moves the pointer along a lane until the tooltip says `words`; resolves to that point of the page. A canvas has no
 * elements to ask for, so the test looks for the bar as a person does.
 */
export async function hoverUntil(page, panel, lane, words, { timeout = 60_000 } = {}) {
  const tooltip = panel.locator('.tooltip');
  const deadline = Date.now() + timeout;
  while (Date.now() < deadline) {
    const row = await laneName(panel, lane).boundingBox();
    const chart = await panel.locator('canvas.chart').boundingBox();
    const y = row.y + Math.min(row.height / 2, 14);
    for (let x = chart.x + 3; x < chart.x + chart.width; x += 6) {
      await page.mouse.move(x, y);
      const text = (await tooltip.isVisible()) ? await tooltip.innerText() : '';
      if (words.test(text)) return { x, y, text };
    }
  }
  throw new Error(`No bar of the lane ${lane} has a tooltip with ${words}.`);
}

function escape(text) {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
