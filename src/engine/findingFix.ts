import type { Finding } from '../../common/finding';
import { type LineFix, useWith, wrapInLock } from './fixes';
import type { Trace } from './trace';

export type { LineFix } from './fixes';

/** The change of a file's lines that mends a finding; undefined where none is known to be safe. */
export function fixOf(
  { rule, locations, objects }: Finding,
  { sites, objects: known }: Trace,
  file: string,
  lines: readonly string[],
): LineFix | undefined {
  const lineOf = (site: number): number => (sites[site - 1]?.file === file ? (sites[site - 1]?.line ?? 0) : 0);
  if (rule === 'hazard.lock-left-held') return useWith(lines, lineOf(locations[0]?.site ?? 0));
  if (rule !== 'race.data') return undefined;
  const accesses = [...new Set(locations.filter(({ time }) => !Number.isNaN(time)).map(({ site }) => lineOf(site)))];
  if (accesses.length !== 2 || accesses.includes(0)) return undefined;
  const [one, other] = accesses as [number, number];
  for (const lock of objects.map((row) => known[row]?.name ?? '').filter((name) => name !== '')) {
    const fix = wrapInLock(lines, one, other, lock) ?? wrapInLock(lines, other, one, lock);
    if (fix) return fix;
  }
  return undefined;
}
