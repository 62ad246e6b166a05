// Every program in test/programs/confirm/ runs once, and once more to confirm the finding that it names:
//
//   # confirm: RULE           holding a thread where the finding is shows it
//   # not reproduced: RULE    something that the recorder does not see keeps the threads apart
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { findPythons } from '../../scripts/pythons.mjs';
import { inTwoAttempts } from '../support/attempts.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const cli = join(root, 'dist/cli.js');
const programs = join(root, 'test/programs/confirm');
const temp = mkdtempSync(join(tmpdir(), 'interleave-confirm-'));
after(() => rmSync(temp, { recursive: true, force: true }));

const CONFIRMED = 70;
const wanted = (process.env.INTERLEAVE_TEST_PROGRAMS ?? '').split(' ').filter(Boolean);

for (const python of chosenPythons()) {
  describe(python.label, { concurrency: 3 }, () => {
    for (const name of readdirSync(programs).filter((file) => file.endsWith('.py') && isWanted(file))) {
      test(name, (context) =>
        inTwoAttempts(context, async () => {
          const [, how, rule] = /^# (confirm|not reproduced): (\S+)$/m.exec(readFileSync(join(programs, name), 'utf8'));
          const trace = join(temp, `${python.version.join('.')}-${name}.interleave`);
          const first = await interleave(
            'run',
            '--race',
            '--python',
            python.path,
            '--out',
            trace,
            join(programs, name),
          );
          assert.equal(first.status, 0, first.output);
          const json = `${trace}.json`;
          const second = await interleave('confirm', '--python', python.path, '--json', json, trace, rule);
          const report = JSON.parse(readFileSync(json, 'utf8'));
          const confirmed = report.findings.filter(({ certainty }) => certainty === 'confirmed');
          const shown = `${second.output}\n${JSON.stringify(report.findings, null, 1)}`;
          assert.equal(second.status, how === 'confirm' ? CONFIRMED : 0, shown);
          assert.equal(report.confirmation.confirmed, how === 'confirm', shown);
          assert.deepEqual(
            confirmed.map((finding) => finding.rule),
            how === 'confirm' ? [rule] : [],
            shown,
          );
          assert.match(report.confirmation.text, how === 'confirm' ? /^Confirmed: / : /^Not reproduced: /);
        }),
      );
    }
  });
}

function isWanted(file) {
  return wanted.length === 0 || wanted.some((part) => join('confirm', file).includes(part));
}

/** All, or with INTERLEAVE_TEST_FEW the oldest and the newest. */
function chosenPythons() {
  const found = findPythons().sort((a, b) => a.version[1] - b.version[1]);
  return process.env.INTERLEAVE_TEST_FEW && found.length > 2 ? [found[0], found[found.length - 1]] : found;
}

function interleave(...words) {
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [cli, ...words], { cwd: temp }, (error, stdout, stderr) =>
      resolve({ status: error ? error.code : 0, output: `${stdout}\n${stderr}` }),
    );
    child.stdin.end();
  });
}
