import assert from 'node:assert/strict';
import { test } from 'node:test';
import { useWith, wrapInLock } from '../../../src/engine/fixes';

function applied(text: string, fix: ReturnType<typeof useWith>): string | undefined {
  if (!fix) return undefined;
  const lines = text.split('\n');
  lines.splice(fix.from - 1, fix.to - fix.from + 1, ...fix.lines);
  return lines.join('\n');
}

const wrapped = (text: string, guarded: number, unguarded: number, lock: string): string | undefined =>
  applied(text, wrapInLock(text.split('\n'), guarded, unguarded, lock));
const withed = (text: string, line: number): string | undefined => applied(text, useWith(text.split('\n'), line));

const COUNTER = `class Counter:
    def up(self):
        with self._lock:
            self.count += 1

    def down(self):
        self.count -= 1
`;

test('a statement goes under the lock of the same class that the other is under', () => {
  const expected = COUNTER.replace('        self.count -= 1', '        with self._lock:\n            self.count -= 1');
  assert.equal(wrapped(COUNTER, 4, 7, 'Counter._lock'), expected);
});

test('not under a lock of another name, another class or a function that is no method', () => {
  assert.equal(wrapped(COUNTER, 4, 7, 'Counter._other'), undefined);
  assert.equal(wrapped(COUNTER.replace('    def down', 'class Other:\n    def down'), 4, 8, '_lock'), undefined);
  assert.equal(wrapped(COUNTER.replace('down(self)', 'down(counter)'), 4, 7, '_lock'), undefined);
});

const TOTAL = `lock = threading.Lock()

def add(count):
\twith lock:
\t\tadd_to(total, count)

def take(count):
\ttotal[0] -= count
`;

test('a global lock is the same everywhere in the file, unless a function has its own', () => {
  assert.match(wrapped(TOTAL, 5, 8, 'lock') ?? '', /\twith lock:\n\t\ttotal\[0\] -= count\n/);
  assert.equal(wrapped(TOTAL.replace('take(count)', 'take(count, lock)'), 5, 8, 'lock'), undefined);
});

test('what is no statement of one line stays as it is', () => {
  for (const statement of ['if total[0]:', 'return total[0]', 'total[0] = add(', 'await later()']) {
    assert.equal(wrapped(TOTAL.replace('total[0] -= count', statement), 5, 8, 'lock'), undefined, statement);
  }
});

test('what is under the lock already is not put there again', () => {
  assert.equal(wrapped(COUNTER, 4, 4, '_lock'), undefined);
});

const PAIR = `def work():
    lock.acquire()
    first()

    if first():
        second()
    lock.release()
    third()
`;

test('acquire and release of one block become a with', () => {
  const expected =
    'def work():\n    with lock:\n        first()\n\n        if first():\n            second()\n    third()\n';
  assert.equal(withed(PAIR, 2), expected);
  assert.equal(withed('lock.acquire()\nlock.release()\n', 1), 'with lock:\n    pass\n');
});

test('a release elsewhere, a text over several lines or an acquire with arguments is left alone', () => {
  assert.equal(withed(PAIR.replace('        second()', '        lock.release()'), 2), undefined);
  assert.equal(withed(PAIR.replace('first()\n', 'first("""\n'), 2), undefined);
  assert.equal(withed(PAIR.replace('acquire()', 'acquire(timeout=1)'), 2), undefined);
  assert.equal(withed(PAIR.replace('    lock.release()\n', ''), 2), undefined);
});
