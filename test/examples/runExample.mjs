// Runs an example under the CLI.
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { after } from 'node:test';
import { root } from '../../scripts/support.mjs';

const temp = mkdtempSync(join(tmpdir(), 'interleave-examples-'));
after(() => rmSync(temp, { recursive: true, force: true }));

export const cli = join(root, 'dist/cli.js');

/** Resolves to the exit status, the report and all that was printed. `file` is below `examples/`. */
export function runExample(python, file, { options = [], timeoutS = 60 }) {
  const json = join(temp, `${basename(file)}-${process.hrtime.bigint()}.json`);
  const own = ['--python', python, '--timeout', `${timeoutS}`, '--json', json, ...options];
  const args = [cli, 'run', ...own, join(root, 'examples', file)];
  return new Promise((resolve, reject) => {
    const child = execFile(process.execPath, args, { cwd: temp, maxBuffer: 1 << 24 }, (_error, stdout, stderr) => {
      const output = `${stdout}\n${stderr}`;
      try {
        resolve({ status: child.exitCode, report: JSON.parse(readFileSync(json, 'utf8')), output });
      } catch (cause) {
        reject(new Error(`no report: ${output}`, { cause }));
      }
    });
    child.stdin.end();
  });
}
