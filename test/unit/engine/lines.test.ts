import assert from 'node:assert/strict';
import { test } from 'node:test';
import { drawTrace } from '../../support/drawTrace';
import { lineLines, readWhole } from '../../support/readTrace';

const START = `
   0 100.0 process_begin P how=program parent=1
   0 100.0 thread_begin Main tid=100 flags=1
`;

function linesOf(drawing: string): string[] {
  return lineLines(readWhole(drawTrace(START + drawing)));
}

/** A record of a line, of a function `f` at line 10, `g` at 20, or of the module. */
function at(time: number, line: number, more = ''): string {
  const code = line < 10 ? 'p.py:1@<module>' : line < 20 ? 'p.py:10@f' : 'p.py:20@g';
  return `${time} 100.0 line in=${code} site=p.py:${line}@${code.split('@')[1]} ${more}\n`;
}

function enter(time: number, name: 'f' | 'g', more = ''): string {
  return `${time} 100.0 enter 0 site=p.py:${name === 'f' ? 10 : 20}@${name} ${more}\n`;
}

function leave(time: number, name: 'f' | 'g', more = ''): string {
  return `${time} 100.0 leave 0 site=p.py:${name === 'f' ? 10 : 20}@${name} ${more}\n`;
}

test('a line lasts until the next one of the same call, what it calls counted in', () => {
  const drawing = at(1, 1) + at(2, 2) + enter(3, 'f') + at(4, 11) + at(5, 12) + leave(7, 'f') + at(8, 3);
  assert.deepEqual(linesOf(`${drawing}20 100.0 process_end P`), [
    'MainThread 1 1..2 x1',
    'MainThread 11 4..5 x1',
    'MainThread 12 5..7 x1',
    'MainThread 2 2..8 x1',
    'MainThread 3 8..20 x1',
  ]);
});

test('calls of a recursion have lines of their own', () => {
  const drawing = enter(1, 'f') + at(2, 11) + enter(3, 'f') + at(4, 11) + at(5, 12) + leave(6, 'f') + at(7, 12);
  assert.deepEqual(linesOf(drawing + leave(8, 'f', 'outcome=failed')), [
    'MainThread 11 4..5 x1',
    'MainThread 12 5..6 x1',
    'MainThread 11 2..7 x1',
    'MainThread 12 7..8 x1',
  ]);
});

test('the line of a yield ends there, and the next one begins when the generator goes on', () => {
  const drawing = enter(1, 'f') + at(2, 11) + leave(4, 'f', 'flags=1') + enter(8, 'f', 'flags=1') + at(9, 12);
  assert.deepEqual(linesOf(drawing + leave(10, 'f')), ['MainThread 11 2..4 x1', 'MainThread 12 9..10 x1']);
});

test('the line of an await lasts while its task is suspended, whatever other tasks do meanwhile', () => {
  const step = (time: number, kind: string, task: string, more = '') => `${time} 100.0 step_${kind} ${task} ${more}\n`;
  const drawing =
    `1 100.0 task_create A name="a"\n1 100.0 name A name="A"\n1 100.0 task_create B\n1 100.0 name B name="B"\n` +
    `${step(2, 'begin', 'A') + enter(3, 'f') + at(4, 11) + step(5, 'end', 'A') + step(6, 'begin', 'B')}` +
    `${enter(6, 'f') + at(7, 11) + step(8, 'end', 'B') + step(20, 'begin', 'A') + at(21, 12) + leave(22, 'f')}` +
    step(23, 'end', 'A', 'flags=1');
  assert.deepEqual(linesOf(`${drawing}30 100.0 process_end P`), ['A 11 4..21 x1', 'A 12 21..22 x1', 'B 11 7..30 x1 …']);
});

test('what a thread was at when it ended is cut off', () => {
  const drawing = `2 100.1 thread_begin W tid=101\n3 100.1 enter 0 site=p.py:10@f\n4 100.1 line in=p.py:10@f site=p.py:11@f\n`;
  assert.deepEqual(linesOf(`${drawing}9 100.0 process_end P`), ['thread 101 11 4..9 x1 …']);
});

test('the same run goes on at the end of a with, and is counted once', () => {
  const drawing = enter(1, 'f') + at(2, 11) + at(3, 12) + at(5, 11, 'flags=2') + at(9, 13) + leave(10, 'f');
  assert.deepEqual(linesOf(drawing), [
    'MainThread 11 2..3 x1',
    'MainThread 12 3..5 x1',
    'MainThread 11 5..9 x0',
    'MainThread 13 9..10 x1',
  ]);
});

test('a function without spans ends with the next line of the one around it, at the latest', () => {
  const drawing = enter(1, 'f') + at(2, 11) + at(3, 21) + at(4, 22) + at(6, 12) + leave(8, 'f');
  assert.deepEqual(linesOf(drawing), [
    'MainThread 21 3..4 x1 ~',
    'MainThread 22 4..6 x1 ~',
    'MainThread 11 2..6 x1',
    'MainThread 12 6..8 x1',
  ]);
});

test('rows of lines that are sampled become one while they come within two ticks', () => {
  let drawing = enter(1, 'f');
  for (const time of [100, 1100, 2100, 3100]) drawing += at(time, 11) + at(time + 10, 11, 'flags=1');
  drawing += at(9000, 11) + at(9010, 12) + leave(9020, 'f');
  assert.deepEqual(linesOf(drawing), [
    'MainThread 11 100..110 x1',
    'MainThread 11 110..9010 x8 ~',
    'MainThread 12 9010..9020 x1',
  ]);
});
