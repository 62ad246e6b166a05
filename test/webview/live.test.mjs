// While the program runs: messages, following, and panels that come and go.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startBrowser } from './support/browser.mjs';

let browser;
before(async () => {
  browser = await startBrowser();
});
after(() => browser?.close());

/** The program has gone on for so long, and the host says so. */
const goOn = async (view, seconds) => {
  await view.page.evaluate((now) => {
    window.fake.builder.now = now;
    window.fake.send(window.fake.builder.delta());
  }, seconds);
  await view.settle();
};

test('the right edge is now; a touch stops that, a key goes on with it', async () => {
  const view = await browser.open({ trace: 'live' });
  await goOn(view, 3);
  assert.equal((await view.window()).to, 3);
  await goOn(view, 5);
  assert.equal((await view.window()).to, 5);
  const live = view.page.getByRole('button', { name: 'Live' });
  assert.equal(await live.getAttribute('aria-pressed'), 'true');
  await view.hover('worker', 2);
  await view.page.mouse.wheel(0, -200);
  await view.settle();
  const still = await view.window();
  await goOn(view, 8);
  assert.deepEqual(await view.window(), still);
  assert.equal(await live.getAttribute('aria-pressed'), 'false');
  await view.press('f');
  assert.equal((await view.window()).to, 8);
  await goOn(view, 9);
  const { from, to } = await view.window();
  assert.equal(to, 9);
  assert.ok(Math.abs(to - from - (still.to - still.from)) < 0.01, 'as much is shown as before');
  await view.close();
});

test('a long run is followed in a window that glides', async () => {
  const view = await browser.open({ trace: 'live' });
  await goOn(view, 30);
  assert.deepEqual(await view.window(), { from: 20, to: 30 });
  await view.close();
});

test('without messages time goes on where motion is wanted', async () => {
  const view = await browser.open({ trace: 'live', calm: false });
  const { to } = await view.window();
  await view.page.waitForFunction(
    (start) => Number(document.querySelector('.chart').dataset.window.split(' ')[1]) > start + 0.1e9,
    to * 1e9,
  );
  await view.close();
});

test('a wait that ends while it is selected stays selected', async () => {
  const view = await browser.open({ trace: 'live' });
  await view.click('worker', 0.8);
  assert.match(await view.details.locator('h2').textContent(), /worker waits for gate/);
  await view.page.evaluate(() => {
    const { builder, send } = window.fake;
    builder.openWaits = [];
    builder.openStates = [];
    builder.now = 1.5;
    builder.wait(2, 'threading.Lock', 0.4, 1.2, { object: 1, heldBy: 1, wokenBy: 1, wokenAt: 1.19 });
    send(builder.delta());
  });
  await view.page.locator('.details h2', { hasText: 'worker waited for gate' }).waitFor();
  assert.match(await view.details.textContent(), /for800 ms/);
  await view.close();
});

test('when the program ends the whole run is shown, unless the user chose otherwise', async () => {
  const end = (view) =>
    view.page.evaluate(() => {
      const { builder, send } = window.fake;
      builder.now = 20;
      builder.ended(0);
      send(builder.delta());
    });
  const untouched = await browser.open({ trace: 'live' });
  await goOn(untouched, 19);
  await end(untouched);
  await untouched.page.waitForFunction(() => document.querySelector('.chart').dataset.window === `0 ${20e9}`);
  assert.ok(await untouched.page.getByRole('button', { name: 'Stop' }).isDisabled());
  await untouched.close();
  const chosen = await browser.open({ trace: 'live' });
  await chosen.hover('worker', 0.5);
  await chosen.page.mouse.wheel(0, -200);
  await chosen.settle();
  const before = await chosen.window();
  await end(chosen);
  await chosen.settle();
  assert.deepEqual(await chosen.window(), before);
  await chosen.close();
});

test('a gap between messages asks for a snapshot and is healed by it', async () => {
  const view = await browser.open({ trace: 'orders' });
  await view.page.evaluate(() => {
    const { builder, send } = window.fake;
    const delta = builder.delta();
    send({ ...delta, spans: { ...delta.spans, from: delta.spans.from + 10 } });
  });
  await view.page.waitForFunction(() => window.fake.posted.filter((message) => message.kind === 'ready').length === 2);
  await view.settle();
  assert.ok((await view.laneNames()).includes('worker-1'));
  await view.click('worker-1', 2.5);
  assert.match(await view.details.textContent(), /Cache\._lock/);
  await view.close();
});

test('a panel that was hidden is as it was left', async () => {
  const view = await browser.open({ trace: 'orders' });
  await view.lane('asyncio loop').dblclick();
  await view.click('worker-1', 2.5);
  await view.press('z');
  const before = await view.window();
  // What is kept is written when what is read is drawn, a few times a second.
  await view.page.waitForFunction(() => sessionStorage.getItem('kept')?.includes('window'));
  await view.page.reload();
  await view.lane('worker-1').waitFor();
  await view.settle();
  const after = await view.window();
  assert.ok(Math.abs(after.from - before.from) < 1e-3 && Math.abs(after.to - before.to) < 1e-3);
  assert.ok(!(await view.laneNames()).includes('audit'));
  assert.match(await view.details.textContent(), /Cache\._lock/);
  await view.close();
});

test('another run in the same panel begins anew', async () => {
  const view = await browser.open({ trace: 'orders' });
  await view.click('worker-1', 2.5);
  await view.press('z');
  await view.page.evaluate(() => {
    const { builder, send } = window.fake;
    const { run } = builder;
    const empty = Object.create(Object.getPrototypeOf(builder));
    Object.assign(empty, new builder.constructor(), {
      run: { ...run, exitCode: null, wallNs: null, state: { kind: 'starting' } },
    });
    send(empty.snapshot());
  });
  await view.page.locator('.notice', { hasText: 'Python starts' }).waitFor();
  await view.settle();
  assert.equal((await view.window()).from, 0);
  assert.ok(!(await view.details.textContent()).includes('Cache._lock'));
  assert.equal(await view.page.getByRole('button', { name: 'Live' }).getAttribute('aria-pressed'), 'true');
  await view.close();
});
