import assert from 'node:assert/strict';
import { test } from 'node:test';
import { functionSummary, summaryWords } from '../../../src/engine/functionSummary';
import { drawTrace } from '../../support/drawTrace';
import { readWhole } from '../../support/readTrace';

const BEGIN = `
       0 100.0 process_begin P how=program parent=1
       0 100.0 thread_begin Main tid=100 flags=1
       1 100.0 object L op=threading.Lock name="lock" site=/a/prog.py:1@<module>
       5 100.0 thread_create W name="worker" site=/a/prog.py:3@main
      10 100.1 thread_begin W tid=101
`;
const wordsOf = (drawing: string, name = 'work') => {
  const found = functionSummary(readWhole(drawTrace(BEGIN + drawing)), '/a/prog.py', name);
  return found && summaryWords(found);
};

test('calls, their threads, and what they waited for most', () => {
  const words = wordsOf(`
      10 100.0 enter 0 site=/a/prog.py:20@work
      20 100.1 enter 0 site=/a/prog.py:20@work
      30 100.1 acquire L op=threading.Lock
      40 100.0 wait L op=threading.Lock holder=W site=/a/prog.py:21@work
     100 100.1 release L op=threading.Lock
     110 100.0 got L op=threading.Lock by=W
     110 100.0 leave 0 site=/a/prog.py:20@work
     120 100.1 leave 0 site=/a/prog.py:20@work
     130 100.1 enter 0 site=/a/prog.py:20@work
     140 100.1 leave 0 site=/a/prog.py:20@work
     150 100.1 thread_end W
     160 100.0 process_end P
  `);
  // 70 of 100 + 100 + 10 microseconds.
  assert.equal(words, '3 calls in 2 threads, 33 % waiting for lock');
});

test('a function that was not called, or is not in the file, has none', () => {
  assert.equal(wordsOf('100 100.0 process_end P', 'other'), undefined);
});

test('recursion counts its time once, and what was not waited for is not said', () => {
  const words = wordsOf(`
      10 100.0 enter 0 site=/a/prog.py:20@work
      20 100.0 enter 0 site=/a/prog.py:20@work
      30 100.0 leave 0 site=/a/prog.py:20@work
      40 100.0 leave 0 site=/a/prog.py:20@work
      50 100.0 wait L op=threading.Lock holder=W site=/a/prog.py:30@other
      60 100.0 got L op=threading.Lock by=W
     100 100.0 process_end P
  `);
  assert.equal(words, '2 calls in 1 thread, no waits');
});

test('when calls were no longer recorded, it says at least', () => {
  const words = wordsOf(`
      10 100.0 enter 0 site=/a/prog.py:20@work
      30 100.0 leave 0 site=/a/prog.py:20@work
      40 100.0 muted 0 site=/a/prog.py:20@work
     100 100.0 process_end P
  `);
  assert.equal(words, 'at least 1 call in 1 thread, no waits recorded');
});
