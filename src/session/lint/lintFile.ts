/** Lints a file, and mends it. */
import { compatibleFixes } from '../../engine/lint/applyFixes';
import type { FileFinding } from '../../engine/lint/fileFinding';
import type { Fix, LintFinding } from '../../engine/lint/finding';
import { type Grammar, LintDocument, type RuleLevels } from '../../engine/lint/linter';
import type { LintRule } from '../../engine/lint/rule';
import { placeOf } from '../../engine/lint/syntax/lines';
import { Failure } from '../../support/failure';
import { type LintSource, lintSource, readLintSource } from './lintSource';
import { replaceFile } from './replaceFile';

export interface LintPlan {
  readonly grammar: Grammar;
  readonly levels: RuleLevels;
  /** All there are when it is left out. */
  readonly rules?: readonly LintRule[];
}

export interface MendedFile {
  /** What is left. */
  readonly findings: readonly FileFinding[];
  /** Rules of the findings that were mended, in this order. */
  readonly fixed: readonly string[];
  /** Why the file is as it was although something could be mended. */
  readonly problem?: Failure;
}

/** A fix can make room for another one; those that never come to an end are left then. */
const MOST_ROUNDS = 5;

/** Throws a Failure when the file cannot be read. */
export function lintFile(path: string, plan: LintPlan): FileFinding[] {
  const source = readLintSource(path);
  return findingsOf(source, plan).map((finding) => inFile(path, source, finding));
}

/** Applies fixes until none is left. Throws a Failure when the file cannot be read. */
export function mendFile(path: string, plan: LintPlan): MendedFile {
  const original = readLintSource(path);
  const before = findingsOf(original, plan);
  const fixed: string[] = [];
  let source = original;
  let findings = before;
  let bytes: Uint8Array | undefined;
  try {
    for (let round = 0; round < MOST_ROUNDS; round++) {
      const mended = compatibleFixes(findings.filter(hasFix));
      if (mended.length === 0) break;
      bytes = source.edited(mended.flatMap(({ fix }) => fix.edits));
      if (!bytes) throw new Failure(`${path} cannot be mended: its encoding can only be read.`);
      fixed.push(...mended.map(({ rule }) => rule));
      source = lintSource(path, bytes);
      findings = findingsOf(source, plan);
    }
    if (bytes) replaceFile(path, bytes);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return { findings: before.map((finding) => inFile(path, original, finding)), fixed: [], problem: error };
  }
  return { findings: findings.map((finding) => inFile(path, source, finding)), fixed };
}

/** Without the fixes that cannot be made in the file. */
function findingsOf(source: LintSource, { grammar, levels, rules }: LintPlan): LintFinding[] {
  const document = new LintDocument(grammar, source.text, source.isNotebook);
  try {
    return document.findings(levels, rules).map((finding) => {
      const { fix, ...rest } = finding;
      return fix && source.canTake(fix.edits) ? finding : rest;
    });
  } finally {
    document.dispose();
  }
}

function hasFix(finding: LintFinding): finding is LintFinding & { readonly fix: Fix } {
  return finding.fix !== undefined;
}

function inFile(file: string, source: LintSource, finding: LintFinding): FileFinding {
  const { rule, severity, message, related, fix } = finding;
  const { lineStarts } = source;
  const edits = fix?.edits.map(({ start, end, text }) => ({
    ...source.placeInFile(placeOf(lineStarts, start, end)),
    text,
  }));
  return {
    rule,
    severity,
    message,
    file,
    ...source.placeInFile(finding),
    related: related.map(({ text, ...place }) => ({ ...source.placeInFile(place), text })),
    source: source.text.slice(lineStarts[finding.line - 1], lineStarts[finding.line]),
    ...(fix && edits ? { fix: { title: fix.title, edits } } : {}),
  };
}
