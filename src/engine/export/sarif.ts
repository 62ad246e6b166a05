/**
 * The findings of a report as SARIF 2.1.0 (OASIS), the form in which code hosts and editors take in what analysers found.
 *
 * A finding is a result at its first location; the others are related locations, and all of them in order are a code flow
 * of the threads that take part. Files below the root are told relative to it, so that the result means the same on
 * another machine.
 */
import type { Severity } from '../../../common/finding';
import { CERTAINTY_WORDS, GRADE_WORDS } from '../../../common/findingWords';
import type { Report } from '../report';
import type { ReportFinding, ReportLocation } from '../reportFindings';

export interface SarifOptions {
  /** Version of this product. */
  readonly version: string;
  /** Absolute path of the folder to which files are relative. */
  readonly root: string;
  /** Page of a rule: its address, and its text in Markdown. */
  readonly pageOf: (rule: string) => { readonly address: string; readonly text: string };
}

const LEVELS: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'note' };
const SCHEMA = 'https://json.schemastore.org/sarif-2.1.0.json';

export function* sarif(report: Report, options: SarifOptions): Generator<string> {
  const { program, findings, units } = report;
  const rules = [...new Map(findings.map((finding) => [finding.rule, finding])).values()];
  const places = new Places(options.root);
  const run = {
    tool: {
      driver: {
        name: 'Interleave',
        version: options.version,
        rules: rules.map((finding) => ruleOf(finding, options)),
      },
    },
    originalUriBaseIds: { [ROOT]: { uri: fileAddress(`${options.root.replace(/[\\/]$/, '')}/`) } },
    invocations: [{ executionSuccessful: true, ...(program.exitCode === null ? {} : { exitCode: program.exitCode }) }],
    columnKind: 'utf16CodeUnits',
    results: findings.map((finding) =>
      resultOf(
        finding,
        rules.findIndex(({ rule }) => rule === finding.rule),
        units,
        places,
      ),
    ),
  };
  yield `${JSON.stringify({ $schema: SCHEMA, version: '2.1.0', runs: [run] }, null, 2)}\n`;
}

function ruleOf({ rule, title, kind, severity }: ReportFinding, { pageOf }: SarifOptions): object {
  const { address, text } = pageOf(rule);
  return {
    id: rule,
    shortDescription: { text: title },
    helpUri: address,
    ...(text === '' ? {} : { help: { text, markdown: text } }),
    defaultConfiguration: { level: LEVELS[severity] },
    properties: { tags: ['concurrency', kind] },
  };
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

const ROOT = 'ROOT';

class Places {
  private readonly start: string;

  constructor(root: string) {
    this.start = `${root.replaceAll('\\', '/').replace(/\/$/, '')}/`;
  }

  of({ file, line, column }: Pick<ReportLocation, 'file' | 'line' | 'column'>): object {
    const path = file ?? '';
    const isBelow = path.replaceAll('\\', '/').startsWith(this.start);
    const region = line === null ? undefined : { startLine: line, ...(column === null ? {} : { startColumn: column }) };
    const artifactLocation = isBelow ? { uri: this.relative(path), uriBaseId: ROOT } : { uri: fileAddress(path) };
    return { physicalLocation: { artifactLocation, ...(region ? { region } : {}) } };
  }

  /** Address below the root; of a file elsewhere the whole one. */
  relative(path: string): string {
    const slashed = path.replaceAll('\\', '/');
    return slashed.startsWith(this.start) ? encodePath(slashed.slice(this.start.length)) : fileAddress(path);
  }
}

/** `file:///home/me/prog.py`, `file:///C:/prog.py`. */
function fileAddress(path: string): string {
  const slashed = path.replaceAll('\\', '/');
  return `file://${slashed.startsWith('/') ? '' : '/'}${encodePath(slashed)}`;
}

function encodePath(path: string): string {
  return path
    .split('/')
    .map((part) => encodeURIComponent(part).replaceAll('%3A', ':'))
    .join('/');
}
