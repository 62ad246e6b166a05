import { join } from 'node:path';
import { version } from '../package.json';
import {
  type CliCommand,
  type CompareCommand,
  type ConfirmCommand,
  type FailOn,
  type LintCommand,
  parseCommandLine,
  type RunCommand,
  type ScalingCommand,
} from './cli/arguments';
import { compare } from './cli/compare';
import { planConfirmation, runConfirmation } from './cli/confirm';
import { exportTrace } from './cli/exportTrace';
import { HELP } from './cli/help';
import { lint } from './cli/lint';
import { STDERR, STDOUT, writeAll, writeOutput } from './cli/output';
import { reportJson } from './cli/reportJson';
import { checkOutputs, checkPaths, exitStatus, runProgram } from './cli/run';
import { scale } from './cli/scaling';
import { dumpOfTrace, reportOfTrace } from './cli/traces';
import { sarif } from './engine/export/sarif';
import { type Report, report } from './engine/report';
import { reportText } from './engine/reportText';
import { rulePage } from './session/rulePages';
import type { Session } from './session/session';
import { sourceLines } from './session/sourceLines';
import { detailsOf, Failure, sentenceOf } from './support/failure';

const WRONG_USE = 2;
/** We could not do our part: no Python, no folder to record to, a fault of ours. As `docker run` and others have it. */
const FAILED = 125;

/** Something was found that `--fail-on` names. */
const FOUND_STATUS = 70;

/** As other linters have it. */
const LINT_FOUND_STATUS = 1;

const PRODUCT_FOLDER = join(__dirname, '..');

main(process.argv.slice(2)).then(
  (status) => {
    process.exitCode = status;
  },
  (error: unknown) => {
    complain(error);
    process.exitCode = FAILED;
  },
);

async function main(argv: readonly string[]): Promise<number> {
  let command: CliCommand;
  try {
    command = parseCommandLine(argv);
    if (command.kind === 'run') checkPaths(command);
  } catch (error) {
    complain(error);
    return WRONG_USE;
  }
  if (command.kind === 'run') return run(command);
  if (command.kind === 'confirm') return confirm(command);
  if (command.kind === 'lint') return lintFiles(command);
  if (command.kind === 'compare') return answered(() => compare(command, PRODUCT_FOLDER));
  if (command.kind === 'scaling') return answered(() => scale(command, PRODUCT_FOLDER));
  try {
    return await perform(command);
  } catch (error) {
    complain(error);
    return error instanceof Failure ? WRONG_USE : FAILED;
  }
}

async function run(command: RunCommand): Promise<number> {
  let session: Session;
  try {
    session = await runProgram(command, PRODUCT_FOLDER);
  } catch (error) {
    complain(error);
    // The Python that the user named is part of the command line.
    return error instanceof Failure && command.python !== undefined ? WRONG_USE : FAILED;
  }
  let status = exitStatus(session, FAILED);
  try {
    const found = reportOf(session);
    writeReport(found, command.json);
    if (command.sarif !== undefined) writeSarif(found, command.sarif);
    if (hasFailed(found, command.failOn)) status = FOUND_STATUS;
    if (command.out !== undefined) await session.save(command.out);
  } catch (error) {
    complain(error);
    status ||= FAILED;
  }
  await session.close();
  return status;
}

async function confirm(command: ConfirmCommand): Promise<number> {
  let session: Session;
  try {
    checkOutputs({ '--out': command.out, '--json': command.json });
    const { plan, doubts } = await planConfirmation(command);
    for (const doubt of doubts) complain(new Failure(doubt));
    session = await runConfirmation(plan, command, PRODUCT_FOLDER);
  } catch (error) {
    complain(error);
    return error instanceof Failure ? WRONG_USE : FAILED;
  }
  let status = session.trace.verdict?.isConfirmed ? FOUND_STATUS : 0;
  try {
    const found = reportOf(session);
    writeReport(found, command.json);
    if (command.json !== undefined && found.confirmation) writeAll(STDERR, [`${found.confirmation.text}\n`]);
    if (command.out !== undefined) await session.save(command.out);
  } catch (error) {
    complain(error);
    status = FAILED;
  }
  await session.close();
  return status;
}

async function lintFiles(command: LintCommand): Promise<number> {
  try {
    const { findings, unread, failed } = await lint(command, PRODUCT_FOLDER, complain);
    if (findings > 0) return LINT_FOUND_STATUS;
    // Nothing was found, but not everything was looked at.
    return failed > 0 ? FAILED : unread > 0 ? WRONG_USE : 0;
  } catch (error) {
    complain(error);
    return error instanceof Failure ? WRONG_USE : FAILED;
  }
}

async function answered(work: () => Promise<number>): Promise<number> {
  try {
    return await work();
  } catch (error) {
    complain(error);
    return error instanceof Failure ? WRONG_USE : FAILED;
  }
}

function reportOf(session: Session): Report {
  const problems = session.allProblems.map(({ text }) => text);
  return { ...report(session.trace, sourceLines()), problems };
}

/** Resolves to the exit status. */
async function perform(
  command: Exclude<CliCommand, RunCommand | ConfirmCommand | LintCommand | CompareCommand | ScalingCommand>,
): Promise<number> {
  switch (command.kind) {
    case 'help':
      writeAll(STDOUT, [HELP]);
      return 0;
    case 'version':
      writeAll(STDOUT, [`interleave ${version}\n`]);
      return 0;
    case 'report': {
      const found = await reportOfTrace(command.trace);
      if (command.json === undefined) writeAll(STDOUT, [reportText(found)]);
      else writeReport(found, command.json);
      if (command.sarif !== undefined) writeSarif(found, command.sarif);
      return hasFailed(found, command.failOn) ? FOUND_STATUS : 0;
    }
    case 'dump': {
      const { lines, problems } = await dumpOfTrace(command.trace);
      if (writeAll(STDOUT, lines)) for (const problem of problems) complain(new Failure(problem));
      return 0;
    }
    case 'export':
      for (const problem of await exportTrace(command, PRODUCT_FOLDER)) complain(new Failure(problem));
      return 0;
    default:
      return command satisfies never;
  }
}

function writeSarif(found: Report, file: string): void {
  writeOutput(file, sarif(found, { version, root: process.cwd(), pageOf: (rule) => rulePage(PRODUCT_FOLDER, rule) }));
}

/** Whether something was found that is as grave as the user said, or graver. */
function hasFailed({ findings }: Report, failOn: FailOn | undefined): boolean {
  if (failOn === undefined) return false;
  return findings.some(({ severity }) => severity === 'error' || severity === failOn);
}

function writeReport(found: Report, json: string | undefined): void {
  if (json === undefined) writeAll(STDERR, [reportText(found)]);
  else writeOutput(json, reportJson(found));
}

/** One sentence; what else is known of a fault of ours only when asked for. */
function complain(error: unknown): void {
  writeAll(STDERR, [`interleave: ${sentenceOf(error)}\n`]);
  if (process.env.INTERLEAVE_DEBUG) writeAll(STDERR, [`${detailsOf(error)}\n`]);
}
