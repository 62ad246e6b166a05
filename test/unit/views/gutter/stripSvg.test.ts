import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PALETTES } from '../../../../common/palette';
import { ICON_COLUMNS, iconSvg, ticksOf, wideSvg } from '../../../../src/views/gutter/stripSvg';

const RUNS = { colour: 1, waits: false };
const WAITS = { colour: 1, waits: true };
const FULL = Array.from({ length: ICON_COLUMNS }, () => RUNS);

test('columns that look alike are one rectangle, and each row has a track', () => {
  const svg = iconSvg({ rows: [FULL, FULL], hasFinding: false, isStale: false }, 'dark');
  assert.equal(svg.split(`fill="${PALETTES.dark[1]}"`).length - 1, 2);
  assert.equal(svg.split('<rect').length - 1, 4);
});

test('waits are hatched, not only coloured', () => {
  const svg = iconSvg({ rows: [[WAITS, RUNS, undefined, WAITS]], hasFinding: false, isStale: false }, 'light');
  assert.match(svg, /<pattern id="h1"/);
  assert.equal(svg.split('url(#h1)').length - 1, 2);
});

test('a finding is a dot, and a changed line is pale while its dot is not', () => {
  const svg = iconSvg({ rows: [FULL], hasFinding: true, isStale: true }, 'highContrast');
  assert.match(svg, /<g opacity=".35">.*<\/g><circle/);
  assert.match(iconSvg({ rows: [], hasFinding: true, isStale: false }, 'light'), /<circle/);
});

test('names in the larger picture cannot break it', () => {
  const svg = wideSvg([{ name: '<a & "b">', cells: [RUNS] }], [{ at: 0.5, text: '1 s' }], 'light');
  assert.doesNotMatch(svg, /<a|&(?!#)|"b"/);
  assert.match(svg, />1 s<\/text>/);
});

test('ticks are at round times', () => {
  assert.deepEqual(
    ticksOf(8.7e9, (time) => `${time / 1e9} s`).map(({ text }) => text),
    ['0', '5 s'],
  );
  assert.deepEqual(
    ticksOf(1e6, (time) => `${time / 1e3} µs`).map(({ text }) => text),
    ['0', '500 µs', '1000 µs'],
  );
  assert.deepEqual(ticksOf(0, String), []);
});
