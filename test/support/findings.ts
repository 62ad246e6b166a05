/** Findings as lines that a test can compare. */
import type { Trace } from '../../src/engine/trace';

/** Rule, severity, certainty, then the lines of its places in their order: `deadlock.cycle error observed 11 9 13 7`. */
export function findingLines(trace: Trace): string[] {
  return trace.findings.map(({ rule, severity, certainty, locations }) => {
    const lines = locations.map(({ site }) => trace.sites[site - 1]?.line ?? 0);
    return `${rule} ${severity} ${certainty} ${lines.join(' ')}`;
  });
}
