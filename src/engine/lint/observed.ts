/** What the last run of a file says about a finding of the linter there. */
import type { Certainty, Finding, FindingLocation } from '../../../common/finding';
import type { Site, Unit } from '../../../common/trace';
import type { LintFinding } from './finding';

/** The parts of a trace that tell. */
export interface RunFacts {
  readonly sites: readonly Site[];
  readonly units: readonly Unit[];
  readonly findings: readonly Finding[];
  /** Some of what happened was not recorded, or not yet, so that nothing can be said about what is not there. */
  readonly isPartial: boolean;
  /** Whether something that several units share was accessed at a site (row + 1). */
  isAccessed(site: number): boolean;
}

/** A run, seen from one of its files. */
export interface FileRun {
  readonly findings: readonly {
    readonly finding: Finding;
    readonly lines: readonly number[];
    readonly units: string;
  }[];
  /** Lines that came to something shared. Empty when it is not known of all. */
  readonly accessed: ReadonlySet<number>;
}

/** What a run found and did in a file. */
export function runInFile({ sites, units, findings, isPartial, isAccessed }: RunFacts, file: string): FileRun {
  const lineOf = (site: Site | undefined): number[] => (site && site.file === file && site.line > 0 ? [site.line] : []);
  const placed = findings.map((finding) => ({
    finding,
    lines: unique(momentsOf(finding).flatMap(({ site }) => lineOf(sites[site - 1]))),
    units: unitWords(finding, units),
  }));
  const accessed = isPartial ? [] : sites.flatMap((site, row) => (isAccessed(row + 1) ? lineOf(site) : []));
  return { findings: placed.filter(({ lines }) => lines.length > 0), accessed: new Set(accessed) };
}

/** Where it happened; not where its threads were started. */
function momentsOf({ locations }: Finding): readonly FindingLocation[] {
  const moments = locations.filter(({ time }) => !Number.isNaN(time));
  return moments.length > 0 ? moments : locations;
}

/** The finding, and the rules of runs that see its fault. */
export type Observable = Pick<LintFinding, 'line' | 'endLine'> & {
  readonly related: readonly { readonly line: number }[];
  readonly observedAs: readonly string[];
};

const WORDS: Readonly<Record<Certainty, string>> = {
  observed: 'Observed in the last run',
  predicted: 'The last run shows that it can happen',
  confirmed: 'Confirmed by the last run',
};

/** More lines than that are a block, of which the first line is meant. */
const MOST_LINES = 3;

/** A sentence about a finding; '' when the run says nothing of it. `isAsRun`: whether a line still has the text that ran. */
export function observedSentence(finding: Observable, run: FileRun, isAsRun: (line: number) => boolean): string {
  const own = ownLines(finding);
  const all = unique([...own, ...finding.related.map(({ line }) => line)]);
  const seen = run.findings.find(
    (each) =>
      finding.observedAs.includes(each.finding.rule) &&
      each.lines.some((line) => all.includes(line)) &&
      each.lines.every(isAsRun),
  );
  if (seen) {
    const who = seen.units === '' ? '' : `${seen.units}, `;
    return `${WORDS[seen.finding.certainty]}: ${who}${lineWords(seen.lines)}.`;
  }
  // That nothing was found says something only where accesses were watched, and nothing else was found there.
  const isAboutAccesses = finding.observedAs.some((rule) => /^(race|atomicity)\./.test(rule));
  const isQuiet = run.findings.every(({ lines }) => !lines.some((line) => all.includes(line)));
  const isContradicted = isAboutAccesses && isQuiet && own.every((line) => run.accessed.has(line) && isAsRun(line));
  return isContradicted ? 'The last run executed this line and reported nothing here.' : '';
}

function ownLines({ line, endLine }: Observable): number[] {
  if (endLine - line >= MOST_LINES) return [line];
  return Array.from({ length: endLine - line + 1 }, (_, i) => line + i);
}

/** `2 threads`, `1 thread and 1 task`. */
function unitWords({ units: rows }: Finding, units: readonly Unit[]): string {
  const counts = new Map<string, number>();
  for (const row of unique(rows)) {
    const kind = units[row]?.kind;
    if (kind) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  const words = [...counts].map(([kind, count]) => `${count} ${kind}${count === 1 ? '' : plural(kind)}`);
  return words.join(' and ');
}

function plural(kind: string): string {
  return kind.endsWith('s') ? 'es' : 's';
}

/** `line 14`, `lines 14, 20 and 31`. */
function lineWords(lines: readonly number[]): string {
  const sorted = [...lines].sort((a, b) => a - b);
  const last = sorted.pop();
  return sorted.length === 0 ? `line ${last}` : `lines ${sorted.join(', ')} and ${last}`;
}

function unique<T>(items: readonly T[]): T[] {
  return [...new Set(items)];
}
