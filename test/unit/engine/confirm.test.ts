import assert from 'node:assert/strict';
import { test } from 'node:test';
import { confirmPlan, type PauseKind, readConfirm } from '../../../src/engine/confirmPlan';
import type { Trace } from '../../../src/engine/trace';
import { drawTrace } from '../../support/drawTrace';
import { findingLines } from '../../support/findings';
import { readWhole } from '../../support/readTrace';

/** Two threads, `Ada` and `Bob`, that main starts. */
const BEGIN = `
   0 100.0 process_begin P how=program parent=1
   0 100.0 thread_begin Main tid=100 flags=1
   1 100.0 thread_create A name="Ada" site=prog.py:50@main
   2 100.0 thread_create B name="Bob" site=prog.py:51@main
   3 100.1 thread_begin A tid=101
   3 100.2 thread_begin B tid=102
   4 100.1 variable C op=variable.instance type="Counter"
   4 100.1 variable O op=variable.instance type="Counter"
   4 100.1 variable D op=variable.dict type="dict"
`;
const UPDATE = 'op=attribute.update site=prog.py:5@add text="self.total" is=value,switch';
const IN_DICT = 'op=container.contains site=prog.py:20@take text="self.items" field="" is=test';
const DELETE =
  'op=item.delete site=prog.py:22@take text="self.items[k]" field="k" is=condition,switch reads=prog.py:20@take';
const WALK = 'op=container.iterate site=prog.py:30@walk text="self.items" field=""';
const WALK_AT_ONCE = 'op=container.iterate site=prog.py:31@walk text="self.items" field="sorted"';
const PUT = 'op=item.write site=prog.py:25@put text="self.items[k]" field="k" written=expression';
const ORDERS = `
   9 100.0 object L1 op=threading.Lock name="left"
   9 100.0 object L2 op=threading.Lock name="right"
  10 100.1 acquire L1 op=threading.Lock site=prog.py:5@one
  11 100.1 acquire L2 op=threading.Lock site=prog.py:6@one
  12 100.1 release L2 op=threading.Lock
  13 100.1 release L1 op=threading.Lock
  14 100.2 acquire L2 op=threading.Lock site=prog.py:9@two
  15 100.2 acquire L1 op=threading.Lock site=prog.py:10@two
  16 100.2 release L1 op=threading.Lock
  17 100.2 release L2 op=threading.Lock
`;

const place = (what: PauseKind, line: number) => ({
  file: 'prog.py',
  what,
  line,
  column: -1,
  endLine: 0,
  endColumn: -1,
  readLine: 0,
  readColumn: 0,
});

function confirming(rule: string, lines: readonly number[], pauses: readonly ReturnType<typeof place>[]): Uint8Array {
  const locations = lines.map((line) => ({ file: 'prog.py', line, column: -1, role: `is at ${line}`, isMoment: true }));
  const confirm = { rule, severity: 'error', grade: 'real', message: 'It can be.', locations };
  return new TextEncoder().encode(JSON.stringify({ version: 1, file: 'prog.py', confirm, pauses }));
}

/** The trace of a run that is to confirm a finding. */
function readRun(run: Uint8Array, drawing: string): Trace {
  return readWhole(new Map([['run.json', run], ...drawTrace(BEGIN + drawing)]));
}

const LOST_UPDATE = confirming('race.data', [5], [place('hold', 5), place('hold', 5)]);
const HELD = `
  10 100.1 access C ${UPDATE}
  11 100.1 wait 0 op=interleave.pause site=prog.py:5@add flags=1
`;

test('an update that another one came in between is confirmed, and the detector says it no more', () => {
  const trace = readRun(
    LOST_UPDATE,
    `${HELD}
  12 100.2 access C ${UPDATE}
  13 100.2 overtake A site=prog.py:5@add flags=1
  14 100.1 got 0 op=interleave.pause site=prog.py:5@add
  15 100.1 access C ${UPDATE}
  `,
  );
  assert.deepEqual(trace.verdict, {
    isConfirmed: true,
    text: 'Confirmed: Ada was held between its read and its write at prog.py:5, and Bob passed line 5 meanwhile: what one of them wrote is lost.',
  });
  assert.deepEqual(findingLines(trace), ['race.data error confirmed 5']);
  assert.match(trace.findings[0]!.message, /^It can be\. Confirmed: /);
});

test('that the one who was held failed is told', () => {
  const trace = readRun(
    confirming('race.check-then-act', [22, 20], [place('hold', 22)]),
    `
  10 100.1 wait 0 op=interleave.pause site=prog.py:22@take flags=1
  13 100.2 overtake A site=prog.py:22@take flags=1
  14 100.1 got 0 op=interleave.pause site=prog.py:22@take
  15 100.1 thread_end A outcome=failed
  `,
  );
  assert.match(trace.verdict!.text, /acted on what was no longer so, and Ada failed with an exception\.$/);
});

test('who passed without a name in common counts by the variable that it accessed meanwhile', () => {
  const passing = (variable: string) => `${HELD}
  12 100.2 access ${variable} ${UPDATE}
  13 100.2 overtake A site=prog.py:5@add
  14 100.1 got 0 op=interleave.pause site=prog.py:5@add
  15 100.1 access C ${UPDATE}
  `;
  assert.equal(readRun(LOST_UPDATE, passing('C')).verdict?.isConfirmed, true);
  const other = readRun(LOST_UPDATE, passing('O'));
  assert.match(other.verdict!.text, /^Not reproduced: Ada was held at prog\.py:5 \(once in all\), .* other objects\.$/);
  assert.deepEqual(
    other.findings.filter(({ certainty }) => certainty === 'confirmed'),
    [],
  );
});

test('who passes before or after counts for nothing', () => {
  const trace = readRun(
    LOST_UPDATE,
    `
   9 100.2 overtake A site=prog.py:5@add flags=1
   ${HELD}
  14 100.1 got 0 op=interleave.pause site=prog.py:5@add outcome=timeout
  15 100.2 overtake A site=prog.py:5@add flags=1
  `,
  );
  assert.equal(trace.verdict?.isConfirmed, false);
});

test('it is told why nothing was shown', () => {
  const nobodyCame = readRun(
    LOST_UPDATE,
    `${HELD}
  14 100.1 got 0 op=interleave.pause site=prog.py:5@add outcome=timeout`,
  );
  assert.match(nobodyCame.verdict!.text, /^Not reproduced: Ada was held at prog\.py:5 .* nobody else came by in time/);
  const neverThere = readRun(LOST_UPDATE, '');
  assert.match(neverThere.verdict!.text, /^Not reproduced: .* prog\.py:5 was reached, or it was never reached\.$/);
  assert.equal(readWhole(drawTrace(BEGIN)).verdict, undefined);
});

test('a lock order is confirmed by the hang at its inner places alone', () => {
  const run = confirming('order.cycle', [6, 5, 10, 9], [place('lock', 6), place('lock', 10)]);
  const hang = `
   9 100.0 object L1 op=threading.Lock name="left"
   9 100.0 object L2 op=threading.Lock name="right"
  10 100.1 acquire L1 op=threading.Lock site=prog.py:5@one
  11 100.2 acquire L2 op=threading.Lock site=prog.py:9@two
  12 100.1 wait L2 op=threading.Lock holder=B site=prog.py:6@one
  13 100.2 wait L1 op=threading.Lock holder=A site=prog.py:10@two
  `;
  const hung = readRun(run, hang);
  assert.equal(hung.verdict?.isConfirmed, true);
  assert.ok(findingLines(hung).includes('order.cycle error confirmed 6 5 10 9'), String(findingLines(hung)));
  const elsewhere = readRun(run, hang.replaceAll('prog.py:10', 'prog.py:30'));
  assert.match(elsewhere.verdict!.text, /^Not reproduced: /);
  const passed = readRun(run, ORDERS);
  assert.deepEqual(
    passed.findings.map(({ certainty }) => certainty),
    ['predicted'],
  );
});

/** Where the program is held for the first finding of a trace: `hold 5, pass 8`; or why it cannot be. */
function pausesOf(drawing: string): string {
  const trace = readWhole(drawTrace(BEGIN + drawing));
  const plan = confirmPlan(trace, trace.findings[0]!);
  if (typeof plan === 'string') return plan;
  assert.equal(plan.race, !plan.confirm.rule.startsWith('order.'));
  return plan.pauses.map(({ what, line }) => `${what} ${line}`).join(', ');
}

test('each kind of finding says where the program is held', () => {
  assert.equal(pausesOf(`10 100.1 access C ${UPDATE}\n11 100.2 access C ${UPDATE}`), 'hold 5, hold 5');
  const take = (stream: string) => `10 ${stream} access D ${IN_DICT}\n11 ${stream} access D ${DELETE}\n`;
  assert.match(pausesOf(take('100.1') + take('100.2')), /^hold 22(, pass 22)?$/);
  assert.equal(pausesOf(`10 100.1 access D ${WALK}\n11 100.2 access D ${PUT}`), 'loop 30, grow 25');
  assert.equal(pausesOf(ORDERS), 'lock 10, lock 6');
});

test('what one call does cannot be held in its middle', () => {
  const trace = readWhole(
    drawTrace(`${BEGIN}\n10 100.1 access D ${WALK_AT_ONCE}\n11 100.2 access D ${PUT}`, { gil: false }),
  );
  assert.match(String(confirmPlan(trace, trace.findings[0]!)), /^One call goes through the whole container/);
});

test('what was seen to happen needs no confirmation', () => {
  const trace = readWhole(drawTrace(BEGIN));
  const finding = { id: 0, severity: 'error', grade: '', message: '', units: [], objects: [], count: 1 } as const;
  const plan = confirmPlan(trace, { ...finding, rule: 'deadlock.cycle', certainty: 'observed', locations: [] });
  assert.match(String(plan), /has been seen to happen in this run/);
});

test('a run.json with anything else in it is no plan', () => {
  for (const json of [
    {},
    { confirm: 3 },
    { confirm: { rule: 'race.data', locations: [] } },
    { confirm: null, pauses: [] },
  ])
    assert.equal(readConfirm(json), undefined, JSON.stringify(json));
  const plan = readConfirm({ confirm: { rule: 'race.data', locations: [null, 4, { file: 'a' }] }, pauses: ['x', {}] });
  assert.deepEqual(plan?.confirm.locations, []);
  assert.deepEqual(plan?.pauses, []);
});
