import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, test } from 'node:test';
import { parseCommandLine } from '../../../src/cli/arguments';
import { fixedLine, summaryLine } from '../../../src/cli/lintReport';
import type { FileFinding } from '../../../src/engine/lint/fileFinding';

const cli = resolve('dist/cli.js');
const BAD = 'import threading\n\nwith threading.Lock():\n    pass\n';
const NOTEBOOK = JSON.stringify({
  nbformat: 4,
  cells: [
    { cell_type: 'markdown', source: '# x' },
    { cell_type: 'code', source: ['!ls\n', 'import threading'] },
    { cell_type: 'code', source: 'with threading.Lock():\n    pass' },
  ],
});

const scratch = mkdtempSync(join(tmpdir(), 'interleave-lint-'));
after(() => rmSync(scratch, { recursive: true, force: true }));
mkdirSync(join(scratch, 'package'));
writeFileSync(join(scratch, 'package/bad.py'), BAD);
writeFileSync(join(scratch, 'package/book.ipynb'), NOTEBOOK);
writeFileSync(join(scratch, 'good.py'), 'import threading\n');
writeFileSync(join(scratch, 'broken.py'), Buffer.from([0xff, 0xfe]));
writeFileSync(join(scratch, 'asks.py'), BAD);

function lint(...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, 'lint', ...args], {
    cwd: scratch,
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

test('findings are lines with place, severity, rule and message, and a sentence follows', () => {
  const { status, stdout, stderr } = lint('package', 'good.py');
  const [first, second, last, ...more] = stdout.split('\n');
  assert.match(first ?? '', /^package\/bad\.py:3:6: error THR101 \S.*\.$/);
  assert.match(second ?? '', /^package\/book\.ipynb:cell 3:1:6: error THR101 \S.*\.$/);
  assert.match(last ?? '', /^2 findings in 3 files: 2 errors/);
  assert.deepEqual([status, stderr, more], [1, '', ['']]);
});

test('without findings the status is 0', () => {
  assert.deepEqual(lint('good.py'), { status: 0, stdout: 'Nothing found in 1 file.\n', stderr: '' });
});

test('JSON has all findings, with columns from 1', () => {
  const { status, stdout, stderr } = lint('--json', '-', 'package');
  const { schema, findings } = JSON.parse(stdout);
  assert.deepEqual([status, stderr, schema], [1, '', 'interleave.lint/1']);
  const [inFile, inNotebook] = findings;
  const keys = ['rule', 'severity', 'message', 'file', 'line', 'column', 'endLine', 'endColumn', 'fixable', 'related'];
  assert.deepEqual(Object.keys(inFile), keys);
  const { message, fixable, ...rest } = inFile;
  assert.deepEqual(rest, {
    rule: 'THR101',
    severity: 'error',
    file: 'package/bad.py',
    line: 3,
    column: 6,
    endLine: 3,
    endColumn: 22,
    related: [],
  });
  assert.equal(typeof fixable, 'boolean');
  assert.deepEqual([inNotebook.cell, inNotebook.line, inNotebook.column], [3, 1, 6]);
  assert.deepEqual(JSON.parse(lint('--json', '-', 'good.py').stdout).findings, []);
});

test('documents go to files, and the text to stdout', () => {
  const { stdout } = lint('--json', 'found.json', '--sarif', 'found.sarif', 'package');
  assert.match(stdout, /2 findings/);
  assert.equal(JSON.parse(readFileSync(join(scratch, 'found.json'), 'utf8')).findings.length, 2);
  const sarif = JSON.parse(readFileSync(join(scratch, 'found.sarif'), 'utf8'));
  assert.equal(sarif.runs[0].results.length, 2);
  assert.equal(JSON.parse(lint('--sarif', '-', 'package').stdout).version, '2.1.0');
});

test('SARIF names rules with their pages, places below the folder, and cells in words', () => {
  const [run] = JSON.parse(lint('--sarif', '-', 'package').stdout).runs;
  const [rule, ...more] = run.tool.driver.rules;
  assert.deepEqual([rule.id, more], ['THR101', []]);
  assert.match(rule.help.markdown, /^# /);
  const [inFile, inNotebook] = run.results;
  assert.deepEqual([inFile.ruleId, inFile.ruleIndex, inFile.level], ['THR101', 0, 'error']);
  assert.deepEqual(inFile.locations, [
    {
      physicalLocation: {
        artifactLocation: { uri: 'package/bad.py', uriBaseId: 'ROOT' },
        region: { startLine: 3, startColumn: 6, endLine: 3, endColumn: 22 },
      },
    },
  ]);
  const [location] = inNotebook.locations;
  assert.equal(location.physicalLocation.region, undefined);
  assert.equal(location.logicalLocations[0].fullyQualifiedName, 'cell 3, line 1');
});

test('rules are chosen by id, name, group and ALL', () => {
  const statusOf = (...args: readonly string[]) => lint(...args, 'package').status;
  assert.equal(statusOf('--select', 'THR101'), 1);
  assert.equal(statusOf('--select', 'lock-created-at-use'), 1);
  assert.equal(statusOf('--select', 'thr'), 1);
  assert.equal(statusOf('--select', 'ALL'), 1);
  assert.equal(statusOf('--select', 'DEFAULT'), 1);
  assert.equal(statusOf('--ignore', 'THR101'), 0);
  assert.equal(statusOf('--select', 'ALL', '--ignore', 'THR'), 0);
});

test('a file that cannot be read is told, and the others are linted', () => {
  const { status, stdout, stderr } = lint('broken.py', 'asks.py');
  assert.equal(status, 1);
  assert.match(stdout, /^asks\.py:3:6: /);
  assert.match(stdout, /1 finding in 1 file/);
  assert.match(stderr, /^interleave: broken\.py cannot be read: it is not UTF-8[^\n]*\n$/);
  assert.equal(lint('broken.py', 'good.py').status, 2, 'nothing was found, but not everything was looked at');
});

test('--fix mends files, says so, and tells what is left', () => {
  const programs = resolve('test/programs/lint/THR112');
  const mended = readFileSync(join(programs, 'fix.fixed.py'), 'utf8');
  writeFileSync(join(scratch, 'mended.py'), readFileSync(join(programs, 'fix.py')));
  const first = lint('--select', 'THR112', '--fix', 'mended.py');
  assert.equal(readFileSync(join(scratch, 'mended.py'), 'utf8'), mended);
  assert.match(first.stdout, /^mended\.py: fixed \d+ THR112\nFixed \d+ findings\. Nothing else found in 1 file\.\n$/);
  assert.equal(first.status, 0);
  const second = lint('--select', 'THR101', '--fix', '--json', '-', 'mended.py');
  assert.doesNotThrow(() => JSON.parse(second.stdout));
});

test('wrong use is one sentence, and the status 2', () => {
  const cases: readonly (readonly [args: readonly string[], sentence: RegExp])[] = [
    [[], /needs PATHS/],
    [['gone.py'], /no file or folder gone\.py/],
    [['--select', 'THR000', 'good.py'], /no rule THR000/],
    [['--ignore', ',', 'good.py'], /--ignore needs a value/],
    [['--json', '-', '--sarif', '-', 'good.py'], /name the same file/],
    [['--json', 'gone/x.json', 'good.py'], /cannot be written/],
    [['--fixed', 'good.py'], /no option --fixed/],
  ];
  for (const [args, sentence] of cases) {
    const { status, stdout, stderr } = lint(...args);
    assert.deepEqual([status, stdout], [2, ''], args.join(' '));
    assert.match(stderr, sentence);
    assert.equal(stderr.split('\n').length, 2, stderr);
  }
});

test('paths may stand behind --, where they may begin with a dash', () => {
  const command = parseCommandLine(['lint', '--fix', 'a', '--', '-b.py', '--json']);
  assert.deepEqual(command, {
    kind: 'lint',
    paths: ['a', '-b.py', '--json'],
    select: undefined,
    ignore: [],
    fix: true,
    json: undefined,
    sarif: undefined,
  });
});

test('what was mended is told, and what is left', () => {
  assert.equal(fixedLine('a.py', ['THR102', 'AIO201', 'THR102']), 'a.py: fixed 1 AIO201, 2 THR102\n');
  const place = { line: 1, column: 0, endLine: 1, endColumn: 1 };
  const left: FileFinding = {
    ...place,
    rule: 'THR101',
    severity: 'info',
    message: 'x.',
    file: 'a.py',
    related: [],
    source: '',
    fix: { title: 'x', edits: [] },
  };
  assert.equal(
    summaryLine([left, { ...left, severity: 'warning' }], 5, 1),
    'Fixed 1 finding. 2 findings left in 5 files: 1 warning, 1 info; --fix can mend 2.\n',
  );
  assert.equal(summaryLine([], 1, 2), 'Fixed 2 findings. Nothing else found in 1 file.\n');
  assert.equal(summaryLine([], 0, 0), 'No Python file or notebook was linted.\n');
});
