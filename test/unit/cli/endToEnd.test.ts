import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, type TestContext, test } from 'node:test';
import type { CompareDocument } from '../../../common/compare';
import type { Report } from '../../../src/engine/report';

const cli = resolve('dist/cli.js');
const program = (name: string) => resolve('test/programs', name);

/** What the tests leave behind goes here; so would run folders that were forgotten. */
const scratch = mkdtempSync(join(tmpdir(), 'interleave-test-'));
after(() => {
  const forgotten = readdirSync(scratch).filter((name) => name.startsWith('interleave-'));
  rmSync(scratch, { recursive: true, force: true });
  assert.deepEqual(forgotten, [], 'run folders are left');
});

interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface Options {
  readonly input?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Called with what was printed so far, each time something is. */
  readonly onOutput?: (stdout: string, child: ChildProcess) => void;
}

function start(
  executable: string,
  args: readonly string[],
  { input = '', env = {}, onOutput }: Options,
): Promise<Ended> {
  return new Promise((end, fail) => {
    const child = spawn(executable, args, {
      env: { ...process.env, TMPDIR: scratch, ...env },
      // A process group of its own, as a shell gives to each command.
      detached: true,
    });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (data) => {
      stdout += data;
      onOutput?.(stdout, child);
    });
    child.stderr.on('data', (data) => {
      stderr += data;
    });
    child.once('error', fail);
    child.once('close', (status) => end({ status, stdout, stderr }));
    child.stdin.end(input);
  });
}

const interleave = (args: readonly string[], options: Options = {}) => start(process.execPath, [cli, ...args], options);

/** Runs a program with its report going to a file. */
async function run(
  name: string,
  options: Options & { readonly before?: readonly string[]; readonly args?: readonly string[] } = {},
) {
  const json = join(scratch, `${name.replace(/\W/g, '-')}.json`);
  const args = options.args ? ['--', ...options.args] : [];
  const ended = await interleave(['run', '--json', json, ...(options.before ?? []), program(name), ...args], options);
  const report = JSON.parse(readFileSync(json, 'utf8')) as Report;
  return { ...ended, report, names: report.units.map((unit) => unit.name) };
}

/** Runs a program both ways; what it prints and its status are the same. */
async function sameAsPlain(name: string, args: readonly string[] = [], input = '') {
  const plain = await start('python3', [program(name), ...args], { input });
  const recorded = await run(name, { args, input });
  assert.deepEqual(
    { status: recorded.status, stdout: recorded.stdout, stderr: recorded.stderr },
    { status: plain.status, stdout: plain.stdout, stderr: plain.stderr },
  );
  return recorded;
}

/** What a report says, whatever the order in which files were read: units are numbered in that order. */
function contentOf(report: Report) {
  const units = report.units.map(({ id, parent, ...unit }) => JSON.stringify(unit)).sort();
  const waits = report.waits.map(({ unit, heldBy, wokenBy, ...wait }) => JSON.stringify(wait)).sort();
  return { ...report, units, waits };
}

async function isGone(pid: number): Promise<void> {
  for (let tries = 0; ; tries++) {
    try {
      process.kill(pid, 0);
    } catch {
      return;
    }
    assert.ok(tries < 100, `process ${pid} lives on`);
    await new Promise((resolveLater) => setTimeout(resolveLater, 20));
  }
}

test('input, output, arguments and exit status are the program’s own', async () => {
  const { report } = await sameAsPlain('exits.py', ['3', '--json', '-'], 'typed\nlines');
  assert.equal(report.schema, 'interleave.report/1');
  assert.equal(report.program.exitCode, 3);
});

test('an exception looks as in a plain run', async () => {
  const { status, stderr } = await sameAsPlain('raises.py');
  assert.equal(status, 1);
  assert.doesNotMatch(stderr, /interleave_rt|supervisor/);
});

test('a syntax error is told by Python itself', async () => {
  const { stderr, report } = await sameAsPlain('syntax_error.py');
  assert.match(stderr, /SyntaxError/);
  assert.equal(report.program.exitCode, 1);
});

for (const name of ['shadowing/main.py', 'shadowing/threading.py', 'changes_directory.py', 'own_profile.py']) {
  test(`${name} does what it does in a plain run`, async () => {
    const { status } = await sameAsPlain(name);
    assert.equal(status, 0);
  });
}

test('the report follows on stderr as text, and what the program printed stays whole', async () => {
  const { stdout, stderr } = await interleave(['run', program('exits.py'), '--', '0']);
  assert.match(stdout, /^arguments \['0'\]\ninput \n$/);
  assert.match(stderr, /^trouble\n/);
  assert.match(stderr, /exits\.py · Python 3\.\d+/);
});

test('with --json - the document follows the program’s own output on stdout', async () => {
  const { stdout, stderr } = await interleave(['run', '--json', '-', program('exits.py'), '--', '0']);
  const start = stdout.indexOf('{');
  assert.equal(stdout.slice(0, start), "arguments ['0']\ninput \n");
  assert.equal((JSON.parse(stdout.slice(start)) as Report).program.exitCode, 0);
  assert.equal(stderr, 'trouble\n');
});

test('a program that is killed leaves a report, and 128 + the signal as status', async () => {
  const { status, stdout, report } = await run('killed.py');
  assert.equal(status, 128 + 9);
  assert.equal(stdout, 'before\n');
  assert.equal(report.program.exitCode, -9);
  assert.equal(report.units[0]?.kind, 'process');
});

test('--timeout ends a program that never ends, with its children', async () => {
  const { status, stdout, report } = await run('never_ends.py', { before: ['--timeout', '2'] });
  assert.equal(status, 124);
  for (const pid of stdout.trim().split(' ').map(Number)) await isGone(pid);
  assert.equal(report.units.filter((unit) => unit.kind === 'process').length, 2);
});

test('a program that ignores the request to end is ended by force', async () => {
  const { status, stdout } = await run('stubborn.py', { before: ['--timeout', '1'] });
  assert.equal(status, 124);
  await isGone(Number(stdout));
});

test('Ctrl+C goes to the program, and the report follows', async () => {
  const { status, stdout, report } = await run('interrupted.py', {
    onOutput: (text, child) => {
      if (text === 'ready\n' && child.pid) process.kill(-child.pid, 'SIGINT');
    },
  });
  assert.equal(stdout, 'ready\ninterrupted\n');
  assert.equal(status, 7);
  assert.equal(report.program.exitCode, 7);
});

test('SIGTERM to us ends the program, and the report follows', async () => {
  const { status, report } = await run('interrupted.py', {
    onOutput: (text, child) => {
      if (text === 'ready\n') child.kill('SIGTERM');
    },
  });
  assert.equal(status, 128 + 15);
  assert.equal(report.program.exitCode, -15);
});

test('a gigabyte through a pipe comes whole', async () => {
  const json = join(scratch, 'gigabyte.json');
  const child = spawn(process.execPath, [cli, 'run', '--json', json, program('gigabyte.py')], {
    env: { ...process.env, TMPDIR: scratch },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let bytes = 0;
  child.stdout.on('data', (data: Buffer) => {
    bytes += data.length;
  });
  const status = await new Promise((end) => child.once('close', end));
  assert.equal(status, 0);
  assert.equal(bytes, 2 ** 30);
  assert.equal((JSON.parse(readFileSync(json, 'utf8')) as Report).program.exitCode, 0);
});

test('a program that deletes the run folder is shown as far as known, with a sentence', async () => {
  const { status, stdout, names, report } = await run('deletes_run_folder.py');
  assert.equal(status, 0);
  assert.equal(stdout, 'done\n');
  assert.ok(names.includes('before'));
  assert.match(report.problems.join(' '), /deleted the folder of its recording/);
});

test('200 children at once are all there', async () => {
  const { stdout, report } = await run('many_children.py');
  assert.equal(stdout, '200 199\n');
  assert.equal(report.units.filter((unit) => unit.kind === 'process').length, 201);
});

test('a program that closes all descriptors is recorded on', async () => {
  const { stdout, names } = await run('closes_descriptors.py');
  assert.equal(stdout, 'done\n');
  assert.ok(names.includes('after'));
});

test('what was kept with --out gives the same report, and a dump of any length', async (t: TestContext) => {
  const trace = join(scratch, 'kept.trace');
  const { report } = await run('many_children.py', { before: ['--out', trace] });
  const again = await interleave(['report', '--json', '-', trace]);
  assert.deepEqual(contentOf(JSON.parse(again.stdout)), contentOf(report));
  const text = await interleave(['report', trace]);
  assert.match(text.stdout, /many_children\.py/);
  const dump = await interleave(['dump', trace]);
  assert.ok(dump.stdout.split('\n').length > 400, 'lines of a dump');
  assert.equal(dump.status, 0);
  t.diagnostic(`${dump.stdout.length} characters of dump`);
});

test('a trace is exported in each form, to a file or stdout', async () => {
  const trace = join(scratch, 'exported.trace');
  await run('closes_descriptors.py', { before: ['--out', trace] });
  const starts: Readonly<Record<string, RegExp>> = {
    perfetto: /^\{"displayTimeUnit/,
    svg: /^<svg [\s\S]*<\/svg>\s*$/,
    html: /^<!DOCTYPE html>[\s\S]*closes_descriptors\.py[\s\S]*<\/html>\s*$/,
    csv: /^\w+(,\w+)+\r\n/,
  };
  for (const [format, expected] of Object.entries(starts)) {
    const file = join(scratch, `exported.${format}`);
    const { status, stdout, stderr } = await interleave(['export', trace, '--to', format, file]);
    assert.deepEqual({ status, stdout, stderr }, { status: 0, stdout: '', stderr: '' });
    const text = readFileSync(file, 'utf8');
    assert.match(text, expected);
    const piped = await interleave(['export', trace, '--to', format, '-']);
    assert.equal(piped.stdout, text);
  }
});

test('paths that cannot be used are told before anything runs', async () => {
  const notPython = join(scratch, 'trace.interleave');
  writeFileSync(notPython, 'nothing of use');
  const cases: readonly (readonly [readonly string[], RegExp])[] = [
    [['run', 'no_such.py'], /no_such\.py cannot be run: there is no such file/],
    [['run', scratch], /is a folder; name a Python file/],
    [['run', '--out', '/no/such/t', program('exits.py')], /its folder does not exist/],
    [['run', '--json', scratch, program('exits.py')], /is a folder; name a file/],
    [['run', '--python', '/no/such/python', program('exits.py')], /\/no\/such\/python \(--python\) .*no such file/],
    [['run', '--python', '/bin/false', program('exits.py')], /\/bin\/false \(--python\) .*not a working Python/],
    [['report', 'no_such.interleave'], /no such file/],
    [['report', notPython], /not an Interleave trace/],
    [['dump', scratch], /is a folder/],
  ];
  for (const [args, expected] of cases) {
    const { status, stdout, stderr } = await interleave(args);
    assert.match(stderr, expected);
    assert.match(stderr, /^interleave: [^\n]+\.\n$/);
    assert.deepEqual({ status, stdout }, { status: 2, stdout: '' });
  }
});

test('without any Python there is one sentence with what to do', async () => {
  const { status, stderr } = await interleave(['run', program('exits.py')], { env: { PATH: scratch } });
  assert.equal(status, 125);
  assert.match(stderr, /^interleave: No Python was found; install Python 3\.8 or newer[^\n]+\n$/);
});

test('a Python that is too old is named with its version', async () => {
  const old = join(scratch, 'python2');
  writeFileSync(old, '#!/bin/sh\nprintf "2 7 18 /usr/bin/python2"\n', { mode: 0o755 });
  const { status, stderr } = await interleave(['run', '--python', old, program('exits.py')]);
  assert.equal(status, 2);
  assert.match(stderr, /is Python 2\.7\.18; Interleave needs Python 3\.8 or newer/);
});

test('a finding is confirmed by its rule or number; what cannot be named or confirmed is wrong use', async () => {
  const trace = join(scratch, 'confirm.interleave');
  const recorded = await interleave(['run', '--race', '--out', trace, program('confirm/tickets.py')]);
  assert.equal(recorded.status, 0, recorded.stderr);
  assert.match(recorded.stderr, /^1\. \w+: What was checked can change/m);
  const again = join(scratch, 'again.interleave');
  const confirmed = await interleave(['confirm', '--out', again, trace, '1']);
  assert.equal(confirmed.status, 70, confirmed.stderr);
  assert.match(confirmed.stderr, /\[race\.check-then-act\], confirmed,/);
  assert.match(confirmed.stderr, /^Confirmed: .* was held between its check and its act/m);
  // A saved trace says the same.
  const report = await interleave(['report', '--json', '-', again]);
  const { confirmation, findings } = JSON.parse(report.stdout) as Report;
  assert.equal(confirmation?.confirmed, true);
  assert.ok(findings.some(({ certainty }) => certainty === 'confirmed'));
  const changed = join(scratch, 'changed.py');
  writeFileSync(changed, readFileSync(program('confirm/tickets.py')));
  const older = join(scratch, 'older.interleave');
  await interleave(['run', '--race', '--out', older, changed]);
  const later = new Date(Date.now() + 60_000);
  utimesSync(changed, later, later);
  const doubted = await interleave(['confirm', older, 'race.check-then-act']);
  assert.equal(doubted.status, 70);
  assert.match(doubted.stderr, /^interleave: .*changed\.py was changed after .*older\.interleave was saved/m);
  for (const [words, sentence] of [
    [[trace, '9'], /There is no finding 9; the report has 1/],
    [[trace, 'race.data'], /no finding of the rule race\.data; there are race\.check-then-act/],
    [[join(scratch, 'missing'), '1'], /missing/],
    [[again, '1', '--json', join(scratch, 'none', 'x')], /none/],
  ] as const) {
    const ended = await interleave(['confirm', ...words]);
    assert.equal(ended.status, 2, words.join(' '));
    assert.match(ended.stderr, sentence);
  }
});

test('compare: JSON on stdout without what the function prints; what cannot be run is one sentence', async () => {
  const file = join(scratch, 'prints.py');
  writeFileSync(file, 'import time\ndef work(n):\n    print(n)\n    time.sleep(0.02)\nlonely = lambda n: n\n');
  const compare = (name: string, ...more: string[]) =>
    interleave([
      'compare',
      '--function',
      name,
      '--inputs',
      'range(4)',
      '--workers',
      '2',
      '--repeat',
      '1',
      ...more,
      file,
    ]);
  const found = await compare('work', '--modes', 'thread', '--json', '-');
  assert.equal(found.status, 0, found.stderr);
  const document = JSON.parse(found.stdout) as CompareDocument;
  assert.equal(document.schema, 'interleave.compare/1');
  assert.deepEqual(
    document.runs.map(({ mode, pickledBytes }) => [mode, pickledBytes]),
    [
      ['sequential', 0],
      ['thread', 0],
    ],
  );
  assert.match(document.verdict.text, /work/);
  assert.equal(found.stderr, '');
  const lonely = await compare('lonely', '--modes', 'process');
  assert.equal(lonely.status, 1);
  assert.match(lonely.stderr, /^not run: process: lonely cannot be sent to another process: /m);
  const missing = await compare('missing');
  assert.equal(missing.status, 2);
  assert.equal(missing.stderr, 'interleave: missing cannot be compared: prints.py has no function missing.\n');
});

test('compare: Ctrl+C ends the run and all others', async () => {
  const file = join(scratch, 'long.py');
  const mark = join(scratch, 'long.started');
  writeFileSync(
    file,
    `import time\ndef work(n):\n    open(${JSON.stringify(mark)}, "w").close()\n    time.sleep(600)\n`,
  );
  const args = [cli, 'compare', '--function', 'work', '--inputs', 'range(4)', file];
  const child = spawn(process.execPath, args, { env: { ...process.env, TMPDIR: scratch }, detached: true });
  let stderr = '';
  child.stderr.on('data', (data) => {
    stderr += data;
  });
  const ended = new Promise((end) => child.once('close', end));
  while (!existsSync(mark)) await new Promise((resume) => setTimeout(resume, 20));
  process.kill(-(child.pid as number), 'SIGINT');
  assert.equal(await ended, 130, stderr);
  assert.match(stderr, /^interleave: Stopped after 0 runs/);
});
