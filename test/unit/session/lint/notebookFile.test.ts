import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseNotebook, withCells } from '../../../../src/session/lint/notebookFile';

/** As Jupyter writes it: one space, a list of lines, characters as they are. */
const JUPYTER = `{
 "cells": [
  {
   "cell_type": "markdown",
   "metadata": {},
   "source": ["# Ä \\"cells\\": [{"]
  },
  {
   "cell_type": "code",
   "execution_count": 1.50,
   "metadata": {"tags": ["a","b"]},
   "outputs": [{"data": {"image/png": "aGk\\\\"}, "source": ["no"]}],
   "source": [
    "x = 'ä'\\n",
    "\\u00e4 = 2\\n",
    "y"
   ]
  }
 ],
 "metadata": {"language_info": {"name": "python"}},
 "nbformat": 4,
 "nbformat_minor": 5
}
`;

const ONE_LINE = `{"nbformat": 4, "cells": [{"source": "a\\nb \\u00e4", "cell_type": "code"}, {"cell_type": "code", "source": ["c\\n", "d"]}]}`;

const textsOf = (json: string) => parseNotebook(json).cells.map(({ text, isPython }) => (isPython ? text : null));

test('code cells are read, whether their source is a list or a string', () => {
  assert.deepEqual(textsOf(JUPYTER), [null, "x = 'ä'\nä = 2\ny"]);
  assert.deepEqual(textsOf(ONE_LINE), ['a\nb ä', 'c\nd']);
  assert.deepEqual(textsOf(''), []);
});

test('what is not changed is written as it was', () => {
  assert.equal(withCells(JUPYTER, new Map()), JUPYTER);
  const same = new Map([[1, "x = 'ä'\nä = 2\ny"]]);
  assert.equal(withCells(JUPYTER, same), JUPYTER);
});

test('a new source is written as the old one was', () => {
  const changed = withCells(JUPYTER, new Map([[1, "import ö\nx = 'ä'\nä = 2\ny\n"]]));
  const expected = JUPYTER.replace('"x =', '"import ö\\n",\n    "x =').replace('"y"', '"y\\n"');
  assert.equal(changed, expected);
  const both = new Map([
    [0, 'é\n"b"'],
    [1, 'c\ne\nf'],
  ]);
  assert.equal(
    withCells(ONE_LINE, both),
    ONE_LINE.replace('"a\\nb \\u00e4"', '"\\u00e9\\n\\"b\\""').replace('"d"', '"e\\n", "f"'),
  );
  const compact = '{"cells":[{"cell_type":"code","source":["a"]}],"nbformat":4}';
  assert.equal(withCells(compact, new Map([[0, 'a\nb']])), compact.replace('["a"]', '["a\\n","b"]'));
});

test('cells of other languages are left out', () => {
  const withMetadata = (metadata: object, cell: object = {}) =>
    textsOf(JSON.stringify({ nbformat: 4, metadata, cells: [{ cell_type: 'code', source: 'x', metadata: cell }] }));
  assert.deepEqual(withMetadata({ kernelspec: { language: 'python' } }), ['x']);
  assert.deepEqual(withMetadata({ language_info: { name: 'R' } }), [null]);
  assert.deepEqual(withMetadata({}, { vscode: { languageId: 'sql' } }), [null]);
});

test('what is no notebook is refused with a reason', () => {
  for (const json of ['{', '[]', '"x"', '{}', 'null', '{"cells": 1}'])
    assert.throws(() => parseNotebook(json), /it is not a notebook/, json);
  assert.throws(() => parseNotebook('{"nbformat": 3, "worksheets": []}'), /format 3 is an old one/);
  assert.deepEqual(textsOf('{"cells": [null, 1, {}, {"cell_type": "code", "source": [1]}]}'), [null, null, null, null]);
});
