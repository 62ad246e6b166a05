/** Tasks of one loop: what a task decides by a read before an `await`, and writes after it, while another one does so too. */
import { KIND } from '../../../common/events';
import type { Rule } from '../../../common/finding';
import type { Model } from '../model';
import { callsBetween } from './callers';
import type { DetectContext, Detector, DetectorKind, Reported } from './detector';
import { type Effect, effectsOf, isWriting } from './effects';
import type { Fact } from './fact';
import { BoundedMap, VariableKeys } from './variableKeys';
import { ACCESS_FLAGS, type AccessSite, WRITTEN } from './variables';
import * as words from './words';

const RULES: readonly Rule[] = [
  { id: 'atomicity.await', title: 'Read, await, write', kind: 'atomicity', severity: 'warning' },
];

const TOLD_LATER = 1;
const FINISHED = 1;
const MOST_VARIABLES = 50_000;
const MOST_READS = 2000;
const MOST_SITES = 2 ** 26;

interface Use {
  readonly site: AccessSite;
  readonly effect: Effect;
  readonly unit: number;
  readonly thread: number;
  readonly time: number;
  /** Objects of the locks that the task held. */
  readonly locks: readonly number[];
}

interface Uses {
  /** Unit and place -> its last read there. */
  readonly reads: Map<number, Use>;
  /** Place -> the last use of it, and the last one by another unit than that. */
  readonly latest: Map<number, readonly Use[]>;
}

class AtomicityOfTasks implements Detector {
  private readonly keys = new VariableKeys();
  private readonly uses = new BoundedMap<Uses>(MOST_VARIABLES);
  private readonly known = new Map<string, Reported>();
  /** Task -> where it was suspended last. */
  private readonly suspended = new Map<number, { readonly site: number; readonly time: number }>();

  constructor(private readonly context: DetectContext) {}

  on(fact: Fact): void {
    if (fact.kind === KIND.access) this.access(fact);
    else if (fact.flags & FINISHED) this.suspended.delete(fact.target);
    else this.suspended.set(fact.target, { site: fact.site, time: fact.time });
  }

  private access(fact: Fact): void {
    const { model, held } = this.context;
    const isTold = (fact.flags & TOLD_LATER) !== 0;
    if (!isTold && fact.unit === fact.thread) return;
    const site = model.accessSites[fact.site - 1];
    const variable = model.variables[fact.object];
    const unit = isTold ? fact.other : fact.unit;
    if (!site || !variable || unit === -1) return;
    const thread = isTold ? model.threadOf(unit) : fact.thread;
    if (unit === thread) return;
    const locks = held.of(unit).map(({ object }) => object);
    for (const effect of effectsOf(site, variable)) this.use({ site, effect, unit, thread, time: fact.time, locks });
  }

  private use(use: Use): void {
    const key = this.keys.of(use.effect);
    const uses: Uses = this.uses.get(key) ?? { reads: new Map(), latest: new Map() };
    this.uses.set(key, uses);
    const { site, reads, flags } = use.site;
    if (reads !== 0 && flags & ACCESS_FLAGS.awaitBetween && isWriting(use.effect.deed)) {
      const read = uses.reads.get(keyOf(use.unit, reads));
      if (read) this.look(read, use, uses);
    }
    const latest = uses.latest.get(site) ?? [];
    uses.latest.set(site, [use, ...latest.filter(({ unit }) => unit !== use.unit).slice(0, 1)]);
    if (isWriting(use.effect.deed)) return;
    if (uses.reads.size >= MOST_READS) uses.reads.clear();
    uses.reads.set(keyOf(use.unit, site), use);
  }

  /** Another task that came after the read and before the write: it changed the variable, or decided by the same read. */
  private look(read: Use, write: Use, { latest }: Uses): void {
    for (const uses of latest.values()) {
      const other = uses.find((use) => use.unit !== write.unit && use.thread === write.thread);
      if (!other || other.locks.some((lock) => write.locks.includes(lock))) continue;
      if (!sameItem(other.effect, write.effect)) continue;
      const isChange = isWriting(other.effect.deed) && other.time > read.time && !bothConstant(other, write);
      if (!isChange && !this.decides(other, read, write)) continue;
      this.report(read, write, other);
      return;
    }
  }

  /** Whether the other task was between the same read and its own write. */
  private decides(other: Use, read: Use, write: Use): boolean {
    if (other.site.site !== read.site.site) return false;
    if (other.time >= read.time) return true;
    const { end } = this.context.model.unit(other.unit);
    return (Number.isNaN(end) || end > write.time) && other.time > this.startOf(write.unit);
  }

  private startOf(unit: number): number {
    return this.context.model.unit(unit).start;
  }

  /** The await, or the chain of them, by which the task left the function that writes now. */
  private awaits(read: Use, { unit, site: { site } }: Use): number[] {
    const { model } = this.context;
    const suspended = this.suspended.get(unit);
    if (!suspended || suspended.site === 0 || suspended.time < read.time) return [];
    if (isInFunctionOf(model, suspended.site, site)) return [suspended.site];
    return callsBetween(model, site, suspended.site).slice(0, 1);
  }

  private report(read: Use, write: Use, other: Use): void {
    const key = `${write.site.site} ${read.site.site}`;
    const reported = this.known.get(key) ?? this.describe(read, write, other, key);
    this.known.set(key, reported);
    this.context.report(reported);
  }

  private describe(read: Use, write: Use, other: Use, key: string): Reported {
    const { model } = this.context;
    const name = words.variable(model, write.site, write.effect.variable);
    const [here, there] = [write.site.site, read.site.site];
    const isSame = other.site.site === there;
    const meanwhile = isSame
      ? 'reads the same'
      : `${words.deed(other.effect.deed)} it (${words.placeBeside(model, other.site.site, there)})`;
    const locations = [
      { site: here, role: `writes ${name} after an await`, unit: write.unit, time: write.time },
      { site: there, role: `${words.deed(read.effect.deed)} ${name} before it`, unit: read.unit, time: read.time },
      {
        site: other.site.site,
        role: `${words.deed(other.effect.deed)} ${name} meanwhile`,
        unit: other.unit,
        time: other.time,
      },
      ...this.awaits(read, write).map((site) => ({
        site,
        role: 'awaits in between',
        unit: write.unit,
        time: Number.NaN,
      })),
    ];
    return {
      rule: 'atomicity.await',
      key,
      certainty: 'observed',
      grade: 'real',
      message: `${words.unit(model, write.unit)} decides by ${name} at ${words.place(model, there)} and changes it at ${words.placeBeside(model, here, there)}, after an await, while ${words.unit(model, other.unit)} ${meanwhile}: both act on the same old state. Hold an asyncio.Lock over both, or look again after the await.`,
      locations,
      units: [write.unit, other.unit],
      objects: [],
    };
  }
}

function isInFunctionOf(model: Model, a: number, b: number): boolean {
  const [here, there] = [model.sites[a - 1], model.sites[b - 1]];
  return here !== undefined && here.function === there?.function && here.file === there.file;
}

function sameItem(a: Effect, b: Effect): boolean {
  return a.item === -1 || b.item === -1 || a.item === b.item;
}

function bothConstant(a: Use, b: Use): boolean {
  return a.site.written === WRITTEN.constant && b.site.written === WRITTEN.constant;
}

function keyOf(unit: number, site: number): number {
  return unit * MOST_SITES + site;
}

export const ATOMICITY_OF_TASKS: DetectorKind = {
  rules: RULES,
  kinds: [KIND.access, KIND.step_end],
  make: (context) => new AtomicityOfTasks(context),
};
