import assert from 'node:assert/strict';
import { test } from 'node:test';
import { GREY, PALETTES, type ThemeKind } from '../../../common/palette';
import { contrast, inkOn } from '../../../webview/colours';

const GROUNDS: Readonly<Record<ThemeKind, readonly string[]>> = {
  light: ['#ffffff', '#f8f8f8'],
  dark: ['#1f1f1f', '#1e1e1e', '#252526'],
  highContrast: ['#000000'],
  highContrastLight: ['#ffffff'],
};

test('contrast is that of WCAG', () => {
  assert.equal(contrast('#000000', '#ffffff'), 21);
  assert.ok(Math.abs(contrast('#777777', '#ffffff') - 4.48) < 0.01);
});

for (const kind of Object.keys(PALETTES) as ThemeKind[]) {
  test(`each colour is seen on the ground and words are read on it: ${kind}`, () => {
    for (const colour of [...PALETTES[kind], GREY[kind]]) {
      for (const ground of GROUNDS[kind])
        assert.ok(contrast(colour, ground) >= 3, `${colour} on ${ground}: ${contrast(colour, ground)}`);
      assert.ok(contrast(colour, inkOn(colour)) >= 4.5, `words on ${colour}`);
    }
    assert.equal(new Set(PALETTES[kind]).size, PALETTES[kind].length);
  });
}

/** What an eye without one kind of cone sees: Viénot, Brettel and Mollon's matrices on linear light. */
const BLIND = {
  protan: [
    [0.11238, 0.88762, 0],
    [0.11238, 0.88762, 0],
    [0.00401, -0.00401, 1],
  ],
  deutan: [
    [0.29275, 0.70725, 0],
    [0.29275, 0.70725, 0],
    [-0.02234, 0.02234, 1],
  ],
};

function seen(colour: string, matrix: readonly (readonly number[])[]): number[] {
  const linear = [1, 3, 5].map((place) => (Number.parseInt(colour.slice(place, place + 2), 16) / 255) ** 2.2);
  return matrix.map(
    (row) =>
      Math.max(
        0,
        row.reduce((sum, factor, i) => sum + factor * linear[i], 0),
      ) **
        (1 / 2.2) *
      255,
  );
}

for (const kind of Object.keys(PALETTES) as ThemeKind[]) {
  for (const [name, matrix] of Object.entries(BLIND)) {
    test(`neighbours in the list differ for ${name} eyes: ${kind}`, () => {
      const colours = PALETTES[kind].map((colour) => seen(colour, matrix));
      for (let i = 0; i < colours.length; i++) {
        const next = colours[(i + 1) % colours.length];
        const distance = Math.hypot(...colours[i].map((value, j) => value - next[j]));
        assert.ok(distance > 35, `${PALETTES[kind][i]} and its neighbour: ${distance.toFixed(0)}`);
      }
    });
  }
}
