/** What ruff reports for a file, by files of configuration in folders. */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { type RuffSettings, ruffSelection } from '../../../../src/session/lint/ruffConfig';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'interleave-test-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** `SELECTED WORDS - IGNORED WORDS` for a file in `p/q`. */
function selection(files: Readonly<Record<string, string>>, settings: RuffSettings = {}): string {
  mkdirSync(join(folder, 'p/q'), { recursive: true });
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  const { selected, ignored } = ruffSelection(join(folder, 'p/q'), settings);
  return `${selected.join(' ')} - ${ignored.join(' ')}`;
}

test('without a configuration, what ruff has from the start', () => {
  assert.equal(selection({}), 'E4 E7 E9 F - ');
  assert.equal(selection({ 'p/pyproject.toml': '[tool.black]\n', 'p/ruff.toml': 'not = = toml' }), 'E4 E7 E9 F - ');
});

test('the nearest one, in each of its forms', () => {
  const outer = { 'pyproject.toml': '[tool.ruff.lint]\nselect = ["ALL"]\nignore = ["D"]\n' };
  assert.equal(selection(outer), 'ALL - D');
  assert.equal(selection({ ...outer, 'p/ruff.toml': 'extend-select = ["PLW"]\n' }), 'E4 E7 E9 F PLW - ');
  assert.equal(
    selection({ ...outer, 'p/q/.ruff.toml': '[lint]\nselect = ["F"]\nextend-select = ["ASYNC"]\n' }),
    'F ASYNC - ',
  );
});

test('one that extends another one', () => {
  const files = {
    'base.toml': '[lint]\nselect = ["PL"]\nignore = ["PLR"]\n',
    'p/q/ruff.toml': 'extend = "../../base.toml"\n[lint]\nextend-select = ["RUF"]\n',
  };
  assert.equal(selection(files), 'PL RUF - PLR');
  assert.equal(selection({ 'p/q/ruff.toml': 'extend = "ruff.toml"\n' }), 'E4 E7 E9 F - ');
});

test("the editor's settings go first", () => {
  const files = { 'p/ruff.toml': '[lint]\nselect = ["PL"]\n' };
  assert.equal(selection(files, { select: ['E'], extendSelect: ['B'], ignore: ['E5'] }), 'E B - E5');
});
