import assert from 'node:assert/strict';
import { appendFileSync, mkdirSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { appendNotes } from '../../../src/session/notes';
import { readSavedTrace, writeSavedTrace } from '../../../src/session/savedTraces';
import { Tail } from '../../../src/session/tail';
import { Failure } from '../../../src/support/failure';
import { RecordingSink, SegmentWriter, temporaryFolder } from './runFolderFixture';

const RECORDS = 30_000;

/** A saved trace of a run with a description and two segments, and the names of the segments. */
async function saved(t: TestContext) {
  const folder = temporaryFolder(t);
  const run = join(folder, 'run');
  mkdirSync(run);
  writeFileSync(join(run, 'run.json'), '{"file":"a.py"}');
  const large = new SegmentWriter(run, { stream: 0, records: RECORDS });
  for (let i = 0; i < RECORDS; i++) large.write(i, i);
  const small = new SegmentWriter(run, { stream: 1, records: 1000 });
  for (let i = 0; i < 10; i++) small.write(i, i);
  const tail = new Tail(run, new RecordingSink(), () => undefined);
  await tail.drain();
  const path = join(folder, 'a.interleave');
  await writeSavedTrace(
    path,
    tail.names().map((name) => ({ name, contents: tail.contents(name) })),
  );
  tail.dispose();
  return { folder, path, large: large.name, small: small.name };
}

async function read(path: string) {
  const sink = new RecordingSink();
  const problems = await readSavedTrace(path, sink);
  const values = (name: string) => sink.values.get(name) ?? [];
  return { sink, values, kinds: problems.map(({ kind }) => kind), texts: problems.map(({ text }) => text) };
}

const numbers = (length: number) => Array.from({ length }, (_, i) => i);

test('what was saved is read again, and nothing is wrong with it', async (t) => {
  const { path, large, small } = await saved(t);
  const { sink, values, kinds } = await read(path);
  assert.deepEqual(kinds, []);
  assert.equal(sink.texts.get('run.json'), '{"file":"a.py"}');
  assert.deepEqual(values(large), numbers(RECORDS));
  assert.deepEqual(values(small), numbers(10));
});

test('only what was written is saved, packed', async (t) => {
  const { path } = await saved(t);
  const size = readFileSync(path).length;
  assert.ok(size < RECORDS * 8, `${size} bytes for ${RECORDS} records of 32 bytes`);
});

test('saving over a file replaces it and leaves nothing else behind', async (t) => {
  const { folder, path } = await saved(t);
  await writeSavedTrace(path, []);
  assert.deepEqual(readdirSync(folder).sort(), ['a.interleave', 'run']);
  assert.deepEqual((await read(path)).kinds, []);
});

test('a trace that breaks off anywhere is read up to there, with a sentence', async (t) => {
  const { path, large } = await saved(t);
  const whole = readFileSync(path);
  for (const part of [0.2, 0.5, 0.9, 0.999]) {
    writeFileSync(path, whole.subarray(0, Math.floor(whole.length * part)));
    const { values, kinds, texts } = await read(path);
    assert.deepEqual(kinds, ['truncated'], `cut at ${part}`);
    assert.match(texts[0] ?? '', /a\.interleave breaks off/);
    assert.deepEqual(values(large), numbers(values(large).length));
  }
  truncateSync(path, 8);
  assert.deepEqual((await read(path)).kinds, ['truncated']);
});

test('a damaged place costs what lies in it, not what follows', async (t) => {
  const { path, large, small } = await saved(t);
  const bytes = readFileSync(path);
  bytes.fill(0xff, Math.floor(bytes.length * 0.4), Math.floor(bytes.length * 0.4) + 50);
  writeFileSync(path, bytes);
  const { values, kinds } = await read(path);
  assert.deepEqual(kinds, ['corrupt']);
  assert.deepEqual(values(small), numbers(10));
  assert.ok(values(large).length < RECORDS);
  assert.equal(values(large).at(-1), RECORDS - 1, 'what lies behind the damage is there');
});

test('a damaged length does not swallow the rest', async (t) => {
  const { path, small } = await saved(t);
  const bytes = readFileSync(path);
  const marker = Buffer.from([0xe5, 0xaf, 0x1e, 0x8c]);
  const second = bytes.indexOf(marker, bytes.indexOf(marker) + 1);
  bytes.writeUInt32LE(60_000_000, second + 14);
  writeFileSync(path, bytes);
  assert.deepEqual((await read(path)).values(small), numbers(10));
});

test('what follows the end, and a damaged start, do no harm', async (t) => {
  const { path, large } = await saved(t);
  appendFileSync(path, 'something else');
  assert.equal((await read(path)).values(large).length, RECORDS);
  const bytes = readFileSync(path);
  bytes.fill(0, 0, 8);
  writeFileSync(path, bytes);
  const { values, kinds } = await read(path);
  assert.deepEqual(kinds, ['corrupt']);
  assert.equal(values(large).length, RECORDS);
});

test('a newer trace is read as far as possible, with a sentence', async (t) => {
  const { path, large } = await saved(t);
  const bytes = readFileSync(path);
  bytes[7] = 9;
  writeFileSync(path, bytes);
  const { values, kinds, texts } = await read(path);
  assert.deepEqual(kinds, ['newer']);
  assert.match(texts[0] ?? '', /update Interleave/);
  assert.equal(values(large).length, RECORDS);
});

test('what is no trace is refused in one sentence', async (t) => {
  const folder = temporaryFolder(t);
  const picture = join(folder, 'picture.png');
  for (const bytes of [Buffer.alloc(0), Buffer.from('short'), Buffer.alloc(3_000_000, 7)]) {
    writeFileSync(picture, bytes);
    await assert.rejects(
      read(picture),
      (error) => error instanceof Failure && /picture\.png is not an/.test(error.message),
    );
  }
  await assert.rejects(
    read(join(folder, 'none')),
    (error) => error instanceof Failure && /no such file/.test(error.message),
  );
  await assert.rejects(read(folder), (error) => error instanceof Failure && /it is a folder/.test(error.message));
  await assert.rejects(writeSavedTrace(join(folder, 'none/a'), []), Failure);
});

test('files that belong to no recording are not taken from a trace', async (t) => {
  const folder = temporaryFolder(t);
  const path = join(folder, 'a.interleave');
  const contents = async function* () {
    yield Buffer.from('x');
  };
  await writeSavedTrace(path, [{ name: '../../evil', contents: contents() }]);
  assert.deepEqual((await read(path)).sink.files, []);
});

test('notes are kept behind the end of the file, the last ones count, and nothing else is touched', async (t) => {
  const { path, large } = await saved(t);
  const before = readFileSync(path);
  const note = { id: 1, time: 5, unit: -1, text: 'look here' };
  await appendNotes(path, [note]);
  await appendNotes(path, [{ ...note, text: 'and here' }]);
  assert.deepEqual(readFileSync(path).subarray(0, before.length), before);
  const { sink, values, kinds } = await read(path);
  assert.deepEqual(kinds, []);
  assert.deepEqual(values(large), numbers(RECORDS));
  assert.match(sink.texts.get('notes.json') ?? '', /look here.*and here/s);
});

test('notes in a file that breaks off are read, and that it breaks off is said all the same', async (t) => {
  const { path } = await saved(t);
  truncateSync(path, readFileSync(path).length - 200);
  await appendNotes(path, [{ id: 1, time: 5, unit: -1, text: 'kept' }]);
  const { sink, kinds } = await read(path);
  assert.match(sink.texts.get('notes.json') ?? '', /kept/);
  assert.ok(kinds.includes('truncated'));
});

test('where notes cannot be kept, one sentence says what to do', async (t) => {
  const path = join(temporaryFolder(t), 'gone.interleave');
  await assert.rejects(appendNotes(path, []), (error: unknown) => {
    return (
      error instanceof Failure &&
      /could not be kept in .*gone\.interleave \(ENOENT\); save the trace/.test(error.message)
    );
  });
});
