// The program's marks and the reader's notes.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startBrowser } from './support/browser.mjs';

let browser;
before(async () => {
  browser = await startBrowser();
});
after(() => browser?.close());

const page = (view) =>
  view.page.locator('.foot-page', { has: view.page.locator('.hint', { hasText: 'M makes a note' }) });
const lastNotes = async (view) => (await view.posted()).filter(({ kind }) => kind === 'notes').at(-1)?.notes;

test('M makes a note at the pointer, which is written, kept, and removed', async () => {
  const view = await browser.open({ trace: 'orders' });
  await view.hover('worker-1', 2.5);
  await view.press('m');
  const field = view.page.locator('.notes-list input');
  assert.ok(await field.evaluate((element) => element === document.activeElement));
  await view.page.keyboard.type('m: why so long?');
  await view.press('Enter');
  const [note] = await lastNotes(view);
  assert.equal(note.text, 'm: why so long?');
  assert.ok(Math.abs(note.time - 2.5e9) < 0.02e9, `${note.time}`);
  await view.page.getByRole('button', { name: /Remove the note/ }).click();
  await view.settle();
  assert.deepEqual(await lastNotes(view), []);
  assert.equal(await field.count(), 0);
  await view.close();
});

test('marks of the program are listed with their line, and lead to their moment', async () => {
  const view = await browser.open({ trace: 'orders' });
  await view.page.evaluate(() => {
    const { builder, send } = window.fake;
    builder.mark(1, 4.2, 'phase <2>', 80);
    builder.notes = [{ id: 7, time: 1e9, unit: -1, text: 'kept' }];
    send(builder.delta());
  });
  await view.press('Shift+M');
  await page(view).getByText('phase <2>').waitFor();
  assert.equal(await view.page.locator('.notes-list input').inputValue(), 'kept');
  await view.page.getByRole('button', { name: 'orders.py:80' }).click();
  assert.deepEqual((await view.posted()).at(-1), { kind: 'reveal', file: '/work/orders.py', line: 80, column: 4 });
  await view.close();
});

test('a page by itself shows notes and cannot change them', async () => {
  const view = await browser.open({ trace: 'orders', query: '&standalone' });
  await view.press('m');
  assert.match(await view.page.locator('.for-readers').textContent(), /cannot be changed/);
  await view.close();
});
