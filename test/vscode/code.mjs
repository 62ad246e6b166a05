#!/usr/bin/env node
// Stands in for the `code` executable that @vscode/test-electron runs: takes the same arguments, runs the suite in the
// extension host of the VS Code from npm, prints what the suite reports and ends with its exit status.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openWindow, startServer } from '../support/workbench.mjs';

const SUITE_TIMEOUT_MS = 300_000;

const { values, positionals } = parseArgs({
  strict: false,
  allowPositionals: true,
  options: { extensionTestsPath: { type: 'string' }, extensionDevelopmentPath: { type: 'string', multiple: true } },
});

const folder = mkdtempSync(join(tmpdir(), 'interleave-suite-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
const report = join(folder, 'report.txt');

const server = await startServer({ underTest: true, env: { INTERLEAVE_TEST_REPORT: report } });
let window;
try {
  window = await openWindow(server, {
    folder: positionals[0] ?? folder,
    extensions: values.extensionDevelopmentPath,
    tests: values.extensionTestsPath,
  });
  const timeout = new Promise((done) => setTimeout(done, SUITE_TIMEOUT_MS, 124).unref());
  process.exitCode = await Promise.race([window.exit, timeout]);
} finally {
  const printed = existsSync(report) ? readFileSync(report, 'utf8') : 'The suite reported nothing.\n';
  process.stdout.write(printed);
  if (process.exitCode !== 0) console.log(`${window?.log() ?? ''}\n${server.log()}`);
  await window?.close();
  await server.close();
}
