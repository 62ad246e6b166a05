import assert from 'node:assert/strict';
import { test } from 'node:test';
import { IconTypes, MOST_TYPES } from '../../../../src/views/gutter/iconTypes';

function icons() {
  const disposed: string[] = [];
  const types = new IconTypes((svg: string) => ({ svg, dispose: () => void disposed.push(svg) }));
  return { types, disposed };
}

test('what looks alike is one', () => {
  const { types } = icons();
  assert.equal(types.get('a'), types.get('a'));
  assert.equal(types.size, 1);
});

test('however many there were, a bounded number is kept: those that were used last, and those in use', () => {
  const { types, disposed } = icons();
  const used = types.get('used');
  for (let i = 0; i < 10_000; i++) {
    types.get(`picture ${i}`);
    types.get('again and again');
    types.trim((type) => type === used);
  }
  assert.equal(types.size, MOST_TYPES);
  assert.equal(disposed.length, 10_002 - MOST_TYPES);
  assert.ok(!disposed.includes('used') && !disposed.includes('again and again'));
  assert.ok(disposed.includes('picture 0') && !disposed.includes('picture 9999'));
  types.dispose();
  assert.equal(disposed.length, 10_002);
});
