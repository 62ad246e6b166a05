/** Critical sections that are split: read in one, written in the next, as if nobody could come in between. */
import { KIND, OPERATION } from '../../../common/events';
import type { Rule } from '../../../common/finding';
import { familyOf } from '../model';
import { commonCallers } from './callers';
import type { DetectContext, Detector, DetectorKind, Reported } from './detector';
import { type Deed, type Effect, effectsOf, isWriting } from './effects';
import type { Fact } from './fact';
import type { HeldThing } from './held';
import { BoundedMap, VariableKeys } from './variableKeys';
import { ACCESS_FLAGS, type AccessSite, WRITTEN } from './variables';
import * as words from './words';

const RULES: readonly Rule[] = [
  {
    id: 'atomicity.split-section',
    title: 'Read and write in two critical sections',
    kind: 'atomicity',
    severity: 'warning',
  },
];

const TOLD_LATER = 1;
const ITEM_READ = OPERATION['item.read'];
const RELATED = ACCESS_FLAGS.dependsByValue | ACCESS_FLAGS.dependsByCondition;
const MOST_VARIABLES = 100_000;
/** Of one variable: units that read it, and places where each did. */
const MOST_READS = 64;
const MOST_SPLITS = 16;
/** Between two calls that belong together, nanoseconds. */
const LONGEST_GAP = 1e9;
/** What decides and changes in one step. */
const ATOMIC: ReadonlySet<string> = new Set(['setdefault', 'discard']);

interface Read {
  readonly site: AccessSite;
  readonly unit: number;
  readonly time: number;
  readonly locks: readonly HeldThing[];
  /** How many steps that were not about locks its thread had done. */
  readonly step: number;
}

interface Split {
  readonly read: Read;
  readonly write: Read;
  readonly lock: HeldThing;
  readonly effect: Effect;
}

/** What is known of one variable. */
interface Uses {
  reads: Read[];
  /** Place of a read -> the units that made it, at most two. */
  readonly readers: Map<number, number[]>;
  /** Splits by one unit, as long as no other one has read there. */
  splits: Split[];
}

class Atomicity implements Detector {
  private readonly keys = new VariableKeys();
  private readonly uses = new BoundedMap<Uses>(MOST_VARIABLES);
  private readonly steps: number[] = [];
  private readonly known = new Map<string, Reported>();

  constructor(private readonly context: DetectContext) {}

  on(fact: Fact): void {
    if (fact.kind === KIND.access) this.access(fact);
    else if (fact.thread !== -1 && familyOf(fact.operation) !== 'lock') {
      this.steps[fact.thread] = (this.steps[fact.thread] ?? 0) + 1;
    }
  }

  private access(fact: Fact): void {
    const { model, held } = this.context;
    const isTold = (fact.flags & TOLD_LATER) !== 0;
    const unit = isTold ? fact.other : fact.unit;
    if (!isTold && held.of(unit).length === 0) return;
    const site = model.accessSites[fact.site - 1];
    const variable = model.variables[fact.object];
    if (!site || !variable) return;
    const locks = isTold ? [] : held.of(unit).filter(({ operation }) => familyOf(operation) === 'lock');
    if (!isTold && locks.length === 0) return;
    const read = { site, unit, time: fact.time, locks, step: this.steps[fact.thread] ?? 0 };
    for (const effect of effectsOf(site, variable)) {
      const uses = this.usesOf(effect);
      if (!isWriting(effect.deed)) this.reads(read, uses);
      else if (!isTold && effect.deed !== 'delete' && !ATOMIC.has(site.field)) this.writes(read, effect, uses);
    }
  }

  private usesOf(effect: Effect): Uses {
    const key = this.keys.of(effect);
    const known = this.uses.get(key);
    if (known) return known;
    const made = { reads: [], readers: new Map(), splits: [] };
    this.uses.set(key, made);
    return made;
  }

  private reads(read: Read, uses: Uses): void {
    const { unit } = read;
    const { site } = read.site;
    const at = uses.reads.findIndex((known) => known.unit === unit && known.site.site === site);
    if (at !== -1) uses.reads.splice(at, 1);
    else if (uses.reads.length >= MOST_READS) uses.reads.shift();
    uses.reads.push(read);
    const readers = uses.readers.get(site);
    if (!readers) uses.readers.set(site, [unit]);
    else if (readers.length < 2 && !readers.includes(unit)) {
      readers.push(unit);
      for (const split of uses.splits) if (split.read.site.site === site) this.report(split);
    }
  }

  private writes(write: Read, effect: Effect, uses: Uses): void {
    const split = this.splitOf(write, effect, uses);
    if (!split) return;
    const readers = uses.readers.get(split.read.site.site) ?? [];
    if (readers.length > 1) this.report(split);
    else if (uses.splits.length < MOST_SPLITS) uses.splits.push(split);
  }

  /** The read on which a write rests, when it was made in an earlier section of the same lock and not again in this one. */
  private splitOf(write: Read, effect: Effect, { reads }: Uses): Split | undefined {
    let read: Read | undefined;
    for (const known of reads) {
      if (known.unit !== write.unit) continue;
      if (known.locks.some(({ section }) => write.locks.some((other) => other.section === section))) return undefined;
      if (!read || known.time > read.time) read = known;
    }
    if (!read || !this.rests(read, write, effect)) return undefined;
    const lock = write.locks.find(({ object }) => read.locks.some((other) => other.object === object));
    return lock && { read, write, lock, effect };
  }

  /** By the text of one function; or, of two functions, because nothing else was done between the two calls. */
  private rests(read: Read, write: Read, { deed }: Effect): boolean {
    const { flags, reads, written } = write.site;
    if (reads === read.site.site && flags & RELATED) return (flags & ACCESS_FLAGS.sameSection) === 0;
    if (!isStoreOf(write.site, read.site, deed) || written !== WRITTEN.expression || reads !== 0) return false;
    const isNext = read.step === write.step && write.time - read.time < LONGEST_GAP;
    return isNext && this.functionOf(read) !== this.functionOf(write);
  }

  private functionOf({ site }: Read): string {
    const place = this.context.model.sites[site.site - 1];
    return place ? `${place.file}:${place.function}` : '';
  }

  private report(split: Split): void {
    const key = `${split.write.site.site} ${split.read.site.site}`;
    const reported = this.known.get(key) ?? this.describe(split, key);
    this.known.set(key, reported);
    this.context.report(reported);
  }

  private describe({ read, write, lock, effect }: Split, key: string): Reported {
    const { model } = this.context;
    const name = words.variable(model, write.site, effect.variable);
    const lockName = words.object(model, lock.object);
    const unit = words.unit(model, write.unit);
    const [here, there] = [write.site.site, read.site.site];
    return {
      rule: 'atomicity.split-section',
      key,
      certainty: 'predicted',
      // To give a lock back and take it again lets others in on every interpreter.
      grade: 'real',
      message: `${unit} reads ${name} at ${words.place(model, there)} and writes it at ${words.placeBeside(model, here, there)}, holding ${lockName} both times, but not in between: what another thread writes there is overwritten. Hold ${lockName} from the read to the write.`,
      locations: [
        { site: here, role: `writes ${name}, holding ${lockName} again`, unit: write.unit, time: write.time },
        { site: there, role: `reads ${name}, holding ${lockName}`, unit: read.unit, time: read.time },
        ...(commonCallers(model, there, here) ?? []).map((site, at) => ({
          site,
          role: at === 0 ? 'calls what reads' : 'calls what writes',
          unit: write.unit,
          time: Number.NaN,
        })),
      ],
      units: [write.unit],
      objects: [lock.object],
    };
  }
}

/** A store to what was read: of an item whose key is not known, to one that is called the same. */
function isStoreOf(write: AccessSite, read: AccessSite, deed: Deed): boolean {
  if (deed === 'write') return true;
  return write.operation === OPERATION['item.write'] && read.operation === ITEM_READ && write.field === read.field;
}

export const ATOMICITY: DetectorKind = {
  rules: RULES,
  kinds: [
    KIND.access,
    KIND.wait,
    KIND.got,
    KIND.acquire,
    KIND.release,
    KIND.signal,
    KIND.thread_create,
    KIND.step_begin,
    KIND.step_end,
    KIND.job_begin,
    KIND.job_end,
  ],
  make: (context) => new Atomicity(context),
};
