import assert from 'node:assert/strict';
import {
  chmodSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import type { LintRule } from '../../../../src/engine/lint/rule';
import { lintFile, mendFile } from '../../../../src/session/lint/lintFile';
import { testGrammar } from '../../../support/lint';

const scratch = mkdtempSync(join(tmpdir(), 'interleave-lint-'));
after(() => rmSync(scratch, { recursive: true, force: true }));
const grammar = testGrammar();

/** Wants every `oneN` to be `one(N-1)`, and `one0` to be two lines: takes a round for each. */
const countDown: LintRule = {
  id: 'TST001',
  name: 'count-down',
  title: 'Test',
  severity: 'warning',
  check(module, report) {
    for (const node of module.all('identifier')) {
      const number = /^one(\d+)$/.exec(node.text)?.[1];
      if (number === undefined) continue;
      const text = number === '0' ? 'done\ndone' : `one${Number(number) - 1}`;
      const edits = [{ start: node.start, end: node.end, text }];
      report({
        node,
        message: `${node.text} is too much.`,
        related: [{ node, text: 'here' }],
        fix: { title: 'x', edits },
      });
    }
  },
};

const plan = async () => ({ grammar: await grammar, levels: {}, rules: [countDown] });

/** What the linter makes of a file with these bytes. */
async function mend(name: string, content: string | Buffer) {
  const path = join(scratch, name);
  writeFileSync(path, content);
  const result = mendFile(path, await plan());
  return { ...result, path, bytes: readFileSync(path), text: readFileSync(path, 'utf8') };
}

test('fixes are applied until none is left', async () => {
  const { text, findings, fixed } = await mend('a.py', 'import threading\none2\nx = one0\n');
  assert.equal(text, 'import threading\ndone\ndone\nx = done\ndone\n');
  assert.deepEqual([findings.length, fixed.length], [0, 4]);
});

test('a fix that always makes room for another one ends, and what is left is told', async () => {
  const { text, findings } = await mend('rounds.py', 'import threading\none9\n');
  assert.equal(text, 'import threading\none4\n');
  assert.deepEqual(
    findings.map(({ message, line }) => [message, line]),
    [['one4 is too much.', 2]],
  );
});

test('mark, line ends and encoding stay', async () => {
  const windows = await mend('windows.py', '\ufeffimport threading\r\nx = "ä"; one0\r\n');
  assert.equal(windows.text, '\ufeffimport threading\r\nx = "ä"; done\r\ndone\r\n');
  const mac = await mend('mac.py', 'import threading\rone0\r');
  assert.equal(mac.text, 'import threading\rdone\rdone\r');
  const latin = await mend('latin.py', Buffer.from('# coding: latin-1\nimport threading\n"\xe4"; one0\n', 'latin1'));
  assert.equal(latin.bytes.toString('latin1'), '# coding: latin-1\nimport threading\n"\xe4"; done\ndone\n');
});

test('columns do not count the mark, lines count each kind of line end', async () => {
  const path = join(scratch, 'places.py');
  writeFileSync(path, '\ufeffone1; import threading\r\rone1');
  const findings = lintFile(path, await plan());
  assert.deepEqual(
    findings.map(({ line, column, source }) => [line, column, source.trim()]),
    [
      [1, 0, 'one1; import threading'],
      [3, 0, 'one1'],
    ],
  );
});

test('an encoding that can only be read is left, and the findings are told', async () => {
  const content = Buffer.from('# coding: euc-jp\nimport threading\n"\xa4\xa2"; one0\n', 'latin1');
  const { bytes, findings, fixed, problem } = await mend('japanese.py', content);
  assert.deepEqual(bytes, content);
  assert.deepEqual([findings.length, fixed.length], [1, 0]);
  assert.match(problem?.message ?? '', /japanese\.py cannot be mended/);
});

test('mode stays, a link stays a link, and nothing is left beside the file', async () => {
  const { path } = await mend('real.py', '');
  writeFileSync(path, 'import threading\none0\n');
  chmodSync(path, 0o751);
  const link = join(scratch, 'link.py');
  symlinkSync('real.py', link);
  mendFile(link, await plan());
  assert.equal(readFileSync(path, 'utf8'), 'import threading\ndone\ndone\n');
  assert.equal(statSync(path).mode & 0o777, 0o751);
  assert.ok(lstatSync(link).isSymbolicLink());
  assert.deepEqual(
    readdirSync(scratch).filter((name) => name.endsWith('.part')),
    [],
  );
});

test('a file without anything to mend is not written', async () => {
  const { path } = await mend('same.py', 'import threading\n');
  const before = statSync(path, { bigint: true });
  mendFile(path, await plan());
  const after = statSync(path, { bigint: true });
  assert.deepEqual([after.ino, after.mtimeNs], [before.ino, before.mtimeNs]);
});

test('in a notebook places count in cells, and fixes go into their sources', async () => {
  const json = `{"nbformat": 4, "cells": [
    {"cell_type": "markdown", "source": "one1"},
    {"cell_type": "code", "source": ["%matplotlib inline\\n", "import threading\\n", "one0"], "outputs": []},
    {"cell_type": "code", "source": "\\n  one0"}
]}`;
  const path = join(scratch, 'book.ipynb');
  writeFileSync(path, json);
  assert.deepEqual(
    lintFile(path, await plan()).map(({ cell, line, column, related }) => [cell, line, column, related[0]?.cell]),
    [
      [2, 3, 0, 2],
      [3, 2, 2, 3],
    ],
  );
  const { text } = await mend('book.ipynb', json);
  assert.equal(text, json.replace('"one0"', '"done\\n", "done"').replace('one0', 'done\\ndone'));
});
