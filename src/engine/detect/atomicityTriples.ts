/**
 * Three accesses in three critical sections of one lock that no serial order explains, as they happened: one thread looks,
 * another one changes, and the first goes on as if nothing had (AVIO, Lu and others 2006). What depends by its text on an
 * earlier read is for `atomicity.split-section`, which needs no unlucky timing; here is what has no such relation: a test and
 * a use of what was tested, a store and a read that expects it. Of AVIO's four patterns those two are told; that others see
 * a value between two stores is what most programs mean to do.
 */
import { KIND, OPERATION } from '../../../common/events';
import type { Rule } from '../../../common/finding';
import type { DetectContext, Detector, DetectorKind } from './detector';
import { type Effect, effectsOf, isWriting } from './effects';
import type { Fact } from './fact';
import type { HeldThing } from './held';
import { type Lockset, Locksets } from './locksets';
import { BoundedMap, VariableKeys } from './variableKeys';
import { ACCESS_FLAGS, type AccessSite, WRITTEN } from './variables';
import * as words from './words';

const RULES: readonly Rule[] = [
  { id: 'atomicity.triple', title: 'Changed by another thread in between', kind: 'atomicity', severity: 'warning' },
];

const TOLD_LATER = 1;
const MOST_VARIABLES = 50_000;
/** Of one variable: threads and tasks whose last access is remembered. */
const MOST_UNITS = 64;
/** Between two accesses that belong together, nanoseconds. */
const LONGEST_GAP = 1e9;
/** What fails when the item that it is about is gone. */
const NEEDS_ITEM: ReadonlySet<number> = new Set([OPERATION['item.read'], OPERATION['item.delete']]);
const NOTHING: readonly HeldThing[] = [];
const CONTAINS = OPERATION['container.contains'];

interface Use {
  readonly site: AccessSite;
  readonly effect: Effect;
  readonly unit: number;
  readonly time: number;
  readonly locks: Lockset;
  /** The same with when they were taken; empty when it was told later. */
  readonly held: readonly HeldThing[];
}

/** The last access of a thread or task, and the first change by another one since. */
interface Last {
  readonly use: Use;
  change: Use | undefined;
}

class AtomicityTriples implements Detector {
  private readonly keys = new VariableKeys();
  private readonly locksets = new Locksets();
  private readonly lasts = new BoundedMap<Map<number, Last>>(MOST_VARIABLES);

  constructor(private readonly context: DetectContext) {}

  on(fact: Fact): void {
    if (fact.kind === KIND.access) this.access(fact);
    else this.locksets.note(fact, this.context.held);
  }

  private access(fact: Fact): void {
    const { model } = this.context;
    const isTold = (fact.flags & TOLD_LATER) !== 0;
    const unit = isTold ? fact.other : fact.unit;
    const locks = isTold ? this.locksets.at(unit, fact.time).locks : this.locksets.of(unit);
    if (locks.length === 0) return;
    const site = model.accessSites[fact.site - 1];
    const variable = model.variables[fact.object];
    if (!site || !variable) return;
    const held = isTold ? NOTHING : this.context.held.of(unit);
    for (const effect of effectsOf(site, variable)) this.use({ site, effect, unit, time: fact.time, locks, held });
  }

  private use(use: Use): void {
    const key = this.keys.of(use.effect);
    const lasts = this.lasts.get(key) ?? new Map<number, Last>();
    this.lasts.set(key, lasts);
    const own = lasts.get(use.unit);
    if (own?.change && this.isBroken(own.use, own.change, use)) this.report(own.use, own.change, use);
    if (isWriting(use.effect.deed)) {
      for (const [unit, last] of lasts) if (unit !== use.unit && sameItem(last.use, use)) last.change ??= use;
    }
    if (!own && lasts.size >= MOST_UNITS) lasts.clear();
    lasts.set(use.unit, { use, change: undefined });
  }

  private isBroken(first: Use, change: Use, second: Use): boolean {
    if (!sameItem(first, second) || second.time - first.time > LONGEST_GAP) return false;
    const isSplit = isWriting(second.effect.deed) && second.site.reads === first.site.site;
    if (second.site.flags & ACCESS_FLAGS.test || isSplit) return false;
    const lock = commonLock(first, second);
    if (lock === undefined || !change.locks.includes(lock)) return false;
    if (isLostItem(first, change, second)) return true;
    return (
      this.isFurtherOn(first, second) && (isLostState(first, change, second) || isLostStore(first, change, second))
    );
  }

  /** Later in the text of the same function, so that the one follows from the other. */
  private isFurtherOn(first: Use, second: Use): boolean {
    const { sites } = this.context.model;
    const [a, b] = [sites[first.site.site - 1], sites[second.site.site - 1]];
    return a !== undefined && b !== undefined && a.file === b.file && a.function === b.function && a.line < b.line;
  }

  private report(first: Use, change: Use, second: Use): void {
    const { model } = this.context;
    const name = words.variable(model, second.site, second.effect.variable);
    const [here, there, between] = [second.site.site, first.site.site, change.site.site];
    const [unit, other] = [words.unit(model, first.unit), words.unit(model, change.unit)];
    const lock = words.object(model, commonLock(first, second) ?? -1);
    const [firstDeed, changeDeed, secondDeed] = [first, change, second].map(({ effect }) => words.deed(effect.deed));
    this.context.report({
      rule: 'atomicity.triple',
      key: words.keyOf(model, [here, there, between]),
      certainty: 'observed',
      grade: 'real',
      message: `${unit} ${firstDeed} ${name} at ${words.place(model, there)} and ${secondDeed} it at ${words.placeBeside(model, here, there)}, and in between ${other} ${changeDeed} it (${words.placeBeside(model, between, there)}). All three hold ${lock}, but it is given back in between. Hold it from the first to the last.`,
      locations: [
        { site: here, role: `${secondDeed} ${name}, holding ${lock} again`, ...whoAndWhen(second) },
        { site: there, role: `${firstDeed} ${name}, holding ${lock}`, ...whoAndWhen(first) },
        { site: between, role: `${changeDeed} it in between`, ...whoAndWhen(change) },
      ],
      units: [first.unit, change.unit],
      objects: [commonLock(first, second) ?? -1],
    });
  }
}

/** It was asked whether an item is there, and the item is taken as if it still were. */
function isLostItem(first: Use, change: Use, second: Use): boolean {
  if (first.effect.item === -1 || change.effect.item === -1 || second.effect.item === -1) return false;
  const takes = NEEDS_ITEM.has(second.site.operation) || second.effect.deed === 'shrink';
  return first.site.operation === CONTAINS && change.effect.deed === 'shrink' && takes;
}

/** An attribute or name was tested, is set to nothing, and is used. */
function isLostState(first: Use, change: Use, second: Use): boolean {
  const isTest = first.effect.deed === 'read' && (first.site.flags & ACCESS_FLAGS.test) !== 0;
  const isCleared = change.effect.deed === 'delete' || (isStore(change) && change.site.written === WRITTEN.constant);
  return isTest && isCleared && second.effect.deed === 'read';
}

/** What was stored is overwritten, and read as if it were what was stored. */
function isLostStore(first: Use, change: Use, second: Use): boolean {
  const isOwn = isStore(first) && first.site.written !== WRITTEN.constant;
  return isOwn && isStore(change) && change.site.written !== WRITTEN.constant && second.effect.deed === 'read';
}

function isStore({ effect }: Use): boolean {
  return effect.deed === 'write';
}

function sameItem(a: Use, b: Use): boolean {
  return a.effect.item === -1 || b.effect.item === -1 || a.effect.item === b.effect.item;
}

/** A lock that was held at both, in two sections; undefined also when another one was held all the time. */
function commonLock(first: Use, second: Use): number | undefined {
  let common: number | undefined;
  for (const { object, time } of second.held) {
    if (!first.locks.includes(object)) continue;
    if (time <= first.time) return undefined;
    common = object;
  }
  return common;
}

function whoAndWhen({ unit, time }: Use): Pick<Use, 'unit' | 'time'> {
  return { unit, time };
}

export const ATOMICITY_TRIPLES: DetectorKind = {
  rules: RULES,
  kinds: [KIND.access, KIND.got, KIND.acquire, KIND.release],
  make: (context) => new AtomicityTriples(context),
};
