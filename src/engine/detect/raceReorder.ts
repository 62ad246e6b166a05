/** Lists that are sorted, turned round or moved up by one thread while another one looks into them. */
import { OPERATION } from '../../../common/events';
import type { Rule } from '../../../common/finding';
import type { DetectContext } from './detector';
import { ACCESS_FLAGS } from './variables';
import type { RaceAccess, Verdict } from './verdict';

export const REORDER_RULES: readonly Rule[] = [
  { id: 'race.reorder', title: 'List is rearranged while another thread uses it', kind: 'race', severity: 'warning' },
];

/** What moves items to other places. */
const SHIFTS: ReadonlySet<string> = new Set(['insert', 'remove', 'reverse', 'rotate', ':']);
/** What goes by places, or by what is found on the way through all of them. */
const POSITIONAL_CALLS: ReadonlySet<string> = new Set(['index', 'count']);
const POSITIONAL: ReadonlySet<number> = new Set([OPERATION['item.read'], OPERATION['container.contains']]);

/** Of two accesses of a container as a whole; undefined when they do each other no harm. */
export function verdictOfReordered(context: DetectContext, a: RaceAccess, b: RaceAccess): Verdict | undefined {
  const variable = context.model.variables[a.effect.variable];
  if (variable?.operation !== OPERATION['variable.list'] && variable?.operation !== OPERATION['variable.deque']) {
    return undefined;
  }
  if (isSort(a)) return verdict(context, a, b);
  if (isSort(b)) return verdict(context, b, a);
  if (shifts(a) && goesByPlace(b)) return verdict(context, a, b);
  if (shifts(b) && goesByPlace(a)) return verdict(context, b, a);
  return undefined;
}

function isSort({ site, effect }: RaceAccess): boolean {
  return effect.deed === 'reorder' && site.field === 'sort';
}

function shifts({ site, effect }: RaceAccess): boolean {
  return SHIFTS.has(site.field) && effect.deed !== 'look';
}

function goesByPlace({ site, effect }: RaceAccess): boolean {
  if (effect.deed === 'iterate') return true;
  return effect.deed === 'look' && (POSITIONAL.has(site.operation) || POSITIONAL_CALLS.has(site.field));
}

/** With the GIL all of them are one step, but for a sort that calls a function of the program's for each item. */
function verdict(context: DetectContext, first: RaceAccess, second: RaceAccess): Verdict {
  const isReal = !context.gil() || (first.site.flags & ACCESS_FLAGS.switchPoint) !== 0;
  return {
    rule: 'race.reorder',
    severity: isReal ? 'warning' : 'info',
    grade: isReal ? 'real' : 'latent',
    first,
    second,
    check: undefined,
  };
}
