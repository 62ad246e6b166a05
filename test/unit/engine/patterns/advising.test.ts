import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Table } from '../../../../common/table';
import { WAIT_COLUMNS } from '../../../../common/trace';
import { Advising } from '../../../../src/engine/patterns/advising';
import { MOST_ROWS, MOST_ROWS_LIVE } from '../../../../src/engine/patterns/thresholds';
import { Trace } from '../../../../src/engine/trace';

/** The tables of an empty run, at a time, with so many waits of nobody in no time. */
function tables(now: number, rows = 0) {
  const waits = new Table(WAIT_COLUMNS);
  waits.length = rows;
  const { run, cores, units, sites, objects, spans, holds, coreSpans, states, depths } = new Trace();
  return { run, cores, units, sites, objects, spans, waits, holds, coreSpans, states, depths, now };
}

test('a run without advice has none, and the same object each time', () => {
  const advising = new Advising();
  const first = advising.of(tables(0), false);
  assert.deepEqual(first, { all: [], limits: '' });
  assert.equal(advising.of(tables(5e9), false), first);
  assert.equal(advising.of(tables(6e9), true), first);
});

test('a run of very many rows is looked at when it is over, and one of too many is not; both are said', () => {
  const advising = new Advising();
  assert.match(advising.of(tables(2e9, MOST_ROWS_LIVE + 1), false).limits, /^Patterns are looked for again when/);
  assert.match(advising.of(tables(2e9, MOST_ROWS + 1), true).limits, /^Patterns were not looked for, since so much/);
});
