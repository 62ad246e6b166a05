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
