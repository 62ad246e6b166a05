import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type TestContext, test } from 'node:test';
import { candidatesOnPath, findInterpreter } from '../../../src/session/interpreter';
import type { Launch } from '../../../src/session/launch';
import { createRunFolder, type RunPlan, removeStaleRunFolders } from '../../../src/session/runFolder';
import { MOST_RUNS, type Run, type RunRequest, Runs } from '../../../src/session/runs';
import { Session } from '../../../src/session/session';
import { Failure } from '../../../src/support/failure';
import { temporaryFolder } from './runFolderFixture';

const PLAN: RunPlan = {
  version: 1,
  file: resolve('test/programs/never_ends.py'),
  args: [],
  cwd: resolve('.'),
  mode: 'as-written',
  function: '',
  inputs: '',
  workers: 0,
  spans: true,
  lines: false,
  race: false,
  packages: false,
  limitBytes: 0,
};

/** Starts a session by `launch`; what it was told to start is in `commands`. */
async function start(t: TestContext, launch: Launch, unsavedText?: string) {
  const interpreter = await findInterpreter(candidatesOnPath());
  const session = await Session.start({
    plan: PLAN,
    ...(unsavedText === undefined ? {} : { unsavedText }),
    interpreter,
    productFolder: resolve('.'),
    launch,
  });
  t.after(() => session.close());
  return session;
}

/** A program that ends when it is told to. */
function controlled() {
  let finish: (code: number) => void = () => undefined;
  let folder = '';
  const ended = new Promise<{ code: number; signal: null }>((resolveEnd) => {
    finish = (code) => resolveEnd({ code, signal: null });
  });
  const launch: Launch = async ({ args }) => {
    folder = args.at(-1) ?? '';
    return { pid: undefined, ended, closePlace: () => finish(143) };
  };
  return { launch, finish: (code: number) => finish(code), folder: () => folder };
}

test('a run goes from starting to its end, and its folder is private and goes with it', async (t) => {
  const program = controlled();
  const session = await start(t, program.launch);
  assert.equal(session.trace.run.state.kind, 'starting');
  assert.equal(session.isOver, false);
  assert.equal(statSync(program.folder()).mode & 0o777, 0o700);
  assert.deepEqual(JSON.parse(readFileSync(join(program.folder(), 'run.json'), 'utf8')), PLAN);
  writeFileSync(join(program.folder(), 'end.json'), '{"exitCode":3,"how":"exited","text":""}');
  program.finish(3);
  await session.ended;
  assert.equal(session.isOver, true);
  assert.equal(session.trace.run.exitCode, 3);
  assert.deepEqual(session.trace.run.state, { kind: 'ended', how: 'exited' });
  session.dispose();
  assert.equal(existsSync(program.folder()), false);
});

test('a supervisor that ends without a word is told in one sentence', async (t) => {
  const program = controlled();
  const session = await start(t, program.launch);
  program.finish(1);
  await session.ended;
  const { state } = session.trace.run;
  assert.equal(state.kind, 'failed');
  assert.match(state.kind === 'failed' ? state.text : '', /could not be started or ended at once/);
});

test('what cannot be launched is a session that has failed, with the reason', async (t) => {
  const session = await start(t, async () => {
    throw new Failure('No terminal could be opened.');
  });
  await session.ended;
  assert.deepEqual(session.trace.run.state, { kind: 'failed', text: 'No terminal could be opened.' });
});

test('a program whose number is not known is stopped by closing its place', async (t) => {
  const session = await start(t, controlled().launch);
  await session.stop();
  assert.deepEqual(session.trace.run.state, { kind: 'ended', how: 'stopped' });
});

test('a text that was never saved is run from the run folder', async (t) => {
  const program = controlled();
  const session = await start(t, program.launch, 'print(1)\n');
  assert.equal(session.plan.file, join(program.folder(), 'never_ends.py'));
  assert.equal(readFileSync(session.plan.file, 'utf8'), 'print(1)\n');
  program.finish(0);
  await session.ended;
});

test('a reader gets the whole picture first, then what came since', async (t) => {
  const program = controlled();
  const session = await start(t, program.launch);
  const read = session.openReader();
  assert.equal(read().reset, true);
  assert.equal(read().reset, false);
  assert.equal(session.openReader()().reset, true);
  program.finish(0);
  await session.ended;
});

test('run folders that a dead host left behind are removed, those of living ones are not', async (t) => {
  const parent = temporaryFolder(t);
  const mine = await createRunFolder(parent);
  const stale = join(parent, 'interleave-999999999-abcdef');
  const young = join(parent, 'interleave-999999999-ghijkl');
  const foreign = join(parent, 'interleave-notes');
  for (const folder of [stale, young, foreign]) mkdirSync(folder);
  const longAgo = Date.now() / 1000 - 24 * 3600;
  for (const folder of [mine, stale, foreign]) utimesSync(folder, longAgo, longAgo);
  await removeStaleRunFolders(parent);
  assert.deepEqual(
    readdirSync(parent).sort(),
    [mine, young, foreign].map((folder) => folder.slice(parent.length + 1)).sort(),
  );
});

const REQUEST: RunRequest = { uri: 'file:///a/b%20c.py', mode: 'as-written', function: '', inputs: '' };

/** The runs of a window whose programs end when told to. */
function window(t: TestContext) {
  const programs: ReturnType<typeof controlled>[] = [];
  const slots: number[] = [];
  const started: Run[] = [];
  const runs = new Runs(async (_request, slot) => {
    const program = controlled();
    programs.push(program);
    slots.push(slot);
    return start(t, program.launch);
  });
  runs.onDidStart((run) => started.push(run));
  t.after(() => {
    for (const program of programs) program.finish(0);
  });
  return { runs, programs, slots, started };
}

test('a program that is over is run again in its place; one that goes on gets company', async (t) => {
  const { runs, programs, slots, started } = window(t);
  await runs.start(REQUEST);
  await runs.start(REQUEST);
  assert.deepEqual(slots, [0, 1]);
  assert.equal(runs.active.length, 2);
  programs[0]?.finish(0);
  await started[0]?.session.ended;
  await runs.start(REQUEST);
  assert.deepEqual(slots, [0, 1, 0]);
  assert.equal(started[2], started[0]);
  assert.equal(started[0]?.title, 'b c.py');
});

test('run again, what recorded nothing is not kept, and a name that was given stays behind', async (t) => {
  const { runs, programs, started } = window(t);
  await runs.start(REQUEST);
  const [run] = started as [Run];
  const before = run.session;
  programs[0]?.finish(0);
  await before.ended;
  runs.rename(run, 'with the lock');
  await runs.runAgain(run);
  assert.equal(runs.all.length, 1, 'nothing was recorded, so nothing is kept');
  assert.equal(run.title, 'b c.py');
});

test('of the runs that are over and not needed the newest are kept', async (t) => {
  const { runs, programs } = window(t);
  for (let number = 0; number < MOST_RUNS + 2; number++) {
    await runs.start({ ...REQUEST, mode: 'thread', function: `f${number}`, inputs: 'range(3)' });
    programs[number]?.finish(0);
    await runs.all.at(-1)?.session.ended;
  }
  const [first] = runs.all;
  runs.keepNewest((run) => run === first);
  assert.equal(runs.all.length, MOST_RUNS);
  assert.equal(runs.all[0], first);
  assert.equal(runs.all[1]?.title, 'b c.py: f3');
});

test('another function of the same file is another program', async (t) => {
  const { runs, programs, started } = window(t);
  await runs.start(REQUEST);
  programs[0]?.finish(0);
  await started[0]?.session.ended;
  await runs.start({ ...REQUEST, mode: 'thread', function: 'f', inputs: 'range(3)' });
  assert.deepEqual(
    runs.all.map((run) => run.title),
    ['b c.py', 'b c.py: f'],
  );
  const [first] = runs.all;
  if (first) runs.forget(first);
  assert.equal(runs.all.length, 1);
});
