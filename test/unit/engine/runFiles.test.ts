import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pythonVersion } from '../../../src/engine/runFiles';
import { Trace } from '../../../src/engine/trace';

function append(trace: Trace, file: string, text: string, final = false): number {
  return trace.append({ file, offset: 0, bytes: new TextEncoder().encode(text), final });
}

test('a run goes from starting to its end, by what the files say', () => {
  const trace = new Trace();
  assert.equal(trace.run.state.kind, 'starting');
  const run = '{"version":1,"file":"/a/prog.py","mode":"thread","function":"work","inputs":"range(8)","workers":4}';
  assert.equal(append(trace, 'run.json', run), run.length);
  assert.deepEqual(
    [trace.run.file, trace.run.mode, trace.run.function, trace.run.inputs, trace.run.workers],
    ['/a/prog.py', 'thread', 'work', 'range(8)', 4],
  );
  append(trace, 'end.json', '{"how":"failed","text":"No such file.","exitCode":null}');
  assert.deepEqual(trace.run.state, { kind: 'failed', text: 'No such file.' });
  append(trace, 'end.json', '{"how":"timeout","exitCode":-15,"startNs":5,"endNs":25,"python":"3.12.1","gil":false}');
  assert.deepEqual(trace.run.state, { kind: 'ended', how: 'timeout' });
  assert.deepEqual([trace.run.exitCode, trace.run.wallNs, trace.run.python, trace.run.gil], [-15, 20, '3.12.1', false]);
});

test('a file that is not all there yet is waited for, one that stays broken is told', () => {
  const trace = new Trace();
  assert.equal(append(trace, 'run.json', '{"version":1,"fi'), 0);
  assert.deepEqual(
    trace.problems.filter(({ kind }) => kind === 'corrupt'),
    [],
  );
  assert.equal(append(trace, 'run.json', '{"version":1,"fi', true), 0);
  assert.equal(trace.problems.filter(({ kind }) => kind === 'corrupt').length, 1);
});

test('wrong types and unknown words in a file are as if they were not there', () => {
  const trace = new Trace();
  append(trace, 'run.json', '{"file":7,"mode":"sideways","workers":"many","inputs":null}');
  append(trace, 'cores.json', '{"source":"guessed","count":-3,"reason":5}');
  append(trace, 'end.json', '{"exitCode":"0","startNs":9,"endNs":1,"how":"vanished"}');
  const { file, mode, workers, exitCode, wallNs, state } = trace.run;
  assert.deepEqual([file, mode, workers, exitCode, wallNs], ['', 'as-written', 0, null, null]);
  assert.deepEqual(state, { kind: 'ended', how: 'exited' });
  assert.deepEqual(trace.cores, { source: 'none', count: 0, reason: '' });
});

test('versions of Python', () => {
  assert.equal(pythonVersion(0x030812f0), '3.8.18');
  assert.equal(pythonVersion(0x030e00c2), '3.14.0rc2');
});
