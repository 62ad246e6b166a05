// How long a person waits: from Enter on "Run concurrently" to the program's first record, and from there to its lanes.
//   node bench/first_picture.mjs        (needs the VS Code that `npm start` or `npm test` installs)
import { readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../scripts/support.mjs';
import { laneName } from '../test/support/timeline.mjs';
import { openFile, openWindow, runCommand, startServer, webview } from '../test/support/workbench.mjs';

const server = await startServer({ installed: root });
const { page, close } = await openWindow(server, { folder: join(root, 'test/vscode/workspace') });
const panel = webview(page);
const monotonicNs = () => Number(process.hrtime.bigint());

for (const run of ['first run', 'second run', 'third run']) {
  const known = new Set(cores());
  await openFile(page, 'relay.py');
  const asked = monotonicNs();
  await runCommand(page, run === 'first run' ? 'Interleave: Run concurrently' : 'Interleave: Run again');
  await laneName(panel, 'hare').waitFor();
  const seen = monotonicNs();
  // On Linux the clock of Node and of the recorder is one.
  const [file] = cores().filter((path) => !known.has(path));
  const started = JSON.parse(readFileSync(file, 'utf8')).startNs;
  console.log(
    `${run}: Python starts after ${ms(started - asked)}, the lanes of its threads are there ${ms(seen - started)} later`,
  );
  await runCommand(page, 'Interleave: Stop');
  await panel.locator('.notice', { hasText: 'You stopped the program' }).waitFor();
}
await close();
await server.close();

function cores() {
  return readdirSync(tmpdir(), { recursive: true })
    .filter((name) => /^interleave-[^/]*\/cores\.json$/.test(name))
    .map((name) => join(tmpdir(), name));
}

function ms(nanoseconds) {
  return `${Math.round(nanoseconds / 1e6)} ms`;
}
