import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Table } from '../../../common/table';
import { wideRows } from '../../../webview/functionSegments';
import { piecesOf } from '../../../webview/pieces';
import { Track } from '../../../webview/track';

/** Numbers that look random and are the same each time. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return state / 2147483648;
  };
}

/** Rows that follow each other, with gaps between some. */
function rows(count: number, next: () => number): { start: Float64Array; end: Float64Array } {
  const start = new Float64Array(count);
  const end = new Float64Array(count);
  let at = 0;
  for (let i = 0; i < count; i++) {
    at += next() < 0.3 ? 0 : Math.floor(next() * 50);
    start[i] = at;
    at += 1 + Math.floor(next() * 100);
    end[i] = at;
  }
  return { start, end };
}

test('rows that come late are put in their place', () => {
  const next = numbers(7);
  const columns = rows(300, next);
  const track = new Track({ columns });
  const order = Array.from({ length: 300 }, (_, i) => i).sort((a, b) => a + ((a * 37) % 11) - (b + ((b * 37) % 11)));
  for (const row of order) track.add(row);
  assert.deepEqual(
    [...track.rows.slice(0, track.length)],
    Array.from({ length: 300 }, (_, i) => i),
  );
  assert.equal(track.overlapping, undefined);
});

test('what a track covers is what its rows cover', () => {
  const next = numbers(3);
  const columns = rows(200, next);
  const track = new Track({ columns });
  for (let row = 0; row < 200; row++) track.add(row);
  const last = columns.end[199];
  for (let i = 0; i < 300; i++) {
    const from = next() * last * 1.1 - last * 0.05;
    const to = from + next() * last * 0.5;
    let naive = 0;
    for (let row = 0; row < 200; row++)
      naive += Math.max(0, Math.min(to, columns.end[row]) - Math.max(from, columns.start[row]));
    assert.ok(Math.abs(track.covered(from, to) - naive) < 1e-6, `${from} to ${to}`);
    const at = columns.start.findIndex((start, row) => start <= from && from < columns.end[row]);
    assert.equal(track.at(from), at);
  }
});

test('a row inside of another goes to the track below, and both are found', () => {
  const columns = { start: Float64Array.of(10, 5, 40), end: Float64Array.of(20, 30, 50) };
  const track = new Track({ columns });
  for (const row of [0, 1, 2]) track.add(row);
  assert.deepEqual([...track.rows.slice(0, track.length)], [0, 2]);
  assert.deepEqual([...(track.overlapping as Track).rows.slice(0, 1)], [1]);
});

test('pieces hold each row of the window once, wide ones alone', () => {
  const next = numbers(11);
  const columns = rows(2000, next);
  const track = new Track({ columns });
  for (let row = 0; row < 2000; row++) track.add(row);
  const last = columns.end[1999];
  for (const nanosPerPixel of [1, 10, 25, 60, 400, 1e5]) {
    const pieces = piecesOf(track, 0, last, nanosPerPixel);
    let expected = 0;
    for (const [i, piece] of pieces.entries()) {
      assert.equal(piece.first, expected);
      assert.ok(piece.last > piece.first);
      expected = piece.last;
      for (let row = piece.first; row < piece.last; row++) {
        const isWide = columns.end[row] - columns.start[row] >= 2 * nanosPerPixel;
        assert.ok(!isWide || piece.last === piece.first + 1, 'a wide row is alone');
      }
      const before = pieces[i - 1];
      const areNarrow =
        before && before.to - before.from < 2 * nanosPerPixel && piece.to - piece.from < 2 * nanosPerPixel;
      if (areNarrow) assert.ok(piece.from - before.to >= nanosPerPixel, 'narrow neighbours without a gap are one');
    }
    assert.equal(expected, 2000);
    assert.ok(pieces.length <= (last / nanosPerPixel) * 1.5 + 2, `${pieces.length} pieces at ${nanosPerPixel}`);
  }
});

test('the rows of some width are found without looking at the others', () => {
  const next = numbers(17);
  const columns = rows(2000, next);
  const track = new Track({ columns });
  for (let row = 0; row < 2000; row++) track.add(row);
  const last = columns.end[1999];
  for (let i = 0; i < 200; i++) {
    const from = next() * last;
    const to = from + next() * last * 0.1;
    const wide = 1 + next() * 90;
    const cut = (row: number): number => Math.min(to, columns.end[row]) - Math.max(from, columns.start[row]);
    const expected = [...columns.start.keys()].filter((row) => cut(row) >= wide);
    assert.deepEqual(wideRows(track, from, to, wide), expected, `${from} to ${to}, ${wide} wide`);
  }
});

test('what is looked for from a known place on is found as from the start', () => {
  const next = numbers(19);
  const columns = rows(500, next);
  const track = new Track({ columns });
  for (let row = 0; row < 500; row++) track.add(row);
  const last = columns.end[499];
  for (let i = 0; i < 500; i++) {
    const time = (next() * 1.1 - 0.05) * last;
    for (const low of [0, 1, 7, 250, 499, 500]) {
      assert.equal(track.firstFrom(time, low), Math.max(low, track.firstFrom(time)));
      assert.equal(track.firstEndingAfter(time, low), Math.max(low, track.firstEndingAfter(time)));
    }
  }
  const [from, length, until] = [last * 0.1, last * 0.013, last * 0.6];
  const parts = track.coveredParts(from, length, 60, until);
  for (const [i, part] of parts.entries()) {
    const start = from + i * length;
    const covered = start < until ? track.covered(start, Math.min(until, start + length)) : 0;
    assert.ok(Math.abs(part - covered) < 1e-6, `part ${i}`);
  }
});

test('a table announced with its length takes no more room than that', () => {
  const source = new Table({ value: 'u32' });
  for (let row = 0; row < 300_000; row++) source.columns.value[source.add()] = row;
  const target = new Table({ value: 'u32' });
  for (let from = 0; from < source.length; from += 100_000) target.append(source.slice(from, 100_000));
  assert.equal(target.length, 300_000);
  assert.equal(target.columns.value.length, 300_000);
  assert.equal(target.columns.value[299_999], 299_999);
});
