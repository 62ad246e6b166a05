import assert from 'node:assert/strict';
import { test } from 'node:test';
import { drawTrace } from '../../../support/drawTrace';
import { findingLines } from '../../../support/findings';
import { readWhole } from '../../../support/readTrace';

function found(drawing: string): readonly string[] {
  const begin = `
     0 100.0 process_begin P how=program parent=1
     0 100.0 thread_begin Main tid=100 flags=1
  `;
  return findingLines(readWhole(drawTrace(begin + drawing)));
}

const NESTED = `
  10 100.0 acquire S op=threading.Semaphore site=prog.py:1@outer
  11 100.0 acquire S op=threading.Semaphore site=prog.py:2@inner
  12 100.0 release S op=threading.Semaphore
  13 100.0 release S op=threading.Semaphore
`;

test('a second permit of a semaphore that is held is told, once it was given back by who took it', () => {
  assert.match(found(NESTED).join(), /hazard\.nested-permit/);
  assert.deepEqual(found(NESTED.replace(/.*release.*/g, '')), []);
});

test('permits one after the other, and of a semaphore that counts what others put there, are none', () => {
  assert.deepEqual(found(NESTED.replace('  11 100.0 acquire S op=threading.Semaphore site=prog.py:2@inner', '')), []);
  const counted = `   5 100.0 release S op=threading.Semaphore\n${NESTED}`;
  assert.deepEqual(found(counted), []);
});

test('a permit that a task never gives back is told, where others give theirs back', () => {
  const drawing = `
     5 100.0 task_create T name="one" site=prog.py:40@main
     6 100.0 task_create U name="two" site=prog.py:41@main
    10 100.0 step_begin T
    11 100.0 acquire S op=asyncio.Semaphore site=prog.py:2@work
    12 100.0 release S op=asyncio.Semaphore
    13 100.0 step_end T flags=1
    14 100.0 step_begin U
    15 100.0 acquire S op=asyncio.Semaphore site=prog.py:2@work
    16 100.0 step_end U flags=1
    20 100.0 process_end P status=0
  `;
  assert.deepEqual(found(drawing), ['hazard.lock-left-held warning observed 2']);
  assert.deepEqual(found(drawing.replace('    12 100.0 release S op=asyncio.Semaphore\n', '')), []);
});
