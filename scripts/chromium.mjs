// Finds a Chromium for the tests that need a browser, or installs one.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { root } from './support.mjs';

const NAMES = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'chrome',
  'msedge',
  'microsoft-edge',
];
const ELSEWHERE = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

/** Path of a Chromium, or undefined. CHROMIUM in the environment goes first. */
export function findChromium() {
  const wanted = process.env.CHROMIUM;
  if (wanted) return wanted;
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  const candidates = folders.flatMap((folder) => NAMES.map((name) => join(folder, name + suffix)));
  return [...candidates, ...ELSEWHERE, ...downloadedByPlaywright()].find((path) => existsSync(path) && starts(path));
}

/** Path of a Chromium, which is installed when there is none; throws one sentence when that cannot be done. */
export function ensureChromium() {
  const found = findChromium();
  if (found) return found;
  console.log('No Chromium was found: installing one ...');
  installByApt();
  const installed = findChromium() ?? downloadByPlaywright();
  if (installed) return installed;
  throw new Error(
    'The browser tests need Chromium, which could not be installed: install the package "chromium" (or Google Chrome), or set CHROMIUM to the path of one.',
  );
}

/** True when the program runs: Ubuntu's `chromium-browser` may be nothing but a hint to install a snap. */
function starts(path) {
  if (process.platform === 'win32') return true;
  return spawnSync(path, ['--version'], { stdio: 'ignore', timeout: 30_000 }).status === 0;
}

function installByApt() {
  const isRoot = process.getuid?.() === 0;
  if (spawnSync('apt-get', ['--version'], { stdio: 'ignore' }).status !== 0) return;
  if (!isRoot && spawnSync('sudo', ['-n', 'true'], { stdio: 'ignore' }).status !== 0) return;
  const command = isRoot ? ['apt-get'] : ['sudo', '-n', 'apt-get'];
  const apt = (...args) => {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    return spawnSync(command[0], [...command.slice(1), '-q', ...args], { stdio: ['ignore', 'ignore', 'inherit'], env })
      .status;
  };
  const install = () => apt('install', '-y', '--no-install-recommends', 'chromium');
  if (install() === 0) return;
  apt('update');
  install();
}

function downloadByPlaywright() {
  try {
    const cli = join(root, 'node_modules/playwright-core/cli.js');
    execFileSync(process.execPath, [cli, 'install', 'chromium'], {
      stdio: ['ignore', 'ignore', 'ignore'],
      timeout: 300_000,
    });
  } catch {
    return undefined; // No way to its servers; the caller says what to do.
  }
  return findChromium();
}

function downloadedByPlaywright() {
  const folders = [
    process.env.PLAYWRIGHT_BROWSERS_PATH ?? '',
    join(homedir(), '.cache/ms-playwright'),
    join(homedir(), 'Library/Caches/ms-playwright'),
  ];
  const places = ['chrome-linux/chrome', 'chrome-linux64/chrome', 'chrome-mac/Chromium.app/Contents/MacOS/Chromium'];
  return folders
    .filter((folder) => folder !== '' && existsSync(folder))
    .flatMap((folder) =>
      readdirSync(folder)
        .filter((name) => /^chromium-\d+$/.test(name))
        .map((name) => join(folder, name)),
    )
    .flatMap((folder) => places.map((place) => join(folder, place)));
}
