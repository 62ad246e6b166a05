// What the scripts share. Plain Node without dependencies, since they also run before anything is installed.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's folder. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)));

const NOT_OURS = new Set(['node_modules', '__pycache__', '.git']);

/** Runs a program in the project's folder with our own input and output; returns its exit status. */
export function run(program, args, options = {}) {
  const { status, error } = spawnSync(program, args, { cwd: root, stdio: 'inherit', ...options });
  if (error) throw error;
  return status ?? 1;
}

/** Paths of files below a folder of the project whose names match, sorted; none when the folder does not exist. */
export function filesBelow(folder, matches) {
  const top = join(root, folder);
  return existsSync(top) ? walk(top, matches).sort() : [];
}

function walk(folder, matches) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return NOT_OURS.has(entry.name) ? [] : walk(path, matches);
    return entry.isFile() && matches(entry.name) ? [path] : [];
  });
}

/** Runs biome, the tool for TypeScript, JavaScript, CSS and JSON; returns its exit status. */
export function biome(...args) {
  return run(process.execPath, [join(root, 'node_modules/@biomejs/biome/bin/biome'), ...args]);
}

/** Test files below a folder, those alone whose path has one of the `wanted` parts in it; ends when there is none. */
export function testFiles(folder, ending, wanted) {
  const files = filesBelow(folder, (name) => name.endsWith(ending))
    .map((file) => relative(root, file))
    .filter((file) => wanted.length === 0 || wanted.some((part) => file.includes(part)));
  if (files.length > 0) return files;
  console.error(`No test in ${folder} has such a name.`);
  process.exit(1);
}

/** Runs test files by Node's own runner; returns its exit status. */
export function nodeTest(files, ...options) {
  return run(process.execPath, ['--enable-source-maps', '--test', '--test-reporter=spec', ...options, ...files]);
}
