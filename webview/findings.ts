/** What was found, as the panel asks for it: in order, by unit and time. Pure. */
import type { FindingLocation, Severity, ShownFinding } from '../common/finding';
import type { Store } from './store';

export const RANKS: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2 };

/** The gravest first, then as they were made. */
export function sortedFindings(store: Store): readonly ShownFinding[] {
  return [...store.findings].sort((a, b) => RANKS[a.severity] - RANKS[b.severity] || a.id - b.id);
}

export function findingOf(store: Store, id: number): ShownFinding | undefined {
  return store.findings.find((finding) => finding.id === id);
}

/** Locations that are a moment of a unit. */
export function momentsOf({ locations }: ShownFinding): readonly FindingLocation[] {
  // On its way to the page what is not a number becomes null.
  return locations.filter(({ unit, time }) => unit >= 0 && Number.isFinite(time));
}

/** The stretch of time in which it lies, of the unit at its first moment; undefined when it has no moment. */
export function stretchOfFinding(finding: ShownFinding): { unit: number; from: number; to: number } | undefined {
  const moments = momentsOf(finding);
  const [first] = moments;
  if (!first) return undefined;
  const times = moments.map(({ time }) => time);
  return { unit: first.unit, from: Math.min(...times), to: Math.max(...times) };
}

/** The units of a cycle, in order, each at its first location: there it waits, or takes the next lock. */
export function cycleOf(finding: ShownFinding): readonly FindingLocation[] | undefined {
  const { kind, units } = finding;
  if (kind !== 'deadlock' || units.length < 2) return undefined;
  const moments = momentsOf(finding);
  const cycle = units.flatMap((unit) => moments.filter((moment) => moment.unit === unit).slice(0, 1));
  return cycle.length === units.length ? cycle : undefined;
}

/** The finding after or before one in the order of `sortedFindings`; the first or last without one. */
export function neighbourOf(store: Store, id: number | undefined, direction: 1 | -1): ShownFinding | undefined {
  const findings = sortedFindings(store);
  const at = findings.findIndex((finding) => finding.id === id);
  if (at < 0) return findings.at(direction === 1 ? 0 : -1);
  return findings[(at + direction + findings.length) % findings.length];
}
