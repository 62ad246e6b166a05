// Who ended a wait and what led to that; the critical path.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startBrowser } from './support/browser.mjs';

let browser;
before(async () => {
  browser = await startBrowser();
});
after(() => browser?.close());

const title = (view) => view.details.locator('h2').textContent();

test('E leads from a wait to the one who ended it, and on to what held that one up; B goes back', async () => {
  const view = await browser.open({ trace: 'chain' });
  await view.click('reader', 5);
  assert.match(await title(view), /reader waited for Cache\._lock/);
  const steps = [/write\(\) on writer/, /writer waited for Log\._file/, /fetch\(\) on fetcher/];
  for (const expected of steps) {
    await view.press('e');
    assert.match(await title(view), expected);
  }
  await view.press('e');
  assert.match(await title(view), /MainThread/, 'who started it');
  for (const expected of [...steps].reverse()) {
    await view.press('b');
    assert.match(await title(view), expected);
  }
  await view.press('b', 'b');
  assert.match(await title(view), /reader waited for Cache\._lock/, 'no further than it began');
  await view.close();
});

test('the foot tells the chain up to its root, each name a link', async () => {
  const view = await browser.open({ trace: 'chain' });
  await view.click('reader', 5);
  const words = await view.details.textContent();
  const chain = 'writer, which itself waited for 3.50 s of it for Log._file (orders.py:33) held by fetcher, ';
  assert.ok(words.includes(`${chain}which ran fetch() at orders.py:47`), words);
  await view.details.getByRole('button', { name: 'fetcher', exact: true }).last().click();
  await view.settle();
  assert.match(await title(view), /fetch\(\) on fetcher/);
  await view.close();
});

test('C draws the critical path, dims the rest and tells its parts', async () => {
  const view = await browser.open({ trace: 'chain' });
  const [on, off] = [await view.colour('fetcher', 3), await view.colour('writer', 7.9)];
  await view.press('c');
  assert.equal(await view.colour('fetcher', 3), on, 'on the path it is as before');
  assert.notEqual(await view.colour('writer', 7.9), off, 'beside it it is dim');
  const page = view.page.getByRole('tabpanel', { name: 'What the length of the run came from (C)' });
  const words = await page.innerText();
  assert.match(words, /Critical path: 10\.0 s, of which 40 % wait for Log\._file/);
  assert.match(words, /fetcher went on in fetch\(\), while the next one waited for Log\._file/);
  await page.getByRole('button', { name: 'Cache._lock' }).click();
  await view.press('Escape');
  assert.ok(await page.isHidden(), 'it is on the first page');
  assert.match(await title(view), /writer/);
  await view.press('c');
  assert.equal(await view.colour('writer', 7.9), off);
  await view.close();
});

test('the critical path is kept while the page is hidden, and is not told of a run that goes on', async () => {
  const view = await browser.open({ trace: 'chain' });
  const off = await view.colour('writer', 7.9);
  await view.press('c');
  await view.page.waitForFunction(() => sessionStorage.getItem('kept')?.includes('"criticalPath":true'));
  await view.page.reload();
  await view.settle();
  await view.settle();
  assert.notEqual(await view.colour('writer', 7.9), off);
  await view.close();
  const live = await browser.open({ trace: 'live' });
  await live.press('c');
  assert.match(await live.page.locator('.foot').innerText(), /known when the program has ended/);
  await live.close();
});
