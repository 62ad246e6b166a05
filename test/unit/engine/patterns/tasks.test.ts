import assert from 'node:assert/strict';
import { test } from 'node:test';
import { drawnAdvice, ids, repeat } from './drawn';

interface Drawn {
  readonly operation?: string;
  /** One call for each await. */
  readonly calls?: boolean;
  readonly company?: boolean;
}

/** A task that awaits `count` things of 30 ms each. */
function awaits(count: number, { operation = 'asyncio.sleep', calls = true, company = false }: Drawn = {}): string {
  const rounds = repeat(count, (i) => {
    const from = 2000 + i * 30_000;
    return `
      ${from} 100.0 step_begin T
      ${calls ? `${from} 100.0 enter 0 site=prog.py:8@fetch` : ''}
      ${from + 1} 100.0 wait 0 op=${operation} site=prog.py:9@fetch
      ${from + 3} 100.0 step_end T
      ${from + 29_990} 100.0 step_begin T
      ${from + 29_991} 100.0 got 0 op=${operation} site=prog.py:9@fetch
      ${calls ? `${from + 29_992} 100.0 leave 0 site=prog.py:8@fetch` : ''}
      ${from + 29_995} 100.0 step_end T`;
  });
  const other = company
    ? `1002 100.0 task_create U name="other" site=prog.py:3@main
       1010 100.0 step_begin U
       1011 100.0 wait E op=asyncio.Event.wait
       1012 100.0 step_end U`
    : '';
  return `
    1000 100.0 task_create T name="main" site=prog.py:2@main
    ${other}
    ${rounds}`;
}

test('awaits in a row are told as likely, with how many, how long and where', () => {
  const [advice] = drawnAdvice(awaits(5, { operation: 'asyncio.to_thread', calls: false }), 160_000);
  assert.equal(advice?.id, 'sequential-awaits');
  assert.equal(advice.certainty, 'likely');
  assert.match(
    advice.text,
    /^main awaited asyncio\.to_thread 5 times \(prog\.py:9\), one after the other, for 149\.9 ms \(94 % of the run\)/,
  );
});

test('two awaits, or a small part of the run, are no pattern', () => {
  const drawn = { operation: 'asyncio.to_thread', calls: false };
  assert.deepEqual(ids(drawnAdvice(awaits(2, drawn), 160_000)), []);
  assert.deepEqual(ids(drawnAdvice(awaits(5, drawn), 900_000)), []);
});

test('with another task beside it nothing is told', () => {
  assert.deepEqual(
    ids(drawnAdvice(awaits(5, { operation: 'asyncio.to_thread', calls: false, company: true }), 160_000)),
    [],
  );
});

test('a loop that sleeps at one place keeps a pace; sleeps of a function that is called for each are told', () => {
  assert.deepEqual(ids(drawnAdvice(awaits(5), 160_000)), ['sequential-awaits']);
  assert.deepEqual(ids(drawnAdvice(awaits(5, { calls: false }), 160_000)), []);
});
