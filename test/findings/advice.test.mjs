// Each program in test/programs/advice runs under the CLI; the advice on it is what its docstring says: one pattern's id, or
// none. Once on one Python: what patterns are made of is recorded alike on all of them.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { findPythons } from '../../scripts/pythons.mjs';
import { inTwoAttempts } from '../support/attempts.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const programs = join(root, 'test/programs/advice');
const temp = mkdtempSync(join(tmpdir(), 'interleave-advice-'));
after(() => rmSync(temp, { recursive: true, force: true }));

const wanted = (process.env.INTERLEAVE_TEST_PROGRAMS ?? '').split(' ').filter(Boolean);
const python = findPythons().find(({ version }) => version[1] === 13) ?? findPythons()[0];

for (const name of readdirSync(programs).filter((file) => file.endsWith('.py'))) {
  if (wanted.length > 0 && !wanted.some((part) => join('advice', name).includes(part))) continue;
  test(name, (context) =>
    inTwoAttempts(context, async () => {
      const expected = /^Advice: (.+)$/m.exec(readFileSync(join(programs, name), 'utf8'))[1];
      const advice = await adviceOn(name);
      const ids = [...new Set(advice.map(({ id }) => id))];
      assert.deepEqual(ids, expected === 'none' ? [] : [expected], JSON.stringify(advice, null, 1));
    }),
  );
}

function adviceOn(name) {
  const json = join(temp, `${name}.json`);
  const line = [join(root, 'dist/cli.js'), 'run', '--python', python.path, '--timeout', '60', '--json', json];
  return new Promise((resolve, reject) => {
    execFile(process.execPath, [...line, join(programs, name)], { cwd: temp }, (_error, stdout, stderr) => {
      try {
        resolve(JSON.parse(readFileSync(json, 'utf8')).advice);
      } catch (cause) {
        reject(new Error(`no report: ${stdout}\n${stderr}`, { cause }));
      }
    });
  });
}
