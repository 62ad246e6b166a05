/** `interleave confirm`: runs a program again, held at the places of a finding, and says whether it could be shown. */

import { statSync } from 'node:fs';
import type { Finding } from '../../common/finding';
import { type ConfirmPlan, confirmPlan } from '../engine/confirmPlan';
import { listedFindings } from '../engine/reportFindings';
import { CONFIRM_TIMEOUT_SECONDS, confirmingPlan, readRun, stopWhenHung } from '../session/confirm';
import type { RunPlan } from '../session/runFolder';
import type { Session } from '../session/session';
import { sourceLines } from '../session/sourceLines';
import { Failure } from '../support/failure';
import type { ConfirmCommand } from './arguments';
import { startProgram } from './run';

/** What is to be run, for a trace and a finding of it, and what is doubtful about it. Rejects with a Failure for wrong use. */
export async function planConfirmation({
  trace: path,
  finding,
}: ConfirmCommand): Promise<{ readonly plan: RunPlan; readonly doubts: readonly string[] }> {
  const { trace, plan } = await readRun(path);
  const found = choose(listedFindings(trace, sourceLines()), finding);
  const how: ConfirmPlan | string = confirmPlan(trace, found);
  if (typeof how === 'string') throw new Failure(how);
  const again = confirmingPlan(plan, how);
  const files = [...new Set([plan.file, ...how.pauses.map(({ file }) => file)])];
  const changed = files.filter((file) => isNewer(file, path));
  return {
    plan: again,
    doubts: changed.map((file) => `${file} was changed after ${path} was saved, so its lines may be others by now.`),
  };
}

/** Runs it with our stdin, stdout and stderr; resolves when it has ended. */
export function runConfirmation(plan: RunPlan, command: ConfirmCommand, productFolder: string): Promise<Session> {
  return startProgram({
    plan,
    python: command.python,
    timeoutSeconds: command.timeoutSeconds ?? CONFIRM_TIMEOUT_SECONDS,
    productFolder,
    onStart: stopWhenHung,
  });
}

function isNewer(file: string, than: string): boolean {
  const [one, other] = [file, than].map((path) => statSync(path, { throwIfNoEntry: false })?.mtimeMs);
  return one !== undefined && other !== undefined && one > other;
}

/** By its number in the report, or by the id of its rule when only one has it. */
function choose(findings: readonly Finding[], wanted: string): Finding {
  if (findings.length === 0) throw new Failure('There are no findings in this trace.');
  if (/^\d+$/.test(wanted)) {
    const found = findings[Number(wanted) - 1];
    if (!found) throw new Failure(`There is no finding ${wanted}; the report has ${findings.length}, counted from 1.`);
    return found;
  }
  const numbers = findings.flatMap(({ rule }, i) => (rule === wanted ? [i + 1] : []));
  const [number, ...more] = numbers;
  if (number === undefined)
    throw new Failure(
      `There is no finding of the rule ${wanted}; there are ${[...new Set(findings.map(({ rule }) => rule))].join(', ')}.`,
    );
  if (more.length > 0)
    throw new Failure(`The rule ${wanted} has several findings, ${numbers.join(', ')}; name one of them.`);
  return findings[number - 1] as Finding;
}
