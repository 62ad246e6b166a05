/** Deadlocks that did not happen but could: a thread is joined by one who holds a lock that it takes. */
import { KIND, OPERATION, OUTCOME } from '../../../common/events';
import type { Rule } from '../../../common/finding';
import { familyOf } from '../model';
import type { DetectContext, Detector, DetectorKind } from './detector';
import type { Fact } from './fact';
import type { HeldThing } from './held';
import * as words from './words';

const RULES: readonly Rule[] = [
  {
    id: 'order.join',
    title: 'Joins a thread while holding a lock that it takes',
    kind: 'deadlock',
    severity: 'warning',
  },
];

interface Use {
  readonly site: number;
  readonly time: number;
}

class LockJoin implements Detector {
  /** Thread -> lock -> where it last took it. */
  private readonly taken = new Map<number, Map<number, Use>>();
  /** Thread -> units that had seen its end before. */
  private readonly seenEnded = new Map<number, Set<number>>();
  private readonly signals = new Set<number>();

  constructor(private readonly context: DetectContext) {}

  on(fact: Fact): void {
    const { kind, target, outcome } = fact;
    if (kind === KIND.release) this.noteSignal(fact);
    else if (familyOf(fact.operation) === 'lock') this.take(fact);
    else if (target !== -1 && fact.operation === OPERATION['threading.Thread.join']) {
      if (kind !== KIND.got) this.joins(fact);
      if (kind !== KIND.wait && outcome === OUTCOME.ok) this.sawEnd(fact);
    }
  }

  private noteSignal({ object, unit }: Fact): void {
    const holders = this.context.held.holders(object);
    if (holders.length > 0 && !holders.some((holder) => holder.unit === unit)) this.signals.add(object);
  }

  private take({ kind, outcome, unit, thread, object, site, time }: Fact): void {
    if (object === -1 || unit !== thread || (kind !== KIND.wait && outcome !== OUTCOME.ok)) return;
    const locks = this.taken.get(unit) ?? new Map<number, Use>();
    this.taken.set(unit, locks.set(object, { site, time }));
  }

  private sawEnd({ target, unit }: Fact): void {
    this.seenEnded.set(target, (this.seenEnded.get(target) ?? new Set()).add(unit));
  }

  private joins(fact: Fact): void {
    if (fact.site === 0) return;
    const locks = this.taken.get(fact.target);
    for (const thing of locks ? this.context.held.of(fact.unit) : []) {
      const use = locks?.get(thing.object);
      if (use && familyOf(thing.operation) === 'lock' && !this.signals.has(thing.object)) this.report(fact, thing, use);
    }
  }

  private report(fact: Fact, thing: HeldThing, use: Use): void {
    const { model } = this.context;
    const [lock, joined] = [words.object(model, thing.object), words.unit(model, fact.target)];
    const hadEnded = this.seenEnded.get(fact.target)?.has(fact.unit) ?? false;
    const end = hadEnded
      ? 'It had ended for certain this time'
      : 'When that thread comes to it in the meantime, both wait for ever';
    this.context.report({
      rule: 'order.join',
      key: words.keyOf(model, [fact.site, thing.site, use.site]),
      certainty: 'predicted',
      severity: hadEnded ? 'info' : 'warning',
      message: `${words.unit(model, fact.unit)} joins ${joined} at ${words.place(model, fact.site)} while it holds ${lock}, which ${joined} takes at ${words.placeBeside(model, use.site, fact.site)}. ${end}: join after the lock was given back.`,
      locations: [
        { site: fact.site, role: `joins ${joined}, holding ${lock}`, unit: fact.unit, time: fact.time },
        { site: thing.site, role: `took ${lock}`, unit: thing.unit, time: thing.time },
        { site: use.site, role: `takes ${lock}`, unit: fact.target, time: use.time },
      ],
      units: [fact.unit, fact.target],
      objects: [thing.object],
    });
  }
}

export const LOCK_JOIN: DetectorKind = {
  rules: RULES,
  kinds: [KIND.release, KIND.acquire, KIND.wait, KIND.got],
  make: (context) => new LockJoin(context),
};
