import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseCommandLine } from '../../../src/cli/arguments';
import { Failure } from '../../../src/support/failure';

const words = (line: string) => line.split(' ').filter((word) => word !== '');

/** What is said about a command line that is wrong. */
function complaint(line: string): string {
  try {
    parseCommandLine(words(line));
  } catch (error) {
    assert.ok(error instanceof Failure, String(error));
    return error.message;
  }
  assert.fail(`"${line}" was understood`);
}

const DEFAULTS = {
  kind: 'run',
  args: [],
  mode: 'as-written',
  function: '',
  inputs: '',
  workers: 0,
  python: undefined,
  timeoutSeconds: undefined,
  spans: true,
  lines: false,
  race: 'auto',
  out: undefined,
  json: undefined,
  failOn: undefined,
  sarif: undefined,
};

test('run takes its options on both sides of the file, and leaves to the program what is behind --', () => {
  assert.deepEqual(parseCommandLine(['run', 'a.py']), { ...DEFAULTS, file: 'a.py' });
  assert.deepEqual(
    parseCommandLine(words('run --no-spans --timeout 1.5 a.py --json - --out=t.interleave -- --json x -- y')),
    {
      ...DEFAULTS,
      file: 'a.py',
      spans: false,
      timeoutSeconds: 1.5,
      json: '-',
      out: 't.interleave',
      args: ['--json', 'x', '--', 'y'],
    },
  );
});

test('a function is run in the mode and over the inputs that are given', () => {
  const line = ['run', '--mode', 'thread', '--function', 'f', '--inputs', '[-1, 2]', '--workers=3', 'a.py'];
  assert.deepEqual(parseCommandLine(line), {
    ...DEFAULTS,
    file: 'a.py',
    mode: 'thread',
    function: 'f',
    inputs: '[-1, 2]',
    workers: 3,
  });
  const negative = parseCommandLine(['run', '--function', 'f', '--inputs', '-x', 'a.py']);
  assert.deepEqual(negative, { ...DEFAULTS, file: 'a.py', mode: 'sequential', function: 'f', inputs: '-x' });
});

test('whether shared accesses are recorded, and what becomes of findings', () => {
  const run = { ...DEFAULTS, file: 'a.py' };
  assert.deepEqual(parseCommandLine(words('run --race a.py')), { ...run, race: 'on' });
  assert.deepEqual(parseCommandLine(words('run --no-race a.py')), { ...run, race: 'off' });
  assert.deepEqual(parseCommandLine(words('run --fail-on warning --sarif=f.sarif a.py')), {
    ...run,
    failOn: 'warning',
    sarif: 'f.sarif',
  });
});

test('the other commands', () => {
  const plain = { kind: 'report', trace: 't', json: undefined, failOn: undefined, sarif: undefined };
  assert.deepEqual(parseCommandLine(words('report t')), plain);
  assert.deepEqual(parseCommandLine(words('report --json - t')), { ...plain, json: '-' });
  assert.deepEqual(parseCommandLine(words('report t --fail-on error --sarif s')), {
    ...plain,
    failOn: 'error',
    sarif: 's',
  });
  assert.deepEqual(parseCommandLine(words('dump t')), { kind: 'dump', trace: 't' });
  assert.deepEqual(parseCommandLine(words('export t --to svg f')), {
    kind: 'export',
    trace: 't',
    format: 'svg',
    file: 'f',
  });
  assert.deepEqual(parseCommandLine(['--help']), { kind: 'help' });
  assert.deepEqual(parseCommandLine(words('run --help')), { kind: 'help' });
  assert.deepEqual(parseCommandLine(['--version']), { kind: 'version' });
});

const WRONG: readonly (readonly [string, RegExp])[] = [
  ['', /Nothing to do/],
  ['walk', /no command walk/],
  ['constructor', /no command constructor/],
  ['run', /needs one FILE/],
  ['run -- a.py', /needs one FILE/],
  ['run a.py b.py', /one FILE, not a\.py and b\.py; .* behind --/],
  ['run a.py --fast', /no option --fast; .* behind --/],
  ['run --mode', /--mode needs a value/],
  ['run --mode --no-spans a.py', /--mode needs a value/],
  ['run --out= a.py', /--out needs a value/],
  ['run --no-spans --lines a.py', /--lines needs the functions/],
  ['run --no-spans=1 a.py', /--no-spans takes no value/],
  ['run --workers 1 --workers 2 a.py', /--workers is given twice/],
  ['run --mode quick a.py', /no mode quick; there are as-written, sequential/],
  ['run --mode thread a.py', /needs --function/],
  ['run --mode as-written --function f --inputs x a.py', /leave --function out/],
  ['run --function f a.py', /needs --inputs/],
  ['run --inputs x a.py', /--inputs needs --function/],
  ['run --workers 2 a.py', /--workers needs --function/],
  ...['0', '-1', '1.5', 'many', '1e3', '9999'].map(
    (n) => [`run --function f --inputs x --workers ${n} a.py`, /--workers must be a whole number/] as const,
  ),
  ...['0', '-3', 'soon', 'NaN', 'Infinity', '1e99'].map(
    (n) => [`run --timeout ${n} a.py`, /--timeout must be a number of seconds/] as const,
  ),
  ['run --race --no-race a.py', /--race and --no-race exclude each other/],
  ['run --fail-on info a.py', /--fail-on must be error or warning, not info/],
  ['run --fail-on= a.py', /--fail-on must be error or warning, not nothing/],
  ['run --sarif= a.py', /--sarif needs a value/],
  ['report', /needs one TRACE/],
  ['report a b', /one TRACE, not a and b/],
  ['report t -- x', /no arguments behind --/],
  ['dump --json - t', /no option --json/],
  ['export t f', /needs --to with one of perfetto/],
  ['export t --to gif f', /not gif/],
  ['export t --to svg', /a TRACE and the FILE/],
];

for (const [line, expected] of WRONG) {
  test(`one sentence about: interleave ${line}`, () => {
    const sentence = complaint(line);
    assert.match(sentence, expected);
    assert.match(sentence, /^[^\n]+\.$/);
  });
}

test('confirm takes a trace and a finding of it', () => {
  const defaults = { kind: 'confirm', python: undefined, timeoutSeconds: undefined, out: undefined, json: undefined };
  assert.deepEqual(parseCommandLine(words('confirm a.interleave 2')), {
    ...defaults,
    trace: 'a.interleave',
    finding: '2',
  });
  assert.deepEqual(
    parseCommandLine(words('confirm --timeout 5 --python p --out b --json - a.interleave order.cycle')),
    {
      ...defaults,
      trace: 'a.interleave',
      finding: 'order.cycle',
      timeoutSeconds: 5,
      python: 'p',
      out: 'b',
      json: '-',
    },
  );
  assert.match(complaint('confirm a.interleave'), /needs a TRACE and a FINDING/);
  assert.match(complaint('confirm a.interleave 1 2'), /needs a TRACE and a FINDING/);
  assert.match(complaint('confirm --race a.interleave 1'), /has no option --race/);
});

test('compare takes several Pythons and a choice of modes, with sequential in any case', () => {
  const line = 'compare --function f --inputs range(4) --python a --python=b --modes process,thread --repeat 5 x.py';
  assert.deepEqual(parseCommandLine(words(line)), {
    kind: 'compare',
    file: 'x.py',
    function: 'f',
    inputs: 'range(4)',
    workers: 0,
    modes: ['sequential', 'thread', 'process'],
    repeat: 5,
    pythons: ['a', 'b'],
    timeoutSeconds: undefined,
    json: undefined,
  });
  const least = parseCommandLine(words('compare --function f --inputs range(4) x.py'));
  assert.ok(least.kind === 'compare');
  assert.deepEqual([least.modes.length, least.repeat, least.pythons], [5, 3, []]);
});

test('compare says what is missing or wrong', () => {
  assert.match(complaint('compare x.py --inputs []'), /needs --function/);
  assert.match(complaint('compare x.py --function f'), /needs --inputs/);
  assert.match(complaint('compare --function f --inputs []'), /FILE/);
  assert.match(
    complaint('compare x.py --function f --inputs [] --modes fast'),
    /no mode fast to compare; there are seq/,
  );
  assert.match(complaint('compare x.py --function f --inputs [] --repeat 0'), /--repeat must be a whole number/);
  assert.match(complaint('compare x.py --function f --inputs [] --workers 1 --workers 2'), /given twice/);
});

test('scaling takes one mode with workers, threads when none is given', () => {
  const line =
    'scaling --function f --inputs range(4) --mode process --max 8 --repeat 1 --python a --timeout 5 --json - x.py';
  assert.deepEqual(parseCommandLine(words(line)), {
    kind: 'scaling',
    file: 'x.py',
    function: 'f',
    inputs: 'range(4)',
    mode: 'process',
    most: 8,
    repeat: 1,
    python: 'a',
    timeoutSeconds: 5,
    json: '-',
  });
  const least = parseCommandLine(words('scaling --function f --inputs range(4) x.py'));
  assert.ok(least.kind === 'scaling');
  assert.deepEqual([least.mode, least.most, least.repeat, least.python], ['thread', 0, 3, undefined]);
});

test('scaling says what is missing or wrong', () => {
  assert.match(complaint('scaling x.py --inputs []'), /interleave scaling needs --function/);
  assert.match(complaint('scaling x.py --function f'), /interleave scaling needs --inputs/);
  assert.match(complaint('scaling --function f --inputs []'), /FILE/);
  assert.match(complaint('scaling x.py --function f --inputs [] --mode sequential'), /no mode sequential with workers/);
  assert.match(complaint('scaling x.py --function f --inputs [] --max many'), /--max must be a whole number/);
  assert.match(complaint('scaling x.py --function f --inputs [] --workers 4'), /has no option --workers/);
});
