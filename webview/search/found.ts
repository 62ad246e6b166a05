/** What a text means in a run: functions, units, objects and findings that have all its words. Pure. */
import type { ShownFinding } from '../../common/finding';
import { unitName } from '../lanes';
import type { Meant } from '../markedRows';
import { typeOf } from '../objectNoun';
import type { Store } from '../store';
import { hasAll } from '../textWords';
import { functionWords } from '../words';

export interface Found extends Meant {
  readonly units: ReadonlySet<number>;
  readonly findings: readonly ShownFinding[];
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
