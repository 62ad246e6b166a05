/** What is told of a lock, in texts in which `|` marks the place that is asked about. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { LintDocument } from '../../../../src/engine/lint/linter';
import { lockUseAt } from '../../../../src/engine/lint/lockUse';
import { testGrammar } from '../../../support/lint';

const ready = testGrammar();

/** `NAME KIND guards NAMES; taken LINES; not LINE NAME HOW, …`; '' where no lock is. */
async function told(marked: string): Promise<string> {
  const document = new LintDocument(await ready, marked.replace('|', ''));
  const use = lockUseAt(document.module, marked.indexOf('|'));
  document.dispose();
  if (!use) return '';
  const not = use.notTaken.map(({ line, name, how }) => `${line} ${name} ${how}`).join(', ');
  return `${use.name} ${use.kind} guards ${use.guards.join(' ')}; taken ${use.taken.map(({ line }) => line).join(' ')}; not ${not}`;
}

const CACHE = `import threading
class Cache:
    def __init__(self):
        self._lock = threading.Lock()
        self.count = 0
        self.items = {}
        self.name = 'cache'
    def put(self, key, value):
        with self._lock:
            self.items[key] = (self.name, value)
            self.count += 1
    def clear(self):
        self._lock.acquire()
        try:
            self.items.clear()
        finally:
            self._lock.release()
    def size(self):
        return self.count
    def _drop_locked(self):
        self.count -= 1
`;

describe('what a lock guards', () => {
  test('attributes that change under it; one that is read without it', async () => {
    const expected = 'Cache._lock threading.Lock guards count items; taken 9 13; not 19 count read';
    assert.equal(await told(CACHE.replace('with self._lock', 'with self._|lock')), expected);
    assert.equal(await told(CACHE.replace('self._lock = ', 'self.|_lock = ')), expected);
    assert.equal(await told(CACHE.replace('self._lock.acquire', 'self._lock|.acquire')), expected);
  });

  test('nothing is told of what is no lock', async () => {
    assert.equal(await told(CACHE.replace('return self.count', 'return self.co|unt')), '');
    assert.equal(await told(CACHE.replace('.acquire', '.acq|uire')), '');
    assert.equal(await told('|'), '');
  });

  test('a lock in the body of a class', async () => {
    const text = `import threading
class Ids:
    lo|ck = threading.Lock()
    last = 0
    def next(self):
        with self.lock:
            self.last += 1
`;
    assert.equal(await told(text), 'Ids.lock threading.Lock guards last; taken 6; not ');
  });

  test('a global lock', async () => {
    const text = `import threading
LO|CK = threading.RLock()
jobs = []
limit = 3
def add(job):
    with LOCK:
        if len(jobs) < limit:
            jobs.append(job)
def last():
    return jobs[-1]
`;
    assert.equal(await told(text), 'LOCK threading.RLock guards jobs; taken 6; not 10 jobs read');
  });

  test('what a comment says', async () => {
    const text = `import threading
class Jobs:
    def __init__(self):
        self.lo|ck = threading.Lock()
        self.jobs = {}  # guarded by: self.lock
    def get(self, key):
        return self.jobs.get(key)
`;
    assert.equal(await told(text), 'Jobs.lock threading.Lock guards jobs; taken ; not 7 jobs read');
  });

  test('that of another object, a semaphore, and a file with a mistake', async () => {
    const other = CACHE.concat('def reset(cache: Cache):\n    with cache._lo|ck:\n        pass\n');
    assert.match(await told(other), /^Cache\._lock threading\.Lock guards count items; taken 9 13 23;/);
    const semaphore =
      'import threading\ns = threading.Semaphore(2)\ndef f():\n    global n\n    with |s:\n        n += 1\n';
    assert.equal(await told(semaphore), 's threading.Semaphore guards ; taken 5; not ');
    assert.match(await told(CACHE.replace('with self._lock', 'with self.|_lock').concat('def (:\n')), /guards count/);
  });
});
