/**
 * Which pairs of unordered accesses are worth a word, and which word. The rules follow what CPython documents as atomic:
 * a single load or store of a reference, `append`, `d[k] = v` and their like lose nothing; what reads, decides and then
 * writes does, and so does a loop over what changes its size.
 */
import { OPERATION } from '../../../common/events';
import type { FindingLocation, Grade, Rule, Severity } from '../../../common/finding';
import type { Vector } from './clocks';
import type { DetectContext } from './detector';
import type { Effect } from './effects';
import type { Lockset } from './locksets';
import { keyOfOwned, verdictOfOwned } from './raceConfined';
import { verdictOfReordered } from './raceReorder';
import { ACCESS_FLAGS, type AccessSite, WRITTEN } from './variables';
import * as words from './words';

export const RACE_RULES: readonly Rule[] = [
  { id: 'race.data', title: 'Data race: an update can be lost', kind: 'race', severity: 'error' },
  {
    id: 'race.check-then-act',
    title: 'What was checked can change before it is acted on',
    kind: 'race',
    severity: 'error',
  },
  { id: 'race.lazy-init', title: 'Two threads can make it at the same time', kind: 'race', severity: 'error' },
  {
    id: 'race.iteration',
    title: 'Container changes its size while another thread loops over it',
    kind: 'race',
    severity: 'error',
  },
];

export interface RaceAccess {
  readonly unit: number;
  readonly thread: number;
  readonly time: number;
  readonly site: AccessSite;
  /** The thread's number in clocks, and its own component at that time. */
  readonly number: number;
  readonly epoch: number;
  /** What its thread had seen of others; empty when it was told later. */
  readonly seen: Vector;
  /** Number of the outermost critical section that it lies in, 0 none or unknown. */
  readonly section: number;
  readonly locks: Lockset;
  readonly effect: Effect;
}

/** What else is known when a pair is judged. */
export interface Seen {
  /** Read site -> write sites that depend on it and were run. */
  readonly acts: ReadonlyMap<number, ReadonlySet<number>>;
  /** Last accesses of the same variable. */
  readonly all: readonly RaceAccess[];
}

export interface Verdict {
  readonly rule: string;
  readonly severity: Severity;
  readonly grade: Grade;
  /** The line to change: the update, the act, the loop. */
  readonly first: RaceAccess;
  readonly second: RaceAccess;
  /** The check on which the act depends, when there is one. */
  readonly check: RaceAccess | undefined;
}

export function verdictOf(context: DetectContext, a: RaceAccess, b: RaceAccess, seen: Seen): Verdict | undefined {
  if (a.effect.deed === 'advance' || a.effect.deed === 'use') return verdictOfOwned(context, a, b);
  if (isIteration(a, b)) return iteration(context, a, b);
  if (isIteration(b, a)) return iteration(context, b, a);
  const [act, other, check] = guardedAct(a, b, seen) ?? guardedAct(b, a, seen) ?? [];
  if (act && other) return checkThenAct(context, act, other, check);
  if (a.effect.field === '#') return verdictOfReordered(context, a, b);
  if (a.effect.deed === 'update' && changes(b)) return lostUpdate(context, a, b);
  if (b.effect.deed === 'update' && changes(a)) return lostUpdate(context, b, a);
  return undefined;
}

function changes({ effect }: RaceAccess): boolean {
  return effect.deed === 'update' || effect.deed === 'write' || effect.deed === 'delete';
}

function lostUpdate(context: DetectContext, update: RaceAccess, other: RaceAccess): Verdict {
  const isReal = comesBetween(context, update) || (other.effect.deed === 'update' && comesBetween(context, other));
  return {
    rule: 'race.data',
    severity: isReal ? 'error' : 'warning',
    grade: isReal ? 'real' : 'latent',
    first: update,
    second: other,
    check: undefined,
  };
}

/** Whether another thread can come in between an update's read and its write on the interpreter that ran. */
function comesBetween(context: DetectContext, { site }: RaceAccess): boolean {
  const [major, minor] = context.python();
  return !context.gil() || major * 100 + minor < 310 || (site.flags & ACCESS_FLAGS.switchPoint) !== 0;
}

function isIteration(a: RaceAccess, b: RaceAccess): boolean {
  // A deque that is rotated counts as changed for those who walk over it.
  const resizes = b.effect.deed === 'grow' || b.effect.deed === 'shrink' || b.site.field === 'rotate';
  return a.effect.deed === 'iterate' && resizes;
}

/** A loop in Python can be interrupted; `list(d)` and its like only where there is no GIL. */
function iteration(context: DetectContext, loop: RaceAccess, change: RaceAccess): Verdict | undefined {
  const isCall = loop.site.field !== '' && !['items', 'keys', 'values'].includes(loop.site.field);
  if (isCall && context.gil()) return undefined;
  const variable = context.model.variables[loop.effect.variable];
  const isList = variable !== undefined && context.model.isList(variable);
  return {
    rule: 'race.iteration',
    severity: isList ? 'info' : 'error',
    grade: isCall ? 'latent' : 'real',
    first: loop,
    second: change,
    check: undefined,
  };
}

const ITEM_READ = OPERATION['item.read'];

type Act = readonly [act: RaceAccess, other: RaceAccess, check: RaceAccess | undefined];

/**
 * Whether one of the two is the act that follows a check of the same thing, or that check, and the other one can undo what
 * was found: then the act and the check are told, whichever of the two was met first.
 */
function guardedAct(a: RaceAccess, b: RaceAccess, seen: Seen): Act | undefined {
  if (isAct(a) && undoes(b, a)) return [a, b, checkOf(a, seen)];
  const acts = seen.acts.get(a.site.site);
  if (!acts) return undefined;
  // Who only checked so far may be about to do the same as the one who acted.
  if (acts.has(b.site.site)) return isAct(b) && undoes(b, b) ? [b, a, checkOf(b, seen) ?? a] : undefined;
  // What another one did because of a check of its own is judged for itself.
  const own = seen.all.filter(
    (each) => each.unit === a.unit && each.time > a.time && acts.has(each.site.site) && isAct(each) && undoes(b, each),
  );
  const act = own.find(changes) ?? own[0];
  return act ? [act, b, a] : undefined;
}

function checkOf(act: RaceAccess, { all }: Seen): RaceAccess | undefined {
  return all.find(({ site, unit }) => site.site === act.site.reads && unit === act.unit);
}

/** Whether the item that is read may be gone because of what the other does. */
function takesAway(other: RaceAccess, { effect }: RaceAccess): boolean {
  if (effect.field !== '#') return other.effect.deed === 'delete';
  const isSame = effect.item === -1 || other.effect.item === -1 || effect.item === other.effect.item;
  return isSame && other.effect.deed === 'shrink';
}

/** Methods that look and change in one step. */
const DECIDES_ITSELF: ReadonlySet<string> = new Set(['setdefault', 'discard']);

function isAct({ site, effect }: RaceAccess): boolean {
  if (site.reads === 0 || !(site.flags & ACCESS_FLAGS.dependsByCondition)) return false;
  if (DECIDES_ITSELF.has(site.field)) return false;
  // It fails when the item is not there any more.
  if (site.operation === ITEM_READ) return true;
  return effect.deed !== 'read' && effect.deed !== 'look' && effect.deed !== 'iterate';
}

/** Whether what the other does makes wrong what the act relies on. */
function undoes(other: RaceAccess, act: RaceAccess): boolean {
  const [done, mine] = [other.effect.deed, act.effect.deed];
  if (act.site.operation === ITEM_READ) return takesAway(other, act);
  if (act.effect.field === '#') {
    if (act.effect.item !== -1 && other.effect.item !== -1 && act.effect.item !== other.effect.item) return false;
    // That there is something stays true while others only add; that something is missing, while they only take away.
    return mine === 'shrink' ? done === 'shrink' : mine === 'grow' && (done === 'grow' || done === 'shrink');
  }
  if (done === 'read') return false;
  // A flag that is set once, to a constant, by whoever comes first.
  return !(act.site.written === WRITTEN.constant && other.site.written === WRITTEN.constant);
}

function checkThenAct(
  context: DetectContext,
  act: RaceAccess,
  other: RaceAccess,
  check: RaceAccess | undefined,
): Verdict {
  const isInit =
    act.site.written === WRITTEN.synchroniser ||
    (act.site.written === WRITTEN.made && act.effect.field !== '#' && act.effect.deed === 'write');
  const isReal = comesBetween(context, act) || isInit;
  return {
    rule: isInit ? 'race.lazy-init' : 'race.check-then-act',
    severity: isReal ? (isInit && act.site.written !== WRITTEN.synchroniser ? 'warning' : 'error') : 'warning',
    grade: isReal ? 'real' : 'latent',
    first: act,
    second: other,
    check,
  };
}

export function reportRace(context: DetectContext, verdict: Verdict, a: RaceAccess, b: RaceAccess): void {
  const { model } = context;
  const { first, second, rule, severity, grade } = verdict;
  const name = words.variable(model, first.site, first.effect.variable);
  const place = (access: RaceAccess): FindingLocation => ({
    site: access.site.site,
    role: `${words.deed(access.effect.deed)} ${words.variable(model, access.site, access.effect.variable)}${words.holding(model, access.locks)}`,
    unit: access.unit,
    time: access.time,
  });
  const locations = [place(first), ...checkPlace(verdict, name, place), place(second)];
  const accessSites = locations.map(({ site }) => words.place(model, site));
  for (const unit of new Set([a.thread, b.thread])) {
    const site = model.units[unit]?.site ?? 0;
    if (site !== 0) locations.push({ site, role: `starts ${words.unit(model, unit)}`, unit, time: Number.NaN });
  }
  context.report({
    rule,
    key: rule === 'race.confined' ? keyOfOwned(model, a, b) : [...new Set(accessSites)].sort().join(' '),
    severity,
    grade,
    certainty: 'observed',
    message: `${words.raceSentence(model, verdict, name)} ${unorderedBecause(context, first, second)}${gradeSentence(context, verdict)}`,
    locations: uniqueLocations(locations),
    units: [...new Set([first.unit, second.unit])],
    objects: first.locks.length === 0 ? second.locks : second.locks.length === 0 ? first.locks : [],
  });
}

/** Where an act was decided; the text knows it also when that look itself left no record. */
function checkPlace(
  { first, check, rule }: Verdict,
  name: string,
  place: (access: RaceAccess) => FindingLocation,
): FindingLocation[] {
  if (check) return [place(check)];
  if (rule !== 'race.check-then-act' && rule !== 'race.lazy-init') return [];
  return [{ site: first.site.reads, role: `looks at ${name}`, unit: first.unit, time: Number.NaN }];
}

function uniqueLocations(locations: readonly FindingLocation[]): FindingLocation[] {
  return locations.filter(
    (each, i) =>
      !locations
        .slice(0, i)
        .some(({ site, unit, role }) => site === each.site && unit === each.unit && role === each.role),
  );
}

function unorderedBecause({ model }: DetectContext, a: RaceAccess, b: RaceAccess): string {
  const common = a.locks.filter((lock) => b.locks.includes(lock));
  if (common.length > 0) return `${words.object(model, common[0] as number)} does not order them.`;
  const holders = [a, b].filter(({ locks }) => locks.length > 0);
  if (holders.length === 1) {
    const [holder] = holders as [RaceAccess];
    return `Only line ${words.lineOf(model, holder.site.site)} holds ${words.list(holder.locks.map((lock) => words.object(model, lock)))}.`;
  }
  return holders.length === 0 ? 'No lock is held.' : 'They hold different locks.';
}

function gradeSentence(context: DetectContext, { grade, rule }: Verdict): string {
  if (grade !== 'latent') return '';
  const [major, minor] = context.python();
  if (rule === 'race.iterator')
    return ` On CPython ${major}.${minor} with the GIL each item comes once; without it, items can be lost or come twice.`;
  const what =
    rule === 'race.iteration'
      ? 'It cannot be interrupted'
      : 'Nothing between the read and the write lets another thread in';
  return ` ${what} on CPython ${major}.${minor} with the GIL; without it, or with a call in between, it goes wrong.`;
}
