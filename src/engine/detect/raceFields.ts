/** Variables that belong together: changed in one go by one thread, and used together by another that can come in between. */
import { OPERATION } from '../../../common/events';
import type { FindingLocation, Rule } from '../../../common/finding';
import type { DetectContext } from './detector';
import { ACCESS_FLAGS } from './variables';
import type { RaceAccess } from './verdict';
import * as words from './words';

export const FIELD_RULES: readonly Rule[] = [
  { id: 'race.multi-variable', title: 'Can be seen half changed', kind: 'race', severity: 'warning' },
];

/** One thread changes a variable, another uses it, and nothing orders the two. */
interface Use {
  readonly change: RaceAccess;
  readonly use: RaceAccess;
}

const DELETE = OPERATION['item.delete'];
const MOST_USES = 32;
const MOST_FUNCTIONS = 10_000;
/** Methods that fail when what they are to take is not there. */
const RAISING: ReadonlySet<string> = new Set(['pop', 'popleft', 'popitem', 'remove']);

export class RaceFields {
  /** By the two functions and threads: what the one changes and the other uses. */
  private readonly uses = new Map<string, Use[]>();
  private readonly reported = new Set<string>();
  /** Thread -> its latest use of what a critical section changes that nothing orders with it. */
  private readonly latest = new Map<number, { readonly epoch: number; readonly section: number }>();

  constructor(private readonly context: DetectContext) {}

  /** Nothing orders these two, and at least one is a change. */
  unordered(a: RaceAccess, b: RaceAccess): void {
    if (isUseOf(b, a)) this.note({ change: a, use: b });
    else if (isUseOf(a, b)) this.note({ change: b, use: a });
  }

  /**
   * The change is known to be before the use, perhaps only because the same thread has just seen another change of the
   * same critical section: as nothing ordered that one, nothing but what it saw orders this one.
   */
  ordered(change: RaceAccess, use: RaceAccess): void {
    const latest = this.latest.get(use.number);
    if (!latest || latest.epoch !== use.epoch || latest.section !== change.section) return;
    if (isUseOf(use, change)) this.note({ change, use });
  }

  private note(use: Use): void {
    const { section } = use.change;
    if (section !== 0) this.latest.set(use.use.number, { epoch: use.use.epoch, section });
    const key = `${this.functionOf(use.change)} ${use.change.unit} ${this.functionOf(use.use)} ${use.use.unit}`;
    const uses = this.uses.get(key) ?? [];
    const at = uses.findIndex(({ change, use: { site } }) => change.site === use.change.site && site === use.use.site);
    if (at !== -1) uses.splice(at, 1);
    for (const known of uses) this.pair(known, use);
    if (this.uses.size >= MOST_FUNCTIONS) this.uses.clear();
    if (uses.length < MOST_USES) uses.push(use);
    this.uses.set(key, uses);
  }

  private functionOf({ site }: RaceAccess): string {
    const place = this.context.model.sites[site.site - 1];
    return place ? `${place.file}:${place.function}` : '';
  }

  private pair(a: Use, b: Use): void {
    const [first, second] = this.lineOf(a.change) <= this.lineOf(b.change) ? [a, b] : [b, a];
    const base = baseOf(first.change);
    if (base === '' || base !== baseOf(second.change) || baseOf(first.use) !== baseOf(second.use)) return;
    if (first.change.site.text === second.change.site.text) return;
    if (this.isHandOver(first, second)) this.report(first, second, true);
    else if (isState(first, second)) this.report(first, second, false);
  }

  /** What is put into one first is taken out of it by one who then expects it in the other. */
  private isHandOver(first: Use, second: Use): boolean {
    if (first.change.effect.deed !== 'grow' || second.change.effect.deed !== 'grow') return false;
    const { operation, field } = second.use.site;
    const isRaising = second.use.effect.deed === 'shrink' && (RAISING.has(field) || operation === DELETE);
    return isRaising && this.lineOf(first.use) < this.lineOf(second.use);
  }

  private lineOf({ site }: RaceAccess): number {
    return this.context.model.sites[site.site - 1]?.line ?? 0;
  }

  private report(first: Use, second: Use, isHandOver: boolean): void {
    const { model } = this.context;
    const sites = [first.change, second.change, first.use, second.use].map(({ site }) => words.place(model, site.site));
    const key = sites.join(' ');
    if (this.reported.has(key)) return;
    this.reported.add(key);
    const [a, b] = [first, second].map(({ change }) => words.variable(model, change.site, change.effect.variable));
    const harm = isHandOver
      ? `what is found in ${a} need not be in ${b} yet`
      : `it can see the new ${a} with the old ${b}`;
    const [one, other] = [words.unit(model, first.change.unit), words.unit(model, first.use.unit)];
    const accesses = isHandOver
      ? [second.change, first.change, second.use, first.use]
      : [first.use, second.use, first.change, second.change];
    this.context.report({
      rule: 'race.multi-variable',
      key,
      certainty: 'predicted',
      grade: 'real',
      message: `${one} changes ${a} (${sites[0]}) and then ${b} (${words.placeBeside(model, second.change.site.site, first.change.site.site)}), while ${other} uses both (${sites[2]} and ${words.placeBeside(model, second.use.site.site, first.use.site.site)}): ${harm}. No lock is held by both, and neither waits for the other.`,
      locations: [
        ...accesses.map(({ site, effect, unit, time, locks }) => ({
          site: site.site,
          role: `${words.deed(effect.deed)} ${words.variable(model, site, effect.variable)}${words.holding(model, locks)}`,
          unit,
          time,
        })),
        ...checksOf([first.use, second.use]),
      ],
      units: [first.change.unit, first.use.unit],
      objects: [],
    });
  }
}

/** Something taken out that the other put in; or a read without a lock of what the other changes under one. */
function isUseOf(use: RaceAccess, change: RaceAccess): boolean {
  const { deed } = change.effect;
  if (deed === 'grow') return use.effect.deed === 'shrink';
  const isStore = deed === 'write' || deed === 'update';
  return isStore && change.section !== 0 && use.effect.deed === 'read' && use.locks.length === 0;
}

/** Two attributes of one object, changed in one critical section. */
function isState({ change: first }: Use, { change: second }: Use): boolean {
  return first.effect.variable === second.effect.variable && first.section !== 0 && first.section === second.section;
}

/** The tests that decide whether the variables are used. */
function checksOf(uses: readonly RaceAccess[]): FindingLocation[] {
  return uses
    .filter(({ site }) => site.reads !== 0 && site.flags & ACCESS_FLAGS.dependsByCondition)
    .map(({ site, unit }) => ({ site: site.reads, role: 'decides by this', unit, time: Number.NaN }));
}

/** `self` of `self._items`. */
function baseOf({ site: { text } }: RaceAccess): string {
  const at = text.lastIndexOf('.');
  return at === -1 ? '' : text.slice(0, at);
}
