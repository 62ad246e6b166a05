import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sarif } from '../../../src/engine/export/sarif';
import { withIgnoreComment } from '../../../src/engine/ignored';
import { report } from '../../../src/engine/report';
import { reportText } from '../../../src/engine/reportText';
import { stacksAt } from '../../../src/engine/stack';
import { drawTrace } from '../../support/drawTrace';
import { bankLine, oppositeTrace } from '../../support/opposite';
import { readWhole } from '../../support/readTrace';

test('a finding is reported with its lines, who was there, and what was called then', () => {
  const { findings, units } = report(oppositeTrace());
  const [deadlock] = findings;
  assert.ok(deadlock);
  assert.deepEqual(
    [deadlock.rule, deadlock.kind, deadlock.severity, deadlock.certainty, deadlock.count],
    ['deadlock.cycle', 'deadlock', 'error', 'observed', 1],
  );
  const ada = deadlock.locations.find(({ line }) => line === 12);
  assert.ok(ada);
  assert.equal(units[ada.unit ?? -1]?.name, 'Ada');
  assert.equal(ada.file, '/home/me/bank.py');
  assert.deepEqual(
    ada.stack.map((frame) => [frame.function, frame.line]),
    [
      ['transfer', 10],
      ['work', 20],
    ],
  );
  const linus = deadlock.locations.find(({ line }) => line === 22);
  assert.deepEqual(
    linus?.stack.map((frame) => frame.function),
    ['work'],
  );
});

test('the gravest finding comes first', () => {
  const severities = report(oppositeTrace()).findings.map(({ severity }) => severity);
  assert.deepEqual(severities, ['error', 'warning']);
});

test('the text has severity, rule, message and each line; and says what was not looked for', () => {
  const text = reportText(report(oppositeTrace()));
  assert.match(text, /^1\. error: Deadlock: each waits for the next \[deadlock\.cycle\], observed$/m);
  assert.match(text, /^ {2}bank\.py:12 {2}.*to_account.*\(Ada\)$/m);
  assert.match(text, /^ {2}bank\.py:22 {2}.*from_account.*\(Linus\)$/m);
  assert.match(text, /data races were not looked for/);
});

test('a comment on one of its lines hides a finding of that rule or family, and no other', () => {
  const rulesWith = (comment: string) =>
    report(oppositeTrace(), (file, line) => `${bankLine(file, line)}${line === 22 ? comment : ''}`).findings.map(
      ({ rule }) => rule,
    );
  assert.deepEqual(rulesWith(''), ['deadlock.cycle', 'order.cycle']);
  assert.deepEqual(rulesWith('  # interleave: ignore[order.cycle]'), ['deadlock.cycle']);
  assert.deepEqual(rulesWith('  # interleave: ignore[deadlock]'), ['order.cycle']);
  assert.deepEqual(rulesWith('  # noqa # interleave:ignore[order.cycle, deadlock.cycle]'), []);
  assert.deepEqual(rulesWith('  # interleave: ignore[]'), ['deadlock.cycle', 'order.cycle']);
  assert.deepEqual(rulesWith('  # interleave: ignore[dead, order.cycles]'), ['deadlock.cycle', 'order.cycle']);
});

test('the comment is added behind the line, or to the one that is there', () => {
  assert.equal(withIgnoreComment('x += 1 ', 'race.data'), 'x += 1  # interleave: ignore[race.data]');
  assert.equal(
    withIgnoreComment('x += 1  # interleave: ignore[order.cycle] (see above)', 'race.data'),
    'x += 1  # interleave: ignore[order.cycle, race.data] (see above)',
  );
  const known = 'x += 1  # interleave: ignore[race]';
  assert.equal(withIgnoreComment(known, 'race.data'), known);
});

test('functions that were open at a moment, innermost first, also those that still are', () => {
  const trace = readWhole(
    drawTrace(`
       0 100.0 process_begin P how=program parent=1
       0 100.0 thread_begin Main tid=100 flags=1
      10 100.0 enter 0 site=a.py:1@outer
      20 100.0 enter 0 site=a.py:5@first
      30 100.0 leave 0 site=a.py:5@first
      40 100.0 enter 0 site=a.py:9@second
    `),
  );
  const main = trace.units.findIndex(({ name }) => name === 'MainThread');
  const at = (micros: number) => ({ unit: main, time: micros * 1000 });
  const names = stacksAt(trace, [at(40), at(5), at(25), { unit: main, time: Number.NaN }, at(35)]);
  assert.deepEqual(
    names.map((frames) => frames.map((frame) => frame.function)),
    [['second', 'outer'], [], ['first', 'outer'], [], ['outer']],
  );
});

test('only the innermost 16 functions are told', () => {
  const calls = Array.from({ length: 40 }, (_, i) => `${i + 1} 100.0 enter 0 site=a.py:${i + 1}@f${i}`);
  const trace = readWhole(
    drawTrace(['0 100.0 process_begin P how=program', '0 100.0 thread_begin M tid=1 flags=1', ...calls].join('\n')),
  );
  const main = trace.units.findIndex(({ kind }) => kind === 'thread');
  const [frames] = stacksAt(trace, [{ unit: main, time: 40_000 }]);
  assert.deepEqual([frames?.length, frames?.[0]?.function], [16, 'f39']);
});

test('SARIF has rules with help, results with related locations, and paths below the root', () => {
  const pageOf = (rule: string) => ({ address: `file:///docs/${rule}.md`, text: `# ${rule}` });
  const document = JSON.parse(
    [...sarif(report(oppositeTrace()), { version: '1.2.3', root: '/home/me', pageOf })].join(''),
  );
  assert.equal(document.version, '2.1.0');
  const [run] = document.runs;
  assert.deepEqual(
    run.tool.driver.rules.map((rule: { id: string; helpUri: string; help: { markdown: string } }) => [
      rule.id,
      rule.helpUri,
      rule.help.markdown,
    ]),
    [
      ['deadlock.cycle', 'file:///docs/deadlock.cycle.md', '# deadlock.cycle'],
      ['order.cycle', 'file:///docs/order.cycle.md', '# order.cycle'],
    ],
  );
  const [result] = run.results;
  assert.deepEqual([result.ruleId, result.ruleIndex, result.level], ['deadlock.cycle', 0, 'error']);
  const { artifactLocation } = result.locations[0].physicalLocation;
  assert.deepEqual(artifactLocation, { uri: 'bank.py', uriBaseId: 'ROOT' });
  assert.equal(run.originalUriBaseIds.ROOT.uri, 'file:///home/me/');
  const lines = [...result.locations, ...result.relatedLocations].map(
    (location: { physicalLocation: { region: { startLine: number } } }) => location.physicalLocation.region.startLine,
  );
  assert.ok(lines.includes(12) && lines.includes(22), String(lines));
});

test('SARIF names files elsewhere by their whole address', () => {
  const pageOf = () => ({ address: 'file:///docs/rule.md', text: '' });
  const text = [...sarif(report(oppositeTrace()), { version: '1', root: '/srv/a b', pageOf })].join('');
  const [result] = JSON.parse(text).runs[0].results;
  assert.deepEqual(result.locations[0].physicalLocation.artifactLocation, { uri: 'file:///home/me/bank.py' });
  assert.match(text, /file:\/\/\/srv\/a%20b\//);
});
