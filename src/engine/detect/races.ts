/**
 * Data races: two accesses of one variable, at least one of which changes it, that nothing orders.
 *
 * Order is happens-before by vector clocks, with epochs in place of clocks for what is remembered (FastTrack, Flanagan and
 * Freund 2009). Of each variable the last access of each thread at each place is remembered, not just the last write: a
 * harmless pair must not hide another one. Which pairs are reported is for `verdict` to say. Who has read what another
 * wrote comes after that (SHB, Mathur, Kini and Viswanathan 2018): what follows from a first race is not reported as more.
 */
import { KIND } from '../../../common/events';
import type { Vector } from './clocks';
import type { DetectContext, Detector, DetectorKind } from './detector';
import { type Deed, type Effect, effectsOf, isWriting } from './effects';
import { Epochs } from './epochs';
import type { Fact } from './fact';
import { HAPPENS_BEFORE_KINDS, HappensBefore } from './happensBefore';
import { type Holding, Locksets } from './locksets';
import { OWNED_RULES } from './raceConfined';
import { FIELD_RULES, RaceFields } from './raceFields';
import { REORDER_RULES } from './raceReorder';
import { BoundedMap, VariableKeys } from './variableKeys';
import type { AccessSite } from './variables';
import { RACE_RULES, type RaceAccess, reportRace, type Seen, verdictOf } from './verdict';

/** Accesses that are remembered of one variable; more threads or places than these push out the oldest. */
const MOST_REMEMBERED = 48;
/** Attributes, items and containers that are followed at a time. */
const MOST_VARIABLES = 100_000;
const MOST_THREADS = 2 ** 26;
const TOLD_LATER = 1;
const NOTHING_SEEN: Vector = [];
const NOBODY: readonly RaceAccess[] = [];

class Races implements Detector {
  private readonly order = new HappensBefore();
  private readonly epochs = new Epochs();
  private readonly locksets = new Locksets();
  private readonly keys = new VariableKeys();
  private readonly remembered = new BoundedMap<RaceAccess[]>(MOST_VARIABLES);
  private readonly fields: RaceFields;
  /** Read site -> write sites that depend on it and were run. */
  private readonly acts = new Map<number, Set<number>>();
  private readonly reported = new Set<string>();
  /** Reader and writer -> up to when the reader has seen all that the writer did, and since when. */
  private readonly seenUntil = new Map<number, { readonly time: number; readonly since: number }>();

  constructor(private readonly context: DetectContext) {
    this.fields = new RaceFields(context);
  }

  on(fact: Fact): void {
    if (fact.kind === KIND.access) this.access(fact);
    else {
      this.order.note(fact);
      if (fact.thread !== -1) this.epochs.note(fact.thread, this.order.clockOf(fact.thread).epoch, fact.time);
      this.locksets.note(fact, this.context.held);
    }
  }

  private access(fact: Fact): void {
    const { model } = this.context;
    const site = model.accessSites[fact.site - 1];
    const variable = model.variables[fact.object];
    if (!site || !variable) return;
    const isTold = (fact.flags & TOLD_LATER) !== 0;
    const unit = isTold ? fact.other : fact.unit;
    if (unit === -1) return;
    const thread = isTold ? model.threadOf(unit) : fact.thread;
    if (thread === -1) return;
    if (site.reads !== 0) this.noteAct(site);
    const clock = this.order.clockOf(thread);
    const epoch = isTold ? this.epochs.at(thread, fact.time) : clock.epoch;
    const seen = isTold ? NOTHING_SEEN : clock.share();
    const { locks, section } = isTold ? this.locksets.at(unit, fact.time) : this.holding(unit);
    const { time } = fact;
    const { number } = clock;
    let writes = false;
    for (const effect of effectsOf(site, variable)) {
      this.effect({ unit, thread, time, site, number, epoch, seen, section, locks, effect }, isTold);
      writes ||= isWriting(effect.deed);
    }
    // What a thread does after a write is not yet seen by who reads what was written.
    if (writes && !isTold) this.epochs.note(thread, ++clock.epoch, fact.time);
  }

  private holding(unit: number): Holding {
    return { locks: this.locksets.of(unit), section: this.context.held.of(unit)[0]?.section ?? 0 };
  }

  private noteAct({ reads, site }: AccessSite): void {
    const known = this.acts.get(reads);
    if (known) known.add(site);
    else this.acts.set(reads, new Set([site]));
  }

  private effect(access: RaceAccess, isTold: boolean): void {
    const { effect } = access;
    const key = this.keys.of(effect);
    let others = this.remembered.get(key);
    if (!others) {
      others = [];
      this.remembered.set(key, others);
    }
    const read = isTold ? undefined : readOf(access, others);
    const isChange = isWriting(effect.deed);
    let unordered: RaceAccess[] | undefined;
    let kept = 0;
    for (let at = 0; at < others.length; at++) {
      const other = others[at] as RaceAccess;
      if (other.number === access.number) {
        if (other.site === access.site && other.unit === access.unit) continue;
      } else if (conflict(other.effect, effect)) {
        // What came before this change is before all that will come after it.
        if (this.isOrdered(other, access, isTold, read)) {
          if (!isTold) this.fields.ordered(other, access);
          if (isChange && !read && !isTold && covers(effect, other.effect)) continue;
        } else if (unordered) unordered.push(other);
        else unordered = [other];
      }
      others[kept++] = other;
    }
    others.length = kept;
    for (const other of unordered ?? NOBODY) {
      this.fields.unordered(other, access);
      this.judge(other, access, others);
    }
    if (!isTold && TAKES.has(effect.deed)) this.seeWriter(access, others);
    this.remember(access, others);
  }

  private remember(access: RaceAccess, others: RaceAccess[]): void {
    if (others.length >= MOST_REMEMBERED) others.shift();
    others.push(access);
  }

  /** What the reader does from now on comes after what the last writer had done by then. */
  private seeWriter(access: RaceAccess, others: readonly RaceAccess[]): void {
    const { deed } = access.effect;
    const writer = others.findLast(
      ({ effect }) =>
        (deed === 'shrink' ? effect.deed === 'grow' : isWriting(effect.deed)) && conflict(effect, access.effect),
    );
    if (!writer || writer.number === access.number) return;
    if (writer.seen === NOTHING_SEEN) {
      // Its epoch also holds what it did later, before anybody else came: what was seen ends with the write.
      this.seenUntil.set(pairOf(access.number, writer.number), { time: writer.time, since: access.time });
      return;
    }
    const clock = this.order.clockOf(access.thread);
    clock.join(writer.seen);
    clock.see(writer.number, writer.epoch);
  }

  /** Whether the later one, or its thread when it was told later, knows of the earlier one. */
  private isOrdered(earlier: RaceAccess, later: RaceAccess, isTold: boolean, read: RaceAccess | undefined): boolean {
    // What was told later happened when only its own thread knew of the variable: nobody else had come to it before.
    if (isTold) return true;
    const until = this.seenUntil.get(pairOf(later.number, earlier.number));
    const isPublished = until !== undefined && earlier.time <= until.time;
    if (!read) return isPublished || this.order.clockOf(later.thread).hasSeen(earlier.number, earlier.epoch);
    // What rests on a read must come after the other from that read on; or the other after the read, and seen to be.
    if (isPublished && until.since < read.time) return true;
    return (read.seen[earlier.number] ?? 0) >= earlier.epoch || (earlier.seen[read.number] ?? 0) >= read.epoch;
  }

  private judge(first: RaceAccess, second: RaceAccess, all: readonly RaceAccess[]): void {
    const seen: Seen = { acts: this.acts, all };
    const verdict = verdictOf(this.context, first, second, seen);
    if (!verdict) return;
    const sites = [first.site.site, second.site.site].sort((a, b) => a - b).join(' ');
    if (this.reported.has(`${verdict.rule} ${sites} ${first.effect.variable}`)) return;
    this.reported.add(`${verdict.rule} ${sites} ${first.effect.variable}`);
    reportRace(this.context, verdict, first, second);
  }
}

/** Whether who comes later and is ordered with a change is so with what another one did to the same thing. */
function covers(change: Effect, other: Effect): boolean {
  return change.item === other.item;
}

/** The read by the same unit that a write depends on, when it is known what had been seen by then. */
function readOf({ site, unit }: RaceAccess, others: readonly RaceAccess[]): RaceAccess | undefined {
  if (site.reads === 0) return undefined;
  const read = others.find((other) => other.site.site === site.reads && other.unit === unit);
  return read?.seen === NOTHING_SEEN ? undefined : read;
}

function pairOf(reader: number, writer: number): number {
  return reader * MOST_THREADS + writer;
}

/** Deeds by which something comes from who wrote it last to who does them. */
const TAKES: ReadonlySet<Deed> = new Set(['read', 'update', 'shrink']);

function conflict(first: Effect, second: Effect): boolean {
  if (!isWriting(first.deed) && !isWriting(second.deed)) return false;
  return first.item === -1 || second.item === -1 || first.item === second.item;
}

export const RACES: DetectorKind = {
  rules: [...RACE_RULES, ...OWNED_RULES, ...REORDER_RULES, ...FIELD_RULES],
  kinds: [KIND.access, ...HAPPENS_BEFORE_KINDS],
  make: (context) => new Races(context),
};
