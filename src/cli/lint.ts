/** `interleave lint`: looks for misuse of locks, threads, tasks and processes in files, without running them. */
import { join, resolve } from 'node:path';
import { version } from '../../package.json';
import { lintSarif } from '../engine/export/sarifLint';
import { chooseRules } from '../engine/lint/chooseRules';
import type { FileFinding } from '../engine/lint/fileFinding';
import type { RuleLevels } from '../engine/lint/linter';
import { loadGrammarFrom } from '../session/lint/grammarFiles';
import { type LintPlan, lintFile, type MendedFile, mendFile } from '../session/lint/lintFile';
import { pythonFiles } from '../session/lint/pythonFiles';
import { rulePage } from '../session/rulePages';
import { Failure } from '../support/failure';
import type { LintCommand } from './arguments';
import { fixedLine, lintJson, lintLines, summaryLine } from './lintReport';
import { STDERR, STDOUT, writeAll, writeOutput } from './output';
import { checkOutputs } from './run';

export interface LintOutcome {
  readonly findings: number;
  /** Files and folders that could not be read or written. */
  readonly unread: number;
  /** Files at which the linter itself failed. */
  readonly failed: number;
}

/** Rejects with a Failure for wrong use; about what goes wrong in single files it complains, and goes on. */
export async function lint(
  command: LintCommand,
  productFolder: string,
  complain: (error: unknown) => void,
): Promise<LintOutcome> {
  // 1. All that can be wrong with the command line.
  checkOutputs({ '--json': command.json, '--sarif': command.sarif });
  const levels = levelsOf(command);
  const { files, problems } = pythonFiles(command.paths);
  for (const problem of problems) complain(new Failure(problem));

  // 2. File by file.
  const plan: LintPlan = { grammar: await loadGrammarFrom(join(productFolder, 'dist')), levels };
  const isStdoutTaken = command.json === '-' || command.sarif === '-';
  const words = isStdoutTaken ? STDERR : STDOUT;
  const findings: FileFinding[] = [];
  let unread = problems.length;
  let failed = 0;
  let linted = 0;
  let fixed = 0;
  for (const file of files) {
    try {
      const result = command.fix ? mendFile(file, plan) : unmended(lintFile(file, plan));
      linted++;
      findings.push(...result.findings);
      fixed += result.fixed.length;
      if (result.fixed.length > 0) writeAll(words, [fixedLine(file, result.fixed)]);
      if (result.problem) throw result.problem;
    } catch (error) {
      if (error instanceof Failure) unread++;
      else failed++;
      complain(
        error instanceof Failure ? error : new Failure(`${file} could not be linted: ${error}.`, stackOf(error)),
      );
    }
  }

  // 3. What was found.
  if (!isStdoutTaken) writeAll(STDOUT, [...lintLines(findings), summaryLine(findings, linted, fixed)]);
  if (command.json !== undefined) writeOutput(command.json, lintJson(findings));
  if (command.sarif !== undefined) writeOutput(command.sarif, lintSarif(findings, sarifOptions(productFolder)));
  return { findings: findings.length, unread, failed };
}

function unmended(findings: readonly FileFinding[]): MendedFile {
  return { findings, fixed: [] };
}

function levelsOf({ select, ignore }: LintCommand): RuleLevels {
  const { levels, unknown } = chooseRules(select, ignore);
  const [first] = unknown;
  if (first !== undefined)
    throw new Failure(`There is no rule ${first}; name ids such as THR101, names, groups such as THR, ALL or DEFAULT.`);
  return levels;
}

function sarifOptions(productFolder: string) {
  return {
    version,
    root: process.cwd(),
    pageOf: (rule: string) => rulePage(productFolder, rule),
    pathOf: (file: string) => resolve(file),
  };
}

function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? '') : '';
}
