// What leaves the page: pictures of what is seen, figures, and the wish for another form of the run.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startBrowser } from './support/browser.mjs';

let browser;
before(async () => {
  browser = await startBrowser();
});
after(() => browser?.close());

const entry = (view, name) => view.page.getByRole('menuitem', { name });

/** What the page asked the host to save. */
async function saved(view) {
  await view.page.waitForFunction(() => window.fake.posted.some(({ kind }) => kind === 'save'));
  return view.page.evaluate(() => {
    const { name, content } = window.fake.posted.find(({ kind }) => kind === 'save');
    return { name, content: typeof content === 'string' ? content : [...content] };
  });
}

for (const theme of ['dark', 'light', 'high-contrast']) {
  test(`the SVG shows what is seen, in the colours of ${theme}`, async () => {
    const view = await browser.open({ trace: 'orders', theme });
    const [bar, ground] = [await view.colour('worker-1', 5.1), await view.colour('worker-1', 5.6)];
    await view.press('Shift+E');
    await entry(view, /SVG/).first().click();
    const { name, content } = await saved(view);
    assert.equal(name, 'orders.svg');
    // Read back by the browser, and drawn.
    const pixels = await view.page.evaluate(
      async ([text, x]) => {
        const { documentElement } = new DOMParser().parseFromString(text, 'image/svg+xml');
        const words = [...documentElement.querySelectorAll('text')].map((each) => each.textContent);
        const image = new Image();
        image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
        await image.decode();
        const canvas = document.createElement('canvas');
        [canvas.width, canvas.height] = [image.width, image.height];
        const context = canvas.getContext('2d');
        context.drawImage(image, 0, 0);
        const colours = new Set();
        for (let y = 0; y < canvas.height; y++) {
          const [r, g, b] = context.getImageData(x, y, 1, 1).data;
          colours.add(`#${[r, g, b].map((value) => value.toString(16).padStart(2, '0')).join('')}`);
        }
        return { root: documentElement.nodeName, words, colours: [...colours], width: image.width };
      },
      [content, (await view.point('worker-1', 5.1)).x],
    );
    assert.equal(pixels.root, 'svg');
    assert.equal(pixels.width, 1170);
    assert.ok(
      pixels.colours.includes(bar) && pixels.colours.includes(ground),
      `${pixels.colours} have ${bar}, ${ground}`,
    );
    for (const words of ['MainThread', 'poll-prices', 'waits 61 %', '1.0 s'])
      assert.ok(pixels.words.includes(words), words);
    await view.close();
  });
}

test('a name of the user cannot break the SVG', async () => {
  const view = await browser.open({ trace: 'longNames', width: 420 });
  await view.press('Shift+E');
  await entry(view, /SVG/).first().click();
  const { content } = await saved(view);
  const problem = await view.page.evaluate(
    (text) => new DOMParser().parseFromString(text, 'image/svg+xml').querySelector('parsererror')?.textContent,
    content,
  );
  assert.equal(problem, undefined);
  await view.close();
});

test('the PNG is one, twice as large', async () => {
  const view = await browser.open({ trace: 'orders' });
  await view.press('Shift+E');
  await entry(view, /PNG/).click();
  const { name, content } = await saved(view);
  assert.equal(name, 'orders.png');
  assert.deepEqual(content.slice(1, 4), [...Buffer.from('PNG')]);
  assert.equal(Buffer.from(content).readUInt32BE(16), 2 * 1170, 'its width');
  await view.close();
});

test('statistics are saved without having been looked at', async () => {
  const view = await browser.open({ trace: 'orders' });
  await view.press('Shift+E');
  await entry(view, /Statistics/).click();
  const { name, content } = await saved(view);
  assert.equal(name, 'orders-statistics.csv');
  assert.match(content, /^function,main\(\),/m);
  await view.close();
});

test('the menu is worked by keys and by the button; other forms are the host’s', async () => {
  const view = await browser.open({ trace: 'orders' });
  await view.page.getByRole('button', { name: 'Export…' }).click();
  await view.press('ArrowUp');
  assert.match(await view.page.evaluate(() => document.activeElement.textContent), /^Whole run/);
  await view.press('Enter');
  assert.ok((await view.posted()).some(({ kind, command }) => kind === 'command' && command === 'export'));
  assert.ok(await view.page.locator('[aria-label=Export]').isHidden());
  await view.press('Shift+E', 'Escape');
  assert.ok(await view.page.locator('[aria-label=Export]').isHidden());
  await view.close();
});

test('a page by itself downloads pictures, and offers no forms that need a host', async () => {
  const view = await browser.open({ trace: 'orders', query: '&standalone' });
  await view.press('Shift+E');
  assert.equal(await entry(view, /Whole run/).count(), 0);
  const download = view.page.waitForEvent('download');
  await entry(view, /PNG/).click();
  assert.equal((await download).suggestedFilename(), 'orders.png');
  await view.close();
});
