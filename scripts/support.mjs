// What the scripts share. Plain Node without dependencies, since they also run before anything is installed.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's folder. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Runs a program in the project's folder with our own input and output; returns its exit status. */
export function run(program, args, options = {}) {
  const { status, error } = spawnSync(program, args, { cwd: root, stdio: 'inherit', ...options });
  if (error) throw error;
  return status ?? 1;
}

/** Paths below a folder of the project whose names match, sorted; none when the folder does not exist. */
export function filesBelow(folder, matches) {
  const top = join(root, folder);
  if (!existsSync(top)) return [];
  return readdirSync(top, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && matches(entry.name))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .filter((path) => !path.includes('node_modules') && !path.includes('__pycache__'))
    .sort();
}

/** Runs biome, the tool for TypeScript, JavaScript, CSS and JSON; returns its exit status. */
export function biome(...args) {
  return run(process.execPath, [join(root, 'node_modules/@biomejs/biome/bin/biome'), ...args]);
}
