import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { LintDocument } from '../../../../src/engine/lint/linter';
import { editsInCells, joinCells, placeInCells } from '../../../../src/engine/lint/notebook';
import { withoutMagics } from '../../../../src/engine/lint/notebookMagics';
import { testGrammar } from '../../../support/lint';

const code = (text: string) => ({ text, isPython: true });
const words = (text: string) => ({ text, isPython: false });

describe('cells of a notebook', () => {
  const cells = [words('# Title'), code('import threading'), code('lock = threading.Lock()\nlock.acquire()'), code('')];
  const joined = joinCells(cells);

  test('are one module in their order, without those that are no code', () => {
    assert.equal(joined.text, 'import threading\n\nlock = threading.Lock()\nlock.acquire()\n\n\n\n');
  });

  test('have their own lines', () => {
    assert.deepEqual(placeInCells(joined, { line: 4, column: 0, endLine: 4, endColumn: 14 }), {
      index: 2,
      line: 2,
      column: 0,
      endLine: 2,
      endColumn: 14,
    });
    assert.equal(placeInCells(joined, { line: 6, column: 0, endLine: 6, endColumn: 0 })?.index, 3);
    assert.equal(placeInCells(joinCells([]), { line: 1, column: 0, endLine: 1, endColumn: 0 }), undefined);
  });

  test('end a place that goes on behind them', () => {
    const place = placeInCells(joined, { line: 3, column: 7, endLine: 6, endColumn: 0 });
    assert.deepEqual(place, { index: 2, line: 1, column: 7, endLine: 2, endColumn: 14 });
  });

  test('take edits that lie in one of them', () => {
    const at = joined.text.indexOf('lock.acquire()');
    assert.deepEqual(editsInCells(joined, [{ start: at, end: at + 14, text: 'with lock:' }]), [
      { index: 2, start: 24, end: 38, text: 'with lock:' },
    ]);
    assert.deepEqual(editsInCells(joined, [{ start: 0, end: 0, text: 'x\n' }]), [
      { index: 1, start: 0, end: 0, text: 'x\n' },
    ]);
    assert.equal(editsInCells(joined, [{ start: 3, end: at, text: '' }]), undefined);
    const both = [
      { start: 0, end: 0, text: 'x\n' },
      { start: 3, end: at, text: '' },
    ];
    assert.equal(editsInCells(joined, both), undefined);
  });

  test('take no edit that touches a magic', () => {
    const magic = joinCells([code('%%time\nx = 1'), code('%pylab\ny = 2')]);
    const edit = (start: number, end: number) => editsInCells(magic, [{ start, end, text: 'z\n' }]);
    assert.equal(edit(0, 0), undefined, 'a cell’s magic stays first');
    assert.equal(edit(3, 3), undefined);
    assert.ok(edit(7, 7));
    const second = magic.text.indexOf('y') - 7;
    assert.ok(edit(second, second), 'a line may come before a magic');
    assert.equal(edit(second, second + 8), undefined);
  });
});

/** Each with a dot for each space, so that lengths are seen. */
const MAGICS: readonly (readonly [what: string, cell: string, plain: string])[] = [
  ['a magic of a line', '%matplotlib inline\nx = 1', '..................\nx.=.1'],
  ['a command of the shell', '!pip install x\nx = 1', '..............\nx.=.1'],
  ['a command of several lines', '!echo a \\\n  b\nx', '.........\n...\nx'],
  ['a magic in a block', 'if x:\n    %time f()', 'if.x:\n....0........'],
  ['a magic whose value is kept', 'files = !ls *.py', 'files.=.0.......'],
  ['a question', 'len?\nlen??\n?len', '....\n.....\n....'],
  ['a magic of another language', '%%bash\nrm -r (\n', '......\n.......\n'],
  ['a magic around Python', '\n%%time\nf()', '\n......\nf()'],
  ['an unknown magic of a cell', '%%sql --x\nselect', '.........\n......'],
  ['a rest in brackets', 'x = (a\n  % b)', 'x.=.(a\n..%.b)'],
  ['a rest behind a backslash', 'x = a \\\n  % b', 'x.=.a.\\\n..%.b'],
  ['a rest in a text', 's = """\n%d\n"""\n%d', 's.=."""\n%d\n"""\n..'],
  ['quotes in quotes', 's = "\'\'\'" + \'"""\'\n%d', 's.=."\'\'\'".+.\'"""\'\n..'],
  ['a quote behind a backslash', "s = '\\''\n%d", "s.=.'\\''\n.."],
  ['a bracket in a comment', 'x = 1  # (\n%d', 'x.=.1..#.(\n..'],
  ['a text that does not end', "s = 'x\n%d", "s.=.'x\n.."],
  ['comparisons and remainders', 'a %= b\na != b\nx = a % b', 'a.%=.b\na.!=.b\nx.=.a.%.b'],
  ['a cell that is not finished', 'f(\n%d', '..\n..'],
  ['lines of Windows', '%a\r\nx = (1,\r\n%b)\r\n', '..\r\nx.=.(1,\r\n%b)\r\n'],
  ['lines of old Macs', '%a\rx', '..\nx'],
];

describe('IPython', () => {
  for (const [what, cell, plain] of MAGICS) {
    test(`${what} has its place`, () => {
      const { text } = withoutMagics(cell);
      assert.equal(text.replaceAll(' ', '.'), plain);
      assert.equal(text.length, cell.length);
    });
  }
});

test('a rule about processes that import the file says nothing in a notebook', async () => {
  const grammar = await testGrammar();
  const text = 'import multiprocessing\n\npool = multiprocessing.Pool(2)\nprint(pool.map(str, [1, 2]))\n';
  const rulesIn = (isNotebook: boolean): string[] => {
    const document = new LintDocument(grammar, text, isNotebook);
    const found = document.findings().map(({ rule }) => rule);
    document.dispose();
    return found;
  };
  assert.deepEqual(rulesIn(false), ['MPR301']);
  assert.deepEqual(rulesIn(true), []);
});
