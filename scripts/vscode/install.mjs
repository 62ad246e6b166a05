// Installs a VS Code into scripts/vscode/node_modules, from the npm registry alone, when there is none yet or when the
// lock file has changed since. No install script runs: what code-server's own would do is done here, without its
// compilations, of which only two are worth the time.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from '../support.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const modules = join(here, 'node_modules');
const code = join(modules, 'code-server/lib/vscode');
const marker = join(modules, '.interleave-installed');

/** VS Code's server, a script for `serverNode`. */
export const serverMain = join(code, 'out/server-main.js');

/** The Node that the server needs: newer than the oldest that Interleave itself runs on. */
export function serverNode() {
  const own = join(modules, `node-${process.platform}-${process.arch}`, 'bin/node');
  return existsSync(own) ? own : process.execPath;
}

export function installWorkbench() {
  const wanted = createHash('sha256')
    .update(readFileSync(join(here, 'package-lock.json')))
    .digest('hex');
  if (existsSync(marker) && readFileSync(marker, 'utf8') === wanted) return;
  const platform = `${process.platform}-${process.arch}`;
  const bringsNode = ['linux-x64', 'linux-arm64'].includes(platform);
  if (!bringsNode && Number(process.versions.node.split('.')[0]) < 24) {
    throw new Error(`The VS Code from npm needs Node 24 on ${platform}: run this command with Node 24 or newer.`);
  }
  console.log('Installing a VS Code from npm (about a minute, once) ...');

  npm(here, 'ci', '--ignore-scripts');
  // The server's own dependencies, as its shrinkwrap pins them; `npm ci` refuses that shrinkwrap, which lacks an
  // optional package.
  npm(code, 'install', '--omit=dev', '--ignore-scripts');
  npm(join(code, 'extensions'), 'install', '--omit=dev', '--ignore-scripts');
  compileQuietLogs();

  // A third of a gigabyte that neither a test nor a look at a timeline needs.
  for (const path of ['node_modules/@github', 'node_modules/@microsoft/mxc-sdk', 'extensions/copilot']) {
    rmSync(join(code, path), { recursive: true, force: true });
  }
  writeFileSync(marker, wanted);
}

/** Two native modules have fallbacks, but without them the server prints a stack trace for each log that it opens. */
function compileQuietLogs() {
  const headers = dirname(dirname(serverNode()));
  const options = [`--nodedir=${headers}`, '--loglevel=silent'];
  const status = run('npm', ['rebuild', '@vscode/spdlog', '@vscode/native-watchdog', ...options], {
    cwd: code,
    stdio: 'ignore',
    shell: process.platform === 'win32',
  });
  if (status !== 0)
    console.log('Its log module could not be compiled (that needs g++, make and Python): going on without.');
}

function npm(cwd, ...args) {
  const options = ['--no-audit', '--no-fund', '--loglevel=error'];
  const status = run('npm', [...args, ...options], {
    cwd,
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: process.platform === 'win32',
  });
  if (status !== 0) throw new Error(`"npm ${args.join(' ')}" failed in ${cwd}; is the npm registry reachable?`);
}
