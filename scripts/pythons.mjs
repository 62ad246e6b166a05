// Finds the Pythons of this machine that Interleave supports: one of each version and build.
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const windows = process.platform === 'win32';
const NAME = windows ? /^python(3(\.\d+t?)?)?\.exe$/i : /^python3(\.\d+t?)?$/;
const QUESTION =
  'import platform, sys; print("|".join([platform.python_implementation(), "%d.%d" % sys.version_info[:2],' +
  ' platform.python_version(), "t" if "t" in getattr(sys, "abiflags", "") else ""]))';

/**
 * `name` is as in "3.13t", `label` as in "Python 3.13t (3.13.0)", `version` as in [3, 13].
 * @typedef {{ path: string, name: string, label: string, version: number[] }} Python
 */

/** All supported Pythons, oldest first. @returns {Python[]} */
export function findPythons() {
  const found = new Map();
  const asked = new Set();
  for (const path of candidates()) {
    const real = realpathSync(path);
    if (asked.has(real)) continue;
    asked.add(real);
    const python = ask(path);
    if (python && !found.has(python.name)) found.set(python.name, python);
  }
  return [...found.values()].sort((a, b) => order(a.name) - order(b.name));
}

/** @param {Python[]} pythons oldest first */
export function oldestAndNewest(pythons) {
  return pythons.length > 1 ? [pythons[0], pythons[pythons.length - 1]] : pythons;
}

/** Where Pythons usually are, the one that "python3" means first. */
function candidates() {
  const folders = [
    ...(process.env.PATH ?? '').split(delimiter),
    ...below(join(process.env.PYENV_ROOT ?? join(homedir(), '.pyenv'), 'versions'), 'bin'),
    ...below('/opt', 'bin'),
    ...below('/opt', '.').flatMap((folder) => below(folder, 'bin')),
    ...below(join(homedir(), '.local/share/uv/python'), 'bin'),
    '/usr/local/bin',
    '/usr/bin',
  ];
  return folders
    .filter((folder) => folder !== '' && !folder.includes('shims'))
    .flatMap((folder) =>
      entries(folder)
        .filter((name) => NAME.test(name))
        .map((name) => join(folder, name)),
    )
    .filter((path) => existsSync(path));
}

function below(folder, last) {
  return entries(folder).map((name) => join(folder, name, last));
}

function entries(folder) {
  try {
    return readdirSync(folder).sort();
  } catch {
    return []; // There is no such folder, or it is not ours to read.
  }
}

function ask(path) {
  try {
    const answer = execFileSync(path, ['-I', '-S', '-c', QUESTION], {
      encoding: 'utf8',
      timeout: 20_000,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const [implementation, short, version, build] = answer.trim().split('|');
    const supported = implementation === 'CPython' && order(short) >= order('3.8');
    if (!supported) return undefined;
    const name = short + build;
    return { path, name, label: `Python ${name} (${version})`, version: short.split('.').map(Number) };
  } catch {
    return undefined; // It does not start: a shim without a version, or a Python that is broken.
  }
}

/** 3.8 < 3.13 < 3.13t < 3.14. */
function order(name) {
  const [, minor, build] = /^3\.(\d+)(t?)$/.exec(name) ?? [];
  return minor === undefined ? -1 : Number(minor) * 2 + (build ? 1 : 0);
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  for (const { label, path } of findPythons()) console.log(`${label}\t${path}`);
}
