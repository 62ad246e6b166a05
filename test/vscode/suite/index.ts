/**
 * What VS Code loads inside the extension host (`extensionTestsPath`): runs all test files beside this one. The same
 * module serves desktop VS Code and the one from npm.
 */
import { appendFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'node:util';
import Mocha from 'mocha';

const TEST_TIMEOUT_MS = 60_000;

export function run(): Promise<void> {
  // What the extension host prints does not reach the outer process reliably; a file does.
  const report = process.env.INTERLEAVE_TEST_REPORT;
  if (report) {
    Mocha.reporters.Base.consoleLog = (...args: unknown[]) => appendFileSync(report, `${format(...args)}\n`);
  }
  const mocha = new Mocha({ ui: 'tdd', color: false, timeout: TEST_TIMEOUT_MS, retries: 1, reporter: 'spec' });
  for (const name of readdirSync(__dirname).sort()) {
    if (name.endsWith('.test.js')) mocha.addFile(join(__dirname, name));
  }
  return new Promise((resolve, reject) => {
    mocha.run((failures) => (failures === 0 ? resolve() : reject(new Error(`${failures} tests failed`))));
  });
}
