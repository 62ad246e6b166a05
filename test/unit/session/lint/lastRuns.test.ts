/** What runs in the window say about lines of a document: recordings are drawn, the file lies on the disk. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { Findings } from '../../../../src/session/findings';
import { LastRuns, type RunSource } from '../../../../src/session/lint/lastRuns';
import { Emitter } from '../../../../src/support/disposable';
import { drawTrace } from '../../../support/drawTrace';
import { readWhole } from '../../../support/readTrace';

const folder = mkdtempSync(join(tmpdir(), 'interleave-test-'));
after(() => rmSync(folder, { recursive: true, force: true }));
const file = join(folder, 'prog.py');
const LINES = ['one', 'two', 'self.total += 1', 'four', 'self.name = 5'];
writeFileSync(file, LINES.join('\n'));

const BEGIN = `
   0 100.0 process_begin P how=program parent=1
   0 100.0 thread_begin Main tid=100 flags=1
   1 100.0 thread_create A name="Ada" site=${file}:50@main
   2 100.0 thread_create B name="Bob" site=${file}:51@main
   3 100.1 thread_begin A tid=101
   3 100.2 thread_begin B tid=102
   4 100.1 variable C op=variable.instance type="Counter"
`;
const access = (time: number, place: string, line: number): string =>
  `${time} ${place} access C op=attribute.update site=${file}:${line}@add text="self.total" is=value,switch\n`;
const RACE = BEGIN + access(5, '100.1', 3) + access(6, '100.2', 3);
const QUIET = BEGIN + access(5, '100.1', 5);

function source(drawing: string, end = '{"how":"exited","exitCode":0,"startNs":1,"endNs":5}'): RunSource {
  const trace = readWhole(new Map([...drawTrace(drawing), ['end.json', new TextEncoder().encode(end)]]));
  return { trace, findings: new Findings(trace), onDidChange: new Emitter().event };
}

function said(runs: LastRuns, line: number, lines: readonly string[] = LINES): string {
  const finding = { line, endLine: line, related: [], observedAs: ['race.data'] };
  return runs.sentenceFor('file:///prog.py', finding, (each) => lines[each - 1]);
}

test('the last run of the file counts', () => {
  const runs = new LastRuns();
  let changes = 0;
  runs.onDidChange(() => changes++);
  const [first, second] = [{}, {}];
  assert.equal(said(runs, 3), '');
  runs.follow(first, source(RACE), file, () => file);
  assert.match(
    said(runs, 3),
    /^(Observed in the last run|The last run shows that it can happen): 2 threads, line 3\.$/,
  );
  runs.follow(second, source(QUIET), file, () => file);
  assert.equal(said(runs, 3), '');
  assert.equal(said(runs, 5), 'The last run executed this line and reported nothing here.');
  runs.forget(second);
  assert.match(said(runs, 3), /2 threads, line 3/);
  runs.forget(first);
  assert.equal(said(runs, 3), '');
  assert.equal(changes, 4);
});

test('lines that were changed since, files it did not come to, and a run that did not end say nothing', () => {
  const runs = new LastRuns();
  runs.follow({}, source(RACE), file, () => file);
  assert.equal(said(runs, 3, ['', ...LINES]), '');
  runs.follow({}, source(QUIET), file, () => '/elsewhere.py');
  assert.match(said(runs, 3), /2 threads, line 3/);
  runs.follow({}, source(QUIET, '{"how":"killed","exitCode":-9,"startNs":1,"endNs":5}'), file, () => file);
  assert.equal(said(runs, 5), '');
});
