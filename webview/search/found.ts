/** What a text means in a run: functions, units, objects and findings that have all its words. Pure. */
import { OPERATION_NAMES } from '../../common/events';
import type { ShownFinding } from '../../common/finding';
import { unitName } from '../lanes';
import type { Meant } from '../markedRows';
import type { Store } from '../store';
import { functionWords } from '../words';

export interface Found extends Meant {
  readonly units: ReadonlySet<number>;
  readonly findings: readonly ShownFinding[];
}

/** The words of a text, in lower case; their order does not count. */
export function wordsOf(text: string): readonly string[] {
  return text.toLowerCase().split(/\s+/).filter(Boolean);
}

export function hasAll(text: string, words: readonly string[]): boolean {
  const lower = text.toLowerCase();
  return words.every((word) => lower.includes(word));
}

export function find(store: Store, words: readonly string[]): Found {
  const sites = new Uint8Array(store.sites.length + 1);
  const objects = new Uint8Array(store.objects.length + 1);
  const units = new Set<number>();
  if (words.length === 0) return { sites, objects, units, findings: [] };
  for (const [row, site] of store.sites.entries())
    if (site && hasAll(`${functionWords(site)} ${site.function}`, words)) sites[row + 1] = 1;
  for (const [row, object] of store.objects.entries())
    if (object && hasAll(`${object.name} ${typeOf(object.operation)}`, words)) objects[row + 1] = 1;
  for (const unit of store.units)
    if (unit && hasAll(`${unitName(unit)} ${unit.name} ${unit.function}`, words)) units.add(unit.id);
  const findings = store.findings.filter(({ title, message, rule }) => hasAll(`${title} ${message} ${rule}`, words));
  return { sites, objects, units, findings };
}

/** Whether the same is meant; one of them may know of more that is not. */
export function isSameMeant(one: Meant, other: Meant): boolean {
  return isSame(one.sites, other.sites) && isSame(one.objects, other.objects);
}

function isSame(one: Uint8Array, other: Uint8Array): boolean {
  const [short, long] = one.length < other.length ? [one, other] : [other, one];
  return long.every((value, i) => value === (short[i] ?? 0));
}

/** `threading.Lock` of an object, without what is done with it: `queue.Queue` for `queue.Queue.get`. */
function typeOf(operation: number): string {
  const parts = (OPERATION_NAMES[operation] ?? '').split('.');
  const end = parts.findIndex((part) => /^[A-Z]/.test(part));
  return parts.slice(0, end + 1).join('.');
}

/** `lock`, `queue`: what an object is in one word. */
export function objectNoun(operation: number): string {
  return typeOf(operation).split('.').at(-1)?.toLowerCase() || 'object';
}
