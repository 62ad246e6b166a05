/**
 * Wake-ups that are lost: a task whose future was set is cancelled before it runs again. Whoever sets futures by hand to
 * pass something on to one of several tasks has given it to nobody then.
 */
import { KIND, OPERATION, OUTCOME } from '../../../common/events';
import type { Rule } from '../../../common/finding';
import type { DetectContext, Detector, DetectorKind } from './detector';
import type { Fact } from './fact';
import * as words from './words';

const RULES: readonly Rule[] = [
  { id: 'hazard.lost-wakeup', title: 'Woken, and cancelled before it ran', kind: 'hazard', severity: 'warning' },
];

const FUTURE = OPERATION['asyncio.Future'];
const SET = OPERATION['asyncio.Future.set_result'];
/** Half a second without news. */
const PASSES_OF_HANG = 24;
/** Wake-ups that are remembered. */
const MOST_LOST = 1000;

interface Moment {
  readonly site: number;
  readonly unit: number;
  readonly time: number;
}

interface Lost {
  /** Where the future was set. */
  readonly set: Moment;
  /** Where the task waited that was cancelled. */
  readonly cancelled: Moment;
  /** Tasks that waited at the same place at that time. */
  readonly others: Set<number>;
}

class HazardWakeups implements Detector {
  /** Task -> its wait for a future that was made by hand. */
  private readonly waits = new Map<number, Moment>();
  /** Task -> where its future was set, until it runs. */
  private readonly sets = new Map<number, Moment>();
  private lost: Lost[] = [];

  constructor(private readonly context: DetectContext) {}

  on(fact: Fact): void {
    switch (fact.kind) {
      case KIND.signal:
        if (fact.operation === SET && fact.target !== -1) this.set(fact);
        return;
      case KIND.wait:
        if (isForFuture(fact)) this.waits.set(fact.unit, momentOf(fact));
        return;
      case KIND.got:
        if (isForFuture(fact)) this.got(fact);
        return;
      default:
        this.reportAll();
    }
  }

  settle(quietPasses: number): void {
    if (quietPasses >= PASSES_OF_HANG) this.reportAll();
  }

  /** Who sets one more may do so in place of the one that was lost. */
  private set(fact: Fact): void {
    this.sets.set(fact.target, momentOf(fact));
    const place = this.waits.get(fact.target)?.site;
    this.lost = this.lost.filter(({ cancelled }) => cancelled.site !== place);
  }

  private got(fact: Fact): void {
    const [wait, set] = [this.waits.get(fact.unit), this.sets.get(fact.unit)];
    this.waits.delete(fact.unit);
    this.sets.delete(fact.unit);
    if (!wait || fact.outcome === OUTCOME.ok) return;
    for (const lost of this.lost) if (lost.others.has(fact.unit)) this.report(lost, wait);
    this.lost = this.lost.filter(({ others }) => !others.has(fact.unit));
    if (!set || fact.outcome !== OUTCOME.cancelled || this.lost.length >= MOST_LOST) return;
    const others = new Set<number>();
    for (const [unit, { site }] of this.waits) if (site === wait.site) others.add(unit);
    if (others.size > 0) this.lost.push({ set, cancelled: wait, others });
  }

  /** Nothing follows, or nothing seems to: those who still wait will do so for ever. */
  private reportAll(): void {
    for (const lost of this.lost) {
      const waiting = [...lost.others].map((unit) => this.waits.get(unit)).find((wait) => wait !== undefined);
      if (waiting) this.report(lost, waiting);
    }
    this.lost = [];
  }

  private report({ set, cancelled }: Lost, waiting: Moment): void {
    const { model } = this.context;
    const [woken, waiter] = [words.unit(model, cancelled.unit), words.unit(model, waiting.unit)];
    this.context.report({
      rule: 'hazard.lost-wakeup',
      key: words.keyOf(model, [set.site, cancelled.site]),
      certainty: 'observed',
      message: `${words.unit(model, set.unit)} sets the future of ${woken} at ${words.place(model, set.site)}, but ${woken} is cancelled before it runs again at ${words.placeBeside(model, cancelled.site, set.site)}, and nobody is woken in its place: ${waiter} waits on. Catch CancelledError around the await and pass the wake-up on, or use asyncio.Lock, Condition or Queue, which do.`,
      locations: [
        { site: cancelled.site, role: 'is cancelled after it was woken', ...whoAndWhen(cancelled) },
        { site: set.site, role: `wakes ${woken}`, ...whoAndWhen(set) },
        { site: waiting.site, role: 'waits on', ...whoAndWhen(waiting) },
      ],
      units: [cancelled.unit, waiting.unit],
      objects: [],
    });
  }
}

function momentOf({ site, unit, time }: Fact): Moment {
  return { site, unit, time };
}

function whoAndWhen({ unit, time }: Moment): Pick<Moment, 'unit' | 'time'> {
  return { unit, time };
}

function isForFuture({ operation, object, target, site }: Fact): boolean {
  return operation === FUTURE && object === -1 && target === -1 && site !== 0;
}

export const HAZARD_WAKEUPS: DetectorKind = {
  rules: RULES,
  kinds: [KIND.signal, KIND.wait, KIND.got, KIND.process_end],
  make: (context) => new HazardWakeups(context),
};
