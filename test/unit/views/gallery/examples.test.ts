import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, test } from 'node:test';
import { exampleOf, GALLERY, nextExample } from '../../../../src/views/gallery/examples';

const folder = join(process.cwd(), 'examples/gallery');
const files = readdirSync(folder).filter((file) => file.endsWith('.py'));
const ordered = GALLERY.flatMap(({ names }) => names);

describe('the gallery', () => {
  test('has each of its files once', () => {
    assert.deepEqual([...ordered].sort(), files.map((file) => basename(file, '.py')).sort());
  });

  test('goes from each example to the next', () => {
    assert.deepEqual(ordered.map(nextExample), [...ordered.slice(1), undefined]);
    assert.equal(nextExample('mine'), undefined);
  });

  for (const name of ordered) {
    test(`${name} says what it is, what to look at, what is found and what to try`, () => {
      const text = readFileSync(join(folder, `${name}.py`), 'utf8');
      const { title, summary, minutes } = exampleOf(name, text);
      assert.ok(title !== name && summary.endsWith('.'), `${title}: ${summary}`);
      assert.ok(minutes >= 1 && minutes <= 3);
      const docstring = text.split('"""')[1] ?? '';
      for (const part of ['\n\nLook at: ', '\n\nFound: ', '\n\nTry next: ']) assert.ok(docstring.includes(part), part);
    });
  }

  test('a file without such words has its name', () => {
    assert.deepEqual(exampleOf('mine', 'print(1)\n'), { name: 'mine', title: 'mine', summary: '', minutes: 2 });
  });
});
