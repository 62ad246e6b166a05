import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cellName, cellOfName, cellProgram, lineInCells, wordsInCells } from '../../../src/engine/cellProgram';

const CELLS = [
  { text: '# Title', isPython: false },
  { text: '%matplotlib inline\nimport threading\n!pip install x', isPython: true },
  { text: 'lock = threading.Lock()', isPython: true },
];
const program = cellProgram('plot.ipynb', CELLS);

test('a cell runs after the Python cells above it, without what only IPython understands', () => {
  assert.equal(program.text.replace(/ +/g, ''), '\nimportthreading\n\n\nlock=threading.Lock()\n\n');
  assert.deepEqual(program.leftOut, ['%matplotlib inline', '!pip install x']);
  assert.equal(program.fileName, 'plot-cell-3.py');
});

test('lines lead back to cells, and cells are known by their names', () => {
  assert.deepEqual(lineInCells(program, 2), { index: 1, line: 2 });
  assert.deepEqual(lineInCells(program, 5), { index: 2, line: 1 });
  assert.equal(cellName(program, 2), 'plot.ipynb cell 3');
  assert.equal(cellOfName(program, 'plot.ipynb cell 3'), 2);
  assert.equal(cellOfName(program, 'plot.ipynb cell 1'), -1);
});

test('sentences name lines of cells', () => {
  assert.equal(
    wordsInCells(program, 'Read at line 2 and at plot-cell-3.py:5, changed at other.py:5.'),
    'Read at cell 2 line 2 and at plot.ipynb cell 3:1, changed at other.py:5.',
  );
});
