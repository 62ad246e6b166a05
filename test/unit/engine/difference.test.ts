import assert from 'node:assert/strict';
import { test } from 'node:test';
import { unitPaths } from '../../../common/analysis/unitPaths';
import type { FigureTable } from '../../../common/comparison';
import { differenceSentences, differenceTables } from '../../../src/engine/difference';
import type { Trace } from '../../../src/engine/trace';
import { drawTrace } from '../../support/drawTrace';
import { readWhole } from '../../support/readTrace';

const MS = 1000;

/** A worker that holds a lock, and the main thread that waits so many milliseconds for it. */
function run(waited: number): Trace {
  const end = (waited + 20) * MS;
  const files = drawTrace(`
       0 100.0 process_begin P how=program parent=1
       0 100.0 thread_begin Main tid=100 flags=1
       1 100.0 object L op=threading.Lock name="Cache._lock" site=/home/me/prog.py:1@Cache.__init__
       5 100.0 thread_create W name="worker" site=/home/me/prog.py:3@main
      10 100.1 thread_begin W tid=101 site=/home/me/prog.py:20@work
      12 100.1 acquire L op=threading.Lock
     100 100.0 wait L op=threading.Lock holder=W site=/home/me/prog.py:5@main
     ${100 + waited * MS} 100.1 release L op=threading.Lock
     ${101 + waited * MS} 100.0 got L op=threading.Lock by=W
     ${102 + waited * MS} 100.0 release L op=threading.Lock
     ${103 + waited * MS} 100.1 thread_end W
     ${end} 100.0 process_end P
  `);
  const json = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));
  files.set('run.json', json({ version: 1, file: '/home/me/prog.py', mode: 'as-written' }));
  files.set(
    'end.json',
    json({ exitCode: 0, startNs: 0, endNs: end * 1000, python: '3.13.0', gil: true, how: 'exited' }),
  );
  return readWhole(files);
}

const rowOf = (tables: readonly FigureTable[], name: string) =>
  tables.flatMap(({ rows }) => rows).find((row) => row.name === name);

test('figures, lanes and objects of two runs stand beside each other', () => {
  const tables = differenceTables([run(80), run(30)]);
  assert.deepEqual(rowOf(tables, 'wall')?.values, [100e6, 50e6]);
  assert.deepEqual(
    rowOf(tables, 'Cache._lock')?.values.map((value) => Math.round((value ?? 0) / 1e6)),
    [80, 30],
  );
  const worker = rowOf(tables, 'prog.py › worker');
  assert.deepEqual(
    worker?.values.map((value) => Math.round((value ?? 0) / 1e6)),
    [80, 30],
  );
  assert.equal(rowOf(tables, 'CPU'), undefined, 'cores are not known here');
});

test('the sentences name what changed most, and that one run of each is little', () => {
  const sentences = differenceSentences(run(80), run(30));
  assert.equal(sentences[0], 'The second run took 50.0 ms in place of 100.0 ms, 50 % less.');
  assert.equal(sentences[1], 'Waiting for Cache._lock fell from 80.0 ms to 30.0 ms, all units together.');
  assert.match(sentences.at(-1) ?? '', /One run of each says little/);
});

test('equal runs are said to be equal', () => {
  const [first] = differenceSentences(run(80), run(80));
  assert.equal(first, 'Both took about as long: 100.0 ms and 100.0 ms.');
});

test('units are the same by their names from the process down', () => {
  const { units } = run(10);
  assert.deepEqual(unitPaths(units), ['prog.py', 'prog.py › MainThread', 'prog.py › worker']);
  const twice = [...units, { ...units[2]!, id: 3 }];
  assert.equal(unitPaths(twice)[3], 'prog.py › worker (2)');
});
