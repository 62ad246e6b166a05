import assert from 'node:assert/strict';
import { appendFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { Tail } from '../../../src/session/tail';
import { RecordingSink, SegmentWriter, temporaryFolder } from './runFolderFixture';

/** A tail of a new folder. `until` waits for ticks of it until something holds. */
function follow(t: TestContext) {
  const folder = temporaryFolder(t);
  const sink = new RecordingSink();
  const tail = new Tail(folder, sink, () => undefined);
  t.after(() => tail.dispose());
  const until = async (what: string, holds: () => boolean): Promise<void> => {
    const end = Date.now() + 5000;
    while (!holds()) {
      assert.ok(Date.now() < end, `timed out: ${what}`);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  };
  const passes = (count: number) => {
    const from = sink.passes;
    return until(`${count} passes`, () => sink.passes >= from + count);
  };
  return { folder, sink, tail, until, passes };
}

const valuesOf = (sink: RecordingSink, writer: SegmentWriter) => sink.values.get(writer.name) ?? [];

test('records are handed over while they are written, in order and once each', async (t) => {
  const { folder, sink, until } = follow(t);
  const writer = new SegmentWriter(folder);
  for (let i = 0; i < 40; i++) {
    writer.write(i, i + 1);
    if (i % 10 === 0) await until(`record ${i}`, () => valuesOf(sink, writer).length === i + 1);
  }
  await until('all records', () => valuesOf(sink, writer).length === 40);
  assert.deepEqual(
    valuesOf(sink, writer),
    Array.from({ length: 40 }, (_, i) => i + 1),
  );
});

test('a record whose commit word is missing is not handed over', async (t) => {
  const { folder, sink, until, passes } = follow(t);
  const writer = new SegmentWriter(folder);
  writer.write(0, 1);
  writer.writePayload(1, 2);
  await until('the first record', () => valuesOf(sink, writer).length === 1);
  await passes(3);
  assert.deepEqual(valuesOf(sink, writer), [1]);
  writer.writeCommit(1);
  await until('the second record', () => valuesOf(sink, writer).length === 2);
  assert.deepEqual(valuesOf(sink, writer), [1, 2]);
});

test('a segment is not begun before its first record is there, since its header may be torn', async (t) => {
  const { folder, sink, passes } = follow(t);
  new SegmentWriter(folder);
  await passes(3);
  assert.deepEqual(sink.files, []);
});

test('a slot that is filled late keeps its place; one that is never filled is stepped over', async (t) => {
  const { folder, sink, until } = follow(t);
  const writer = new SegmentWriter(folder);
  writer.write(0, 1);
  writer.write(2, 3);
  await until('what is before the gap', () => valuesOf(sink, writer).length === 1);
  writer.write(1, 2);
  await until('what is behind the gap', () => valuesOf(sink, writer).length === 3);
  writer.write(4, 5);
  await until('what is behind the hole', () => valuesOf(sink, writer).length === 4);
  writer.write(5, 6);
  await until('what follows it', () => valuesOf(sink, writer).length === 5);
  assert.deepEqual(valuesOf(sink, writer), [1, 2, 3, 5, 6]);
});

test('segments of a stream are read in sequence, whichever is found first', async (t) => {
  const { folder, sink, tail } = follow(t);
  const later = new SegmentWriter(folder, { sequence: 1 });
  later.write(0, 100);
  const earlier = new SegmentWriter(folder, { sequence: 0, records: 3 });
  for (let i = 0; i < 3; i++) earlier.write(i, i);
  await tail.drain();
  assert.deepEqual(
    sink.files.filter((file, i, all) => all.indexOf(file) === i),
    [earlier.name, later.name],
  );
  assert.deepEqual(valuesOf(sink, later), [100]);
});

test('drain reads all that there is, in files of any size', async (t) => {
  const { folder, sink, tail } = follow(t);
  const writers = Array.from({ length: 300 }, (_, stream) => new SegmentWriter(folder, { stream, records: 8 }));
  for (const writer of writers) for (let i = 0; i < 5; i++) writer.write(i, i);
  const large = new SegmentWriter(folder, { stream: 1000, records: 30_000 });
  for (let i = 0; i < 30_000; i++) large.write(i, i);
  await tail.drain();
  for (const writer of writers) assert.equal(valuesOf(sink, writer).length, 5);
  assert.deepEqual(
    valuesOf(sink, large),
    Array.from({ length: 30_000 }, (_, i) => i),
  );
});

test('files that grow are read to their end', async (t) => {
  const { folder, sink, tail, until } = follow(t);
  const path = join(folder, 'cores-0.perf');
  writeFileSync(path, 'a');
  await until('the first byte', () => sink.texts.get('cores-0.perf') === 'a');
  appendFileSync(path, 'bc');
  await until('the rest', () => sink.texts.get('cores-0.perf') === 'abc');
  appendFileSync(path, 'd');
  await tail.drain();
  assert.equal(sink.texts.get('cores-0.perf'), 'abcd');
});

test('a folder that the program deletes is read on, and its files can still be saved', async (t) => {
  const { folder, sink, tail, until } = follow(t);
  const writer = new SegmentWriter(folder);
  writer.write(0, 1);
  await until('the first record', () => valuesOf(sink, writer).length === 1);
  rmSync(folder, { recursive: true });
  writer.write(1, 2);
  await until('a record after the deletion', () => valuesOf(sink, writer).length === 2);
  await tail.drain();
  assert.ok((await tail.bytes(writer.name)).length > 128);
});

test('files that are none of a recording are left alone', async (t) => {
  const { folder, sink, tail } = follow(t);
  writeFileSync(join(folder, 'main.pyc'), 'x');
  writeFileSync(join(folder, 'quota'), 'x');
  await tail.drain();
  assert.deepEqual(sink.files, []);
});

test('the host can go on while much is read', async (t) => {
  const { folder, tail } = follow(t);
  const writer = new SegmentWriter(folder, { records: 200_000 });
  for (let i = 0; i < 200_000; i += 1) if (i % 100 === 0) writer.write(i, i);
  let longest = 0;
  let last = performance.now();
  const timer = setInterval(() => {
    longest = Math.max(longest, performance.now() - last);
    last = performance.now();
  }, 1);
  await tail.drain();
  clearInterval(timer);
  // Slices last 8 ms; the rest is for a machine that does other things as well.
  assert.ok(longest < 100, `the event loop stood still for ${longest.toFixed(0)} ms`);
});
