import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { pythonFiles } from '../../../../src/session/lint/pythonFiles';

const scratch = mkdtempSync(join(tmpdir(), 'interleave-lint-'));
after(() => rmSync(scratch, { recursive: true, force: true }));
let folders = 0;

/** A folder with these files; `link -> target` makes a link, a name that ends with a slash a folder. */
function tree(files: Readonly<Record<string, string>>): string {
  const top = join(scratch, String(folders++));
  mkdirSync(top);
  for (const [name, content] of Object.entries(files)) {
    const [path, target] = name.split(' -> ') as [string, string | undefined];
    const place = join(top, path);
    mkdirSync(path.endsWith('/') ? place : dirname(place), { recursive: true });
    if (target !== undefined) symlinkSync(target, place);
    else if (!path.endsWith('/')) writeFileSync(place, content);
  }
  return top;
}

/** Paths below a folder that are found when these of its paths are named. */
function found(top: string, ...named: readonly string[]): string[] {
  const paths = (named.length > 0 ? named : ['.']).map((path) => join(top, path));
  return pythonFiles(paths).files.map((file) => file.slice(top.length + 1));
}

test('Python files and notebooks of a folder are found, in the order of their names', () => {
  const top = tree({ 'b.py': '', 'a/x.pyw': '', 'a/x.pyi': '', 'a/n.ipynb': '', 'c.txt': '', 'C.PY': '' });
  assert.deepEqual(found(top), ['C.PY', 'a/n.ipynb', 'a/x.pyw', 'b.py']);
});

test('what tools and packages of others have put there is left out, unless it is named', () => {
  const top = tree({
    'a.py': '',
    '.git/a.py': '',
    '.venv/a.py': '',
    'venv/a.py': '',
    'x/site-packages/a.py': '',
    'node_modules/a.py': '',
    '__pycache__/a.py': '',
    'env/pyvenv.cfg': '',
    'env/a.py': '',
  });
  assert.deepEqual(found(top), ['a.py']);
  assert.deepEqual(found(top, 'venv', 'x/site-packages'), ['venv/a.py', 'x/site-packages/a.py']);
});

test('.gitignore files are heeded: of the folder, of those above it up to the repository, and below it', () => {
  const top = tree({
    '.gitignore': 'outside_*.py\n',
    'repository/.git/': '',
    'repository/.gitignore': '\ufeffbuild/\r\n*.gen.py\r\n/only_here.py\r\n',
    'repository/build/a.py': '',
    'repository/only_here.py': '',
    'repository/src/.gitignore': '!kept.gen.py\nsecret/*\n!secret/open.py\n',
    'repository/src/a.gen.py': '',
    'repository/src/kept.gen.py': '',
    'repository/src/only_here.py': '',
    'repository/src/outside_a.py': '',
    'repository/src/secret/open.py': '',
    'repository/src/secret/shut.py': '',
  });
  const inSource = ['kept.gen.py', 'only_here.py', 'outside_a.py', 'secret/open.py'];
  assert.deepEqual(
    found(top, 'repository'),
    inSource.map((name) => `repository/src/${name}`),
  );
  assert.deepEqual(
    found(top, 'repository/src'),
    inSource.map((name) => `repository/src/${name}`),
  );
});

test('what is ignored is linted when it is named', () => {
  const top = tree({ '.git/': '', '.gitignore': 'build\n*.gen.py', 'build/a.py': '', 'build/b.gen.py': '' });
  assert.deepEqual(found(top), []);
  assert.deepEqual(found(top, 'build'), ['build/a.py', 'build/b.gen.py']);
  assert.deepEqual(found(top, 'build/b.gen.py'), ['build/b.gen.py']);
});

test('without a repository the folder’s own .gitignore is heeded all the same', () => {
  const top = tree({ '.gitignore': 'a.py', 'a.py': '', 'b.py': '' });
  assert.deepEqual(found(top), ['b.py']);
});

test('each file is found once, links in circles end, and those that lead nowhere are left out', () => {
  const top = tree({
    'a/x.py': '',
    'a/loop -> ..': '',
    'a/nowhere.py -> gone': '',
    'a/same.py -> x.py': '',
    'self.py -> self.py': '',
    'folder.py/y.py': '',
    'linked -> a': '',
  });
  assert.deepEqual(found(top, '.', 'a', 'a/x.py'), ['a/same.py', 'folder.py/y.py']);
  assert.deepEqual(found(top, 'linked'), ['linked/same.py']);
});

test('a named file has any name, a path without anything is refused', () => {
  const top = tree({ script: '', 'x.pyi': '' });
  assert.deepEqual(found(top, 'script', 'x.pyi'), ['script', 'x.pyi']);
  assert.throws(() => found(top, 'gone.py'), /There is no file or folder .*gone\.py/);
});
