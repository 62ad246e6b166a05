// Format and lint of Python by ruff, as a WebAssembly module: the same on each platform, and no Python is needed.
import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import ruff from '@astral-sh/ruff-wasm-nodejs';
import { parse } from 'smol-toml';
import { filesBelow, root } from './support.mjs';

/** Programs of tests are as their test needs them: what is wrong in them is meant. */
const AS_THEY_ARE = [join(root, 'test/programs')];

const settings = parse(readFileSync(join(root, 'ruff.toml'), 'utf8'));
const workspace = new ruff.Workspace(settings, ruff.PositionEncoding.Utf16);

export function pythonFiles() {
  return ['runtime', 'test', 'examples', 'bench', 'scripts']
    .flatMap((folder) => filesBelow(folder, (name) => name.endsWith('.py')))
    .filter((file) => !AS_THEY_ARE.some((folder) => file.startsWith(folder)));
}

/** The file's text as it should be; throws when it is not Python. */
export function formatPython(text) {
  return workspace.format(text);
}

/** What is wrong in a file, one line each, with its place. */
export function lintPython(file) {
  return workspace.check(readFileSync(file, 'utf8')).map(({ code, message, start_location: start }) => {
    return `${relative(root, file)}:${start.row}:${start.column} ${code ?? 'syntax'} ${message}`;
  });
}

/** The text with all fixes applied that cannot change what it means. */
export function fixPython(text) {
  let current = text;
  for (let round = 0; round < 20; round += 1) {
    const fix = workspace.check(current).find((finding) => finding.code === 'I001' && finding.fix)?.fix;
    if (!fix) return current;
    current = applyEdits(current, fix.edits);
  }
  return current;
}

function applyEdits(text, edits) {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  const offset = ({ row, column }) => starts[row - 1] + column - 1;
  return edits
    .map((edit) => ({ from: offset(edit.location), to: offset(edit.end_location), content: edit.content ?? '' }))
    .sort((a, b) => b.from - a.from)
    .reduce((result, { from, to, content }) => result.slice(0, from) + content + result.slice(to), text);
}
