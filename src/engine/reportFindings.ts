/** What was found, as the report has it: with files, lines and call stacks. */
import type { Certainty, Finding, FindingKind, FindingLocation, Grade, Severity } from '../../common/finding';
import { kindOf, titleOf } from './detect/rules';
import { isIgnored, type LineReader } from './ignored';
import { type ReportFrame, stacksAt } from './stack';
import type { Trace } from './trace';

export interface ReportLocation {
  /** Null when the place is unknown. */
  readonly file: string | null;
  readonly line: number | null;
  /** From 1, null when unknown. */
  readonly column: number | null;
  /** What happens there. */
  readonly role: string;
  /** Id of the unit, null when it is nobody's. */
  readonly unit: number | null;
  /** The user's functions that were open there then, innermost first; empty when they were not recorded. */
  readonly stack: readonly ReportFrame[];
}

export interface ReportFinding {
  readonly rule: string;
  readonly title: string;
  readonly kind: FindingKind;
  readonly severity: Severity;
  readonly certainty: Certainty;
  readonly grade: Grade;
  readonly message: string;
  /** How often it was seen. */
  readonly count: number;
  /** The first one is the line to change. */
  readonly locations: readonly ReportLocation[];
}

const RANKS: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2 };

/** The gravest first; without those that comments in the source, as `lineOf` reads it, say to ignore. */
export function listedFindings(trace: Trace, lineOf: LineReader): Finding[] {
  const shown = trace.findings.filter((finding) => !isIgnored(finding, trace.sites, lineOf));
  return shown.sort((a, b) => RANKS[a.severity] - RANKS[b.severity] || a.id - b.id);
}

/** The same, as the report has them. */
export function reportFindings(trace: Trace, lineOf: LineReader): ReportFinding[] {
  const shown = listedFindings(trace, lineOf);
  const stacks = stacksAt(
    trace,
    shown.flatMap(({ locations }) => locations),
  ).values();
  return shown.map(({ rule, severity, certainty, grade, message, count, locations }) => ({
    rule,
    title: titleOf(rule),
    kind: kindOf(rule),
    severity,
    certainty,
    grade,
    message,
    count,
    locations: locations.map((location) => reportLocation(trace, location, stacks.next().value ?? [])),
  }));
}

function reportLocation(
  trace: Trace,
  { site, role, unit }: FindingLocation,
  stack: readonly ReportFrame[],
): ReportLocation {
  const place = trace.sites[site - 1];
  return {
    file: place?.file || null,
    line: place?.line || null,
    column: place && place.column >= 0 ? place.column + 1 : null,
    role,
    unit: unit === -1 ? null : unit,
    stack,
  };
}
