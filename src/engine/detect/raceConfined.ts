/** Things that are made for one thread at a time: generators and other iterators, connections, sessions, positions of files. */
import type { Rule } from '../../../common/finding';
import type { Model } from '../model';
import type { DetectContext } from './detector';
import type { RaceAccess, Verdict } from './verdict';

export const OWNED_RULES: readonly Rule[] = [
  { id: 'race.iterator', title: 'Iterator is advanced by two threads', kind: 'race', severity: 'error' },
  { id: 'race.confined', title: 'Made for one thread, used by two', kind: 'race', severity: 'warning' },
];

/** Methods that set the position from which others of the same file go on. */
const SEEKS: ReadonlySet<string> = new Set(['seek', 'truncate']);

/** Of two uses of the same thing that nothing orders. */
export function verdictOfOwned(context: DetectContext, a: RaceAccess, b: RaceAccess): Verdict | undefined {
  const name = context.model.variables[a.effect.variable]?.name ?? '';
  if (a.effect.deed === 'advance') return verdictOfIterator(context, a, b, name);
  if (name.startsWith('_io.')) return isSeekAndUse(a, b) ? verdict('race.confined', 'real', a, b) : undefined;
  return verdict('race.confined', 'real', a, b);
}

/** A generator refuses to be advanced while it runs; the built-in iterators need the GIL. */
function verdictOfIterator(context: DetectContext, a: RaceAccess, b: RaceAccess, name: string): Verdict {
  const isReal = name === 'generator' || !context.gil();
  return { ...verdict('race.iterator', isReal ? 'real' : 'latent', a, b), severity: isReal ? 'error' : 'info' };
}

function verdict(rule: string, grade: Verdict['grade'], first: RaceAccess, second: RaceAccess): Verdict {
  return { rule, grade, severity: 'warning', first, second, check: undefined };
}

/** To write to one file from two threads is common, and harmless as long as nobody moves about in it. */
function isSeekAndUse(a: RaceAccess, b: RaceAccess): boolean {
  return SEEKS.has(a.site.field) !== SEEKS.has(b.site.field);
}

/** One finding for a type in two functions, however many of their calls meet. */
export function keyOfOwned(model: Model, a: RaceAccess, b: RaceAccess): string {
  const functions = [a, b].map(({ site }) => {
    const place = model.sites[site.site - 1];
    return place ? `${place.file}:${place.function}` : '';
  });
  const type = model.variables[a.effect.variable]?.name ?? '';
  return [type, ...new Set(functions)].sort().join(' ');
}
