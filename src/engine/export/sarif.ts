/**
 * The findings of a report as SARIF 2.1.0 (OASIS), the form in which code hosts and editors take in what analysers found.
 *
 * A finding is a result at its first location; the others are related locations, and all of them in order are a code flow
 * of the threads that take part. Files below the root are told relative to it, so that the result means the same on
 * another machine.
 */
import { CERTAINTY_WORDS, GRADE_WORDS } from '../../../common/findingWords';
import type { Report } from '../report';
import type { ReportFinding, ReportLocation } from '../reportFindings';
import { LEVELS, Places, type SarifOptions, sarifDocument } from './sarifDocument';

export function* sarif(report: Report, options: SarifOptions): Generator<string> {
  const { program, findings, units } = report;
  const rules = [...new Map(findings.map((finding) => [finding.rule, finding])).values()];
  const places = new Places(options.root);
  yield* sarifDocument(
    {
      rules: rules.map(({ rule, title, kind, severity }) => ({ id: rule, title, severity, tags: [kind] })),
      invocation: { executionSuccessful: true, ...(program.exitCode === null ? {} : { exitCode: program.exitCode }) },
      results: findings.map((finding) =>
        resultOf(
          finding,
          rules.findIndex(({ rule }) => rule === finding.rule),
          units,
          places,
        ),
      ),
    },
    options,
  );
}

function resultOf(finding: ReportFinding, ruleIndex: number, units: Report['units'], places: Places): object {
  const { rule, severity, certainty, grade, message, count, locations } = finding;
  const known = locations.filter(({ file }) => file !== null);
  const [first, ...others] = known;
  return {
    ruleId: rule,
    ruleIndex,
    level: LEVELS[severity],
    message: { text: message },
    locations: first ? [places.of(first)] : [],
    relatedLocations: others.map((location, index) => ({
      id: index + 1,
      ...places.of(location),
      message: { text: roleOf(location, units) },
    })),
    stacks: known.flatMap((location) => stackOf(location, units, places)),
    // The line may move, the rule and what is done there stay.
    partialFingerprints: {
      'places/v1': [rule, ...known.map(({ file, role }) => `${places.relative(file ?? '')} ${role}`)].join('\n'),
    },
    occurrenceCount: count,
    properties: {
      certainty,
      certaintyText: CERTAINTY_WORDS[certainty],
      ...(grade === '' ? {} : { grade, gradeText: GRADE_WORDS[grade] }),
    },
  };
}

function roleOf({ role, unit }: ReportLocation, units: Report['units']): string {
  const name = unit === null ? '' : (units[unit]?.name ?? '');
  return name === '' ? role : `${role} (${name})`;
}

function stackOf(location: ReportLocation, units: Report['units'], places: Places): object[] {
  if (location.stack.length === 0) return [];
  const frames = location.stack.map((frame) => ({
    location: {
      ...places.of({ file: frame.file, line: frame.line, column: null }),
      logicalLocations: [{ fullyQualifiedName: frame.function, kind: 'function' }],
    },
  }));
  return [{ message: { text: roleOf(location, units) }, frames }];
}
