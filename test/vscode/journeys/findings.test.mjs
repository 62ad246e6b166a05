// What is found while a program runs: in the Problems list, on the timeline, and hidden by a comment.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, test } from 'node:test';
import { root } from '../../../scripts/support.mjs';
import { openFile, openWindow, runCommand, startServer, webview } from '../../support/workbench.mjs';

const PROGRAM = `import threading

total = 0


def add(count):
    global total
    for _ in range(count):
        total += len("x")


adders = [threading.Thread(target=add, args=(3,), name=f"adder {i}") for i in range(2)]
for adder in adders:
    adder.start()
for adder in adders:
    adder.join()
`;

const DEADLOCK = `import threading

first, second = threading.Lock(), threading.Lock()
both = threading.Barrier(2)


def transfer(source, target):
    with source:
        both.wait()
        with target:
            pass


one = threading.Thread(target=transfer, args=(first, second), name="one")
other = threading.Thread(target=transfer, args=(second, first), name="other")
one.start()
other.start()
one.join()
other.join()
`;

const COUNTER = `import threading


class Counter:
    def __init__(self):
        self.lock = threading.Lock()
        self.count = 0

    def up(self):
        with self.lock:
            self.count += int("1")

    def down(self):
        self.count -= int("1")


counter = Counter()
workers = [threading.Thread(target=work) for work in (counter.up, counter.down)]
for worker in workers:
    worker.start()
for worker in workers:
    worker.join()
`;

const OFFICE = `import threading


class Office:
    def __init__(self):
        self.tickets = {"row 1": "free"}

    def take(self, name):
        if name in self.tickets:
            self.tickets.pop(name)


office = Office()
takers = [threading.Thread(target=office.take, args=("row 1",)) for _ in range(2)]
for taker in takers:
    taker.start()
for taker in takers:
    taker.join()
`;

const shots = join(root, 'dist/shots');
let workspace;
let server;
let window;
let page;
let panel;

before(async () => {
  mkdirSync(shots, { recursive: true });
  workspace = mkdtempSync(join(tmpdir(), 'interleave-test-'));
  writeFileSync(join(workspace, 'totals.py'), PROGRAM);
  writeFileSync(join(workspace, 'transfers.py'), DEADLOCK);
  writeFileSync(join(workspace, 'counter.py'), COUNTER);
  writeFileSync(join(workspace, 'office.py'), OFFICE);
  // The linter sees some of these mistakes as well.
  server = await startServer({ installed: root, settings: { 'interleave.lint.enabled': false } });
  window = await openWindow(server, { folder: workspace, viewport: { width: 1500, height: 1100 } });
  page = window.page;
  panel = webview(page);
});
after(async () => {
  await window?.close();
  await server?.close();
  rmSync(workspace, { recursive: true, force: true });
});
afterEach((t) => page.screenshot({ path: join(shots, `${t.name.replace(/\W+/g, '-')}.png`) }));

/** Opens a problem's line, and waits until the editor has the keyboard: what is typed before that goes astray. */
async function openProblem(text, position) {
  await problems().filter({ hasText: text }).first().dblclick();
  await page.locator('.statusbar-item', { hasText: position }).waitFor();
  await page.locator('.editor-instance .monaco-editor.focused').waitFor();
}

const problems = () => page.locator('.markers-panel .monaco-list-row');

test('a data race is among the problems, with where the threads were started', async () => {
  await openFile(page, 'totals.py');
  await runCommand(page, 'Interleave: Run concurrently');
  await panel.locator('.finding-list').getByText('Data race').first().waitFor();
  await runCommand(page, 'Problems: Focus on Problems View');
  await problems().filter({ hasText: 'Data race: an update can be lost' }).first().waitFor();
  await problems().filter({ hasText: 'starts adder 0' }).first().waitFor();
  await page.locator('.tab', { hasText: 'Timeline: totals.py (1 error)' }).waitFor();
  await page.locator('.statusbar-item', { hasText: '1 error' }).waitFor();
});

test('its line opens, and a comment hides it', async () => {
  await openProblem('Data race', /^Ln 9\b/);
  await page.keyboard.press('Control+.');
  await page.locator('.action-widget', { hasText: 'Show on timeline' }).waitFor();
  await page.locator('.action-widget .monaco-list-row', { hasText: 'Ignore here' }).click();
  await page.locator('.view-line', { hasText: 'interleave: ignore[race.data]' }).waitFor();
  await problems().filter({ hasText: 'Data race' }).first().waitFor({ state: 'detached' });
  assert.equal(await panel.locator('.finding-list').count(), 0);
});

test('a statement without the lock that the others use is put under it', async () => {
  await openFile(page, 'counter.py');
  await runCommand(page, 'Interleave: Run concurrently');
  await panel.locator('.finding-list').getByText('Data race').first().waitFor();
  await runCommand(page, 'Problems: Focus on Problems View');
  await openProblem('Data race', /^Ln 1[14]\b/);
  await page.keyboard.press('Control+.');
  await page.locator('.action-widget .monaco-list-row', { hasText: 'Wrap in with self.lock' }).click();
  await page.locator('.view-line', { hasText: 'with self.lock:' }).nth(1).waitFor();
  await page.locator('.view-line', { hasText: /^\s{12}self\.count\s-=/ }).waitFor();
});

test('a finding is confirmed by another run, which has a timeline of its own', async () => {
  await openFile(page, 'office.py');
  await runCommand(page, 'Interleave: Run concurrently');
  await page.locator('.tab', { hasText: /^Timeline: office\.py \(\d+ \w+\)/ }).waitFor();
  await runCommand(page, 'Problems: Focus on Problems View');
  await openProblem('What was checked can change', /^Ln 1\d\b/);
  await page.keyboard.press('Control+.');
  await page.locator('.action-widget .monaco-list-row', { hasText: 'Confirm this finding' }).click();
  const verdict = page.locator('.notification-toast', {
    hasText: 'office.py: confirm race.check-then-act. Confirmed:',
  });
  await verdict.waitFor();
  await verdict.getByRole('button', { name: 'Show on timeline' }).click();
  await page.locator('.tab', { hasText: 'Timeline: office.py: confirm race.check-then-act' }).waitFor();
});

test('a program in a deadlock can be stopped, and what was found stays', async () => {
  await openFile(page, 'transfers.py');
  await runCommand(page, 'Interleave: Run concurrently');
  const offer = page.locator('.notification-toast', { hasText: 'transfers.py is in a deadlock' });
  await offer.waitFor();
  await offer.getByRole('button', { name: 'Stop the program' }).click();
  await page.locator('.statusbar-item', { hasText: 'Recording' }).waitFor({ state: 'detached' });
  await page.locator('.tab', { hasText: 'Timeline: transfers.py (1 error, 1 warning)' }).waitFor();
  await runCommand(page, 'Problems: Focus on Problems View');
  await problems().filter({ hasText: 'Deadlock: each waits for the next' }).first().waitFor();
});
