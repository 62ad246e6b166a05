/** Units of two runs are the same when they have the same name in the same place: `orders.py › MainThread › fetch`. */
import type { Unit } from '../trace';

const SEPARATOR = ' › ';

/** For each unit its names from the root down; of several with the same names the second one ends in ` (2)`. */
export function unitPaths(units: readonly Unit[]): readonly string[] {
  const plain: string[] = [];
  const seen = new Map<string, number>();
  const paths: string[] = [];
  const plainOf = (id: number, depth: number): string => {
    const unit = units[id];
    if (!unit || depth > 100) return '';
    const known = plain[id];
    if (known !== undefined) return known;
    const above = unit.parent >= 0 ? plainOf(unit.parent, depth + 1) : '';
    const name = nameOf(unit);
    const path = above ? `${above}${SEPARATOR}${name}` : name;
    plain[id] = path;
    return path;
  };
  for (const { id } of units) {
    const path = plainOf(id, 0);
    const count = (seen.get(path) ?? 0) + 1;
    seen.set(path, count);
    paths[id] = count === 1 ? path : `${path} (${count})`;
  }
  return paths;
}

/** Without what differs from run to run: numbers of processes and asyncio's count of tasks. */
function nameOf({ kind, name, function: runs }: Unit): string {
  if (kind === 'task' && runs !== '' && /^Task-\d+$/.test(name)) return runs;
  return name.replace(/\b(process|thread) \d+$/, '$1') || runs || kind;
}
