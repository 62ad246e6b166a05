// Search: what is written, counted, gone to and left.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startBrowser } from './support/browser.mjs';

let browser;
before(async () => {
  browser = await startBrowser();
});
after(() => browser?.close());

test('a text is counted and framed, Enter goes from match to match, Esc back to where one was', async () => {
  const view = await browser.open({ trace: 'orders' });
  const input = view.page.getByRole('textbox', { name: /^Search/ });
  const place = view.page.locator('.search-place');
  const heading = () => view.details.locator('h2').textContent();
  const whole = await view.window();
  const before = await view.colour('worker-2', 3.2);
  await view.page.locator('.chart').focus();
  await view.press('/');
  await view.page.keyboard.type('FETCH worker');
  await view.settle();
  assert.equal(await view.page.locator('.search-count').textContent(), '3 calls of 1 function');
  assert.notEqual(await view.colour('worker-2', 3.2), before, 'what does not match is pale');
  assert.equal(await view.colour('worker-1', 4.3), '#e69f00', 'what matches is as before');
  assert.deepEqual(await view.window(), whole, 'writing moves nothing');
  await view.press('Enter');
  assert.match(await heading(), /^Worker\.fetch\(\) on worker-1$/);
  assert.equal(await place.textContent(), '1 of 3');
  await view.press('Enter', 'F3');
  assert.equal(await place.textContent(), '3 of 3');
  await view.press('Enter');
  assert.equal(await place.textContent(), '1 of 3', 'from the start again');
  await view.press('Shift+Enter');
  assert.equal(await place.textContent(), '3 of 3');
  assert.match(await view.page.locator('.for-readers').textContent(), /^3 of 3, from the end again\. Worker\.fetch/);
  await input.press('Escape');
  await view.settle();
  assert.equal(await input.isVisible(), false);
  assert.deepEqual(await view.window(), whole);
  assert.equal(await view.colour('worker-2', 3.2), before);
  assert.doesNotMatch(await heading(), /fetch/, 'nothing is selected, as before');
  await view.close();
});

test('the button closes the search and stays; F3 works from the chart', async () => {
  const view = await browser.open({ trace: 'orders' });
  await view.page.locator('.chart').focus();
  await view.press('Control+f');
  await view.page.keyboard.type('_lock');
  await view.settle();
  assert.equal(await view.page.locator('.search-count').textContent(), '1 lock · 1 wait for them');
  await view.page.locator('.chart').focus();
  await view.press('F3');
  assert.match(await view.details.locator('h2').textContent(), /^worker-1 waited/);
  await view.page.getByRole('button', { name: 'Close the search' }).click();
  await view.settle();
  assert.match(await view.details.locator('h2').textContent(), /^worker-1 waited/);
  await view.close();
});

test('a match in a hidden lane is shown', async () => {
  const view = await browser.open({ trace: 'orders' });
  await view.lane('prices').click();
  await view.press('h', '/');
  await view.page.keyboard.type('audit');
  await view.press('Enter');
  assert.ok((await view.laneNames()).includes('audit'));
  await view.close();
});

test('what comes while the program runs is counted, and a picture that begins anew as well', async () => {
  const view = await browser.open({ trace: 'live' });
  const count = view.page.locator('.search-count');
  await view.page.locator('.chart').focus();
  await view.press('/');
  await view.page.keyboard.type('fresh');
  await view.settle();
  assert.equal(await count.textContent(), 'nothing found');
  const called = (times) =>
    view.page.evaluate((many) => {
      const { builder, send } = window.fake;
      const site = builder.site(900, 'fresh_calls');
      const unit = builder.units.find(({ kind }) => kind === 'thread').id;
      for (let i = 0; i < many; i++) {
        builder.span(unit, unit, builder.now, builder.now + 0.001, site);
        builder.now += 0.001;
      }
      send(builder.delta());
    }, times);
  await called(2);
  await count.filter({ hasText: '2 calls of 1 function' }).waitFor();
  await called(3);
  await count.filter({ hasText: '5 calls of 1 function' }).waitFor();
  await view.page.evaluate(() => window.fake.send(window.fake.builder.snapshot()));
  await view.settle();
  await called(1);
  await count.filter({ hasText: '6 calls of 1 function' }).waitFor();
  await view.press('Enter', 'Enter');
  assert.equal(await view.page.locator('.search-place').textContent(), '2 of 6');
  await view.close();
});

test('a million calls are counted while the page goes on', async () => {
  const view = await browser.open({ trace: 'millionSpans' });
  await view.page.locator('.chart').focus();
  await view.press('/');
  await view.page.keyboard.type('level_3');
  await view.page
    .locator('.search-count')
    .filter({ hasText: /^\d{3},\d{3} calls of 1 function$/ })
    .waitFor();
  await view.press('Enter', 'Enter', 'Enter');
  assert.match(await view.page.locator('.search-place').textContent(), /^3 of \d{3},\d{3}$/);
  await view.close();
});
