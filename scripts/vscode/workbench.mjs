// Serves the VS Code that install.mjs has installed, on 127.0.0.1, with fresh user data.
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { serverMain, serverNode } from './install.mjs';

const START_TIMEOUT_MS = 60_000;
const STOP_TIMEOUT_MS = 5_000;

/** What ends this process must end the server as well, which has a process group of its own; with the shells' statuses. */
const ENDING_SIGNALS = [
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
];

/** Nothing that looks for updates, accounts or news, and no side bar but the files. */
const SETTINGS = {
  'chat.disableAIFeatures': true,
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'git.openRepositoryInParentFolders': 'never',
  'security.workspace.trust.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'workbench.enableExperiments': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
};

/**
 * @typedef {object} Server
 * @property {string} address as in http://127.0.0.1:40123
 * @property {() => string} log what it has printed so far
 * @property {(changes: object) => void} configure changes the user's settings
 * @property {() => Promise<void>} close ends it and all that it started, and deletes its data
 */

/**
 * Starts a server.
 *
 * `installed` is a folder with an extension, or a packaged extension (.vsix), that this VS Code has installed.
 * `underTest` starts it as VS Code's own tests do: only then does a window take an extension or tests to load from its
 * address. The price is that notifications go to the notification centre without popping up.
 *
 * @returns {Promise<Server>}
 */
export async function startServer({ installed, underTest = false, settings = {}, env = {}, port = 0 } = {}) {
  const data = mkdtempSync(join(tmpdir(), 'interleave-vscode-'));
  mkdirSync(join(data, 'data/User'), { recursive: true });
  const configure = (changes) => {
    const all = { ...SETTINGS, ...settings, ...changes };
    writeFileSync(join(data, 'data/User/settings.json'), JSON.stringify(all, null, 2));
  };
  configure({});
  const always = [serverMain, '--server-data-dir', data, '--accept-server-license-terms', '--telemetry-level', 'off'];
  if (installed?.endsWith('.vsix')) {
    execFileSync(serverNode(), [...always, '--install-extension', resolve(installed)], { stdio: 'pipe' });
  } else if (installed) {
    // A link, so that an edited and rebuilt extension is there after a reload of the window.
    mkdirSync(join(data, 'extensions'));
    symlinkSync(resolve(installed), join(data, 'extensions/interleave'), 'dir');
  }
  const child = spawn(
    serverNode(),
    [
      ...always,
      ...['--host', '127.0.0.1', '--port', String(port), '--without-connection-token', '--disable-workspace-trust'],
      ...['--log', process.env.WORKBENCH_LOG ?? 'error'],
      ...(underTest ? ['--enable-smoke-test-driver'] : []),
    ],
    {
      env: { ...process.env, EXTENSIONS_GALLERY: '{"serviceUrl":""}', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      // A process group of its own, so that the extension host, the terminals and the file watcher end with it.
      detached: true,
    },
  );
  const ended = new Promise((done) => child.once('exit', done));
  const onExit = () => {
    signalGroup(child, 'SIGKILL');
    rmSync(data, { recursive: true, force: true });
  };
  process.once('exit', onExit);
  for (const [signal, status] of ENDING_SIGNALS) process.once(signal, () => process.exit(status));

  let log = '';
  const listening = new Promise((done, fail) => {
    const read = (bytes) => {
      log += bytes;
      const match = /Extension host agent listening on (\d+)/.exec(log);
      if (match) done(match[1]);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    ended.then((code) => fail(new Error(`VS Code's server ended with ${code}:\n${log}`)));
    setTimeout(() => fail(new Error(`VS Code's server did not start:\n${log}`)), START_TIMEOUT_MS).unref();
  });

  const close = async () => {
    signalGroup(child, 'SIGTERM');
    const timer = setTimeout(signalGroup, STOP_TIMEOUT_MS, child, 'SIGKILL');
    await ended;
    clearTimeout(timer);
    process.off('exit', onExit);
    rmSync(data, { recursive: true, force: true, maxRetries: 5 });
  };
  return { address: `http://127.0.0.1:${await listening}`, log: () => log, configure, close };
}

/** Address of a window on a folder, or on none, with extensions and tests to load (only when the server is `underTest`). */
export function windowAddress(server, { folder, file, extensions = [], tests }) {
  const uri = (path) => `vscode-remote://${new URL(server.address).host}${resolve(path)}`;
  const payload = [
    ...extensions.map((path) => ['extensionDevelopmentPath', uri(path)]),
    ...(tests ? [['extensionTestsPath', uri(tests)]] : []),
    ...(file ? [['openFile', uri(file)]] : []),
  ];
  const query = new URLSearchParams(folder ? { folder: resolve(folder) } : { ew: 'true' });
  if (payload.length > 0) query.set('payload', JSON.stringify(payload));
  // Slashes and colons may stand in a query as they are, and people read this address.
  return `${server.address}/?${query}`.replaceAll('%2F', '/').replaceAll('%3A', ':');
}

function signalGroup(child, signal) {
  try {
    process.kill(-child.pid, signal);
  } catch {
    // It has ended already.
  }
}
