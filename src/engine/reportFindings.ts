/** What was found, as the report has it: with files, lines and call stacks. */
import type { Certainty, FindingKind, FindingLocation, Grade, Severity } from '../../common/finding';
import { ruleOf } from './detect/rules';
import { stackAt } from './stack';
import type { Trace } from './trace';

export interface ReportFrame {
  readonly file: string;
  /** Line of the function's `def`. */
  readonly line: number;
  readonly function: string;
}

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

/** The gravest first. */
export function reportFindings(trace: Trace): ReportFinding[] {
  const sorted = [...trace.findings].sort((a, b) => RANKS[a.severity] - RANKS[b.severity] || a.id - b.id);
  return sorted.map(({ rule, severity, certainty, grade, message, count, locations }) => ({
    rule,
    title: ruleOf(rule)?.title ?? rule,
    kind: ruleOf(rule)?.kind ?? 'hazard',
    severity,
    certainty,
    grade,
    message,
    count,
    locations: locations.map((location) => reportLocation(trace, location)),
  }));
}

function reportLocation(trace: Trace, { site, role, unit, time }: FindingLocation): ReportLocation {
  const place = trace.sites[site - 1];
  return {
    file: place?.file || null,
    line: place?.line || null,
    column: place && place.column >= 0 ? place.column + 1 : null,
    role,
    unit: unit === -1 ? null : unit,
    stack: Number.isNaN(time) || unit === -1 ? [] : stackAt(trace, unit, time),
  };
}
