import assert from 'node:assert/strict';
import { test } from 'node:test';
import { touched } from '../../../webview/touched';
import { Track } from '../../../webview/track';

/** Numbers that look random and are the same each time. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return state / 2147483648;
  };
}

test('rows less than a gap apart are one stretch, as when each is looked at', () => {
  const next = numbers(7);
  for (let round = 0; round < 200; round++) {
    const count = Math.floor(next() * 60);
    const start = new Float64Array(count);
    const end = new Float64Array(count);
    let at = 0;
    for (let i = 0; i < count; i++) {
      at += next() < 0.5 ? 0 : next() * 20;
      start[i] = at;
      at += next() * (next() < 0.1 ? 50 : 3);
      end[i] = at;
    }
    const track = new Track({ columns: { start, end } });
    for (let i = 0; i < count; i++) track.add(i);
    const [from, gap] = [next() * at, next() * 8];
    const to = from + next() * at;
    const expected: { from: number; to: number }[] = [];
    for (let i = 0; i < track.length; i++) {
      if (track.end(i) <= from) continue;
      const last = expected.at(-1);
      if (last && (track.start(i) <= last.to + gap || track.end(i) <= last.to + gap)) last.to = track.end(i);
      else if (track.start(i) < to) expected.push({ from: track.start(i), to: track.end(i) });
    }
    const seen = touched(track, from, to, gap);
    const cut = (strips: readonly { from: number; to: number }[]) =>
      strips.filter((strip) => strip.from < to).map((strip) => [strip.from, Math.min(strip.to, to)]);
    assert.deepEqual(cut(seen), cut(expected));
  }
});
