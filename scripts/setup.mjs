// Sets up what the other commands need: the npm packages, when they are missing or not those of the lock file.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, run } from './support.mjs';

const OLDEST_NODE = 20;

export function setUp() {
  if (Number(process.versions.node.split('.')[0]) < OLDEST_NODE) {
    throw new Error(`Node ${OLDEST_NODE} or newer is needed, this is ${process.versions.node}: install a newer one.`);
  }
  if (packagesAreInstalled()) return;
  console.log('Installing the npm packages ...');
  const status = run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    shell: process.platform === 'win32',
  });
  if (status !== 0) throw new Error('"npm ci" failed; is the npm registry reachable?');
}

/** npm notes in node_modules what it has installed; that must be what package-lock.json says for this platform. */
function packagesAreInstalled() {
  const noted = join(root, 'node_modules/.package-lock.json');
  if (!existsSync(noted)) return false;
  const installed = JSON.parse(readFileSync(noted, 'utf8')).packages;
  const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
  return Object.entries(wanted).every(([path, { version, optional }]) => {
    return path === '' || optional || installed[path]?.version === version;
  });
}
