import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LineOrigins } from '../../../../src/views/gutter/lineOrigins';

/** Replaces lines of a text, one edit after the other, and tells for each line which one it was. */
function edited(text: string, ...edits: readonly (readonly [first: number, last: number, lines: string])[]): string {
  const before = text.split(' ');
  const changes = edits.map(([first, last, lines]) => ({ first, last, breaks: lines.split(' ').length - 1 }));
  const now = [...before];
  for (const [first, last, lines] of [...edits].sort((a, b) => b[0] - a[0]))
    now.splice(first, last - first + 1, ...lines.split(' '));
  const origins = new LineOrigins();
  origins.apply(
    changes,
    before.length,
    (line) => now[line] as string,
    (line) => before[line - 1],
  );
  return now.map((_, line) => origins.lineAsRun(line)).join(' ');
}

test('without edits each line is itself', () => {
  const origins = new LineOrigins();
  assert.equal(origins.lineAsRun(4), 5);
  assert.equal(origins.lineNow(5), 4);
});

test('a line that is typed after, before and in between', () => {
  assert.equal(edited('a b c', [1, 1, 'b new']), '1 2 0 3');
  assert.equal(edited('a b c', [1, 1, 'new b']), '1 0 2 3');
  assert.equal(edited('a b c', [0, 0, 'x y a']), '0 0 1 2 3');
});

test('a line that is changed stays the same line', () => {
  assert.equal(edited('a b c', [1, 1, 'changed']), '1 2 3');
});

test('lines that are deleted are gone', () => {
  assert.equal(edited('a b c d', [1, 2, 'c']), '1 3 4');
  assert.equal(edited('a b c d', [1, 3, 'd']), '1 4');
});

test('several edits at once, such as with several cursors', () => {
  assert.equal(edited('a b c d e', [3, 3, 'd new'], [1, 1, 'b new']), '1 2 0 3 4 0 5');
  assert.equal(edited('a b c d e', [0, 0, 'new a'], [2, 3, 'd']), '0 1 2 4 5');
});

test('a whole text that is put in anew keeps what reads the same at both ends', () => {
  assert.equal(edited('a b c d e', [0, 4, 'a b new d e']), '1 2 3 4 5');
  assert.equal(edited('a b c d e', [0, 4, 'a b c one two d e']), '1 2 3 0 0 4 5');
});

test('where a line went, and that it is gone', () => {
  const origins = new LineOrigins();
  const then = ['a', 'b', 'c'];
  const now = ['a', 'new', 'c'];
  origins.apply(
    [{ first: 1, last: 1, breaks: 1 }],
    3,
    (line) => ['a', 'new', 'b', 'c'][line] as string,
    (line) => then[line - 1],
  );
  assert.equal(origins.lineNow(2), 2);
  origins.apply(
    [{ first: 1, last: 2, breaks: 0 }],
    4,
    (line) => now[line] as string,
    (line) => then[line - 1],
  );
  assert.equal(origins.lineNow(3), 2);
});
