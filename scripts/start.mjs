// `npm start`: sets everything up and opens VS Code with Interleave and the examples: the desktop's VS Code when there is
// one, else one from npm, whose address it prints.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { setUp } from './setup.mjs';
import { root, run } from './support.mjs';
import { installWorkbench } from './vscode/install.mjs';
import { startServer, windowAddress } from './vscode/workbench.mjs';

const examples = join(root, 'examples');
/** What is open when the window appears. */
const FIRST_FILE = join(examples, 'tour.py');

try {
  setUp();
  if (run(process.execPath, ['esbuild.mjs', '--product']) !== 0) process.exit(1);
  const desktop = findDesktopCode();
  if (desktop) openDesktop(desktop);
  else await serveWorkbench();
} catch (error) {
  console.error(error.message);
  process.exit(1);
}

/** The desktop's `code`, when there is a desktop to open it on. */
function findDesktopCode() {
  const windows = process.platform === 'win32';
  const hasDisplay = process.platform !== 'linux' || process.env.DISPLAY || process.env.WAYLAND_DISPLAY;
  if (!hasDisplay) return undefined;
  const names = windows ? ['code.cmd', 'code-insiders.cmd'] : ['code', 'code-insiders'];
  return (process.env.PATH ?? '')
    .split(delimiter)
    .filter((folder) => folder !== '' && !folder.includes('remote-cli')) // That one cannot load an extension in development.
    .flatMap((folder) => names.map((name) => join(folder, name)))
    .find((path) => existsSync(path));
}

function openDesktop(code) {
  const args = [
    '--new-window',
    '--disable-workspace-trust',
    `--extensionDevelopmentPath=${root}`,
    examples,
    FIRST_FILE,
  ];
  if (process.getuid?.() === 0) {
    // VS Code refuses to run as root without a folder for its data that is named.
    const data = join(root, 'node_modules/.vscode-data');
    mkdirSync(data, { recursive: true });
    args.push('--no-sandbox', '--user-data-dir', data);
  }
  console.log(
    'Opening VS Code with Interleave: run "Interleave: Run concurrently" from the command palette. Close it to end.',
  );
  const { status, error } = spawnSync(code, ['--wait', ...args], {
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (error) throw error;
  process.exitCode = status ?? 1;
}

async function serveWorkbench() {
  installWorkbench();
  const server = await startServer({ installed: root });
  const address = windowAddress(server, { folder: examples, file: FIRST_FILE });
  console.log(`VS Code with Interleave is at ${address} (Ctrl+C ends it).`);
}
