/** Locks that are held where they should not be: across an await, at the end of who took them, and in callbacks. */
import { KIND, OPERATION, OPERATION_NAMES, OUTCOME } from '../../../common/events';
import type { Rule } from '../../../common/finding';
import { familyOf } from '../model';
import { callsBetween } from './callers';
import type { DetectContext, Detector, DetectorKind } from './detector';
import type { Fact } from './fact';
import type { HeldThing } from './held';
import * as words from './words';

const RULES: readonly Rule[] = [
  {
    id: 'hazard.lock-across-await',
    title: 'Lock for threads is held across an await',
    kind: 'hazard',
    severity: 'warning',
  },
  { id: 'hazard.lock-left-held', title: 'Lock is never given back', kind: 'hazard', severity: 'warning' },
  { id: 'hazard.finalizer-lock', title: 'Lock is also taken in a finalizer', kind: 'hazard', severity: 'warning' },
  { id: 'hazard.signal-lock', title: 'Lock is also taken in a signal handler', kind: 'hazard', severity: 'warning' },
];

const FINISHED = 1;
/** Those that the thread which holds them cannot take again. */
const NOT_REENTRANT: ReadonlySet<number> = new Set([OPERATION['threading.Lock'], OPERATION['multiprocessing.Lock']]);
const SIGNAL_HANDLER = OPERATION['callback.signal'];

interface Use {
  readonly site: number;
  readonly unit: number;
  readonly time: number;
  readonly context: number;
}

class HazardLocks implements Detector {
  /** Locks that somebody gave back who did not take them: they are signals. */
  private readonly signals = new Set<number>();
  /** Lock -> a use of it in a callback, and one outside of any. */
  private readonly inCallback = new Map<number, Use>();
  private readonly outside = new Map<number, Use>();
  /** What units that are over had not given back -> who. */
  private readonly leftHeld = new Map<HeldThing, number>();
  /** Sites from which a lock was taken and given back. */
  private readonly givenBack = new Set<number>();
  /** Units that an exception ended. */
  private readonly failed = new Set<number>();

  constructor(private readonly context: DetectContext) {}

  on(fact: Fact): void {
    switch (fact.kind) {
      case KIND.release:
        this.noteSignal(fact);
        return;
      case KIND.step_end:
        if (fact.flags & FINISHED) this.ended(fact);
        else this.suspended(fact);
        return;
      case KIND.thread_end:
        this.ended(fact);
        return;
      case KIND.process_end:
        this.processEnded(fact);
        return;
      default:
        this.taken(fact);
    }
  }

  private noteSignal({ object, unit }: Fact): void {
    const holders = this.context.held.holders(object);
    for (const holder of holders) if (holder.unit === unit) this.givenBack.add(holder.site);
    if (holders.length > 0 && !holders.some((holder) => holder.unit === unit)) this.signals.add(object);
  }

  private suspended(fact: Fact): void {
    for (const thing of this.context.held.of(fact.target)) {
      if (!isThreadLock(thing)) continue;
      const { model } = this.context;
      const lock = words.object(model, thing.object);
      this.context.report({
        rule: 'hazard.lock-across-await',
        key: words.keyOf(model, [thing.site]),
        certainty: 'observed',
        message: `${words.unit(model, fact.target)} holds ${lock} (${words.place(model, thing.site)}) while it is suspended: another task that takes it stops the whole event loop, and this one with it. Use asyncio.Lock, or give it back before the await.`,
        locations: [
          { site: thing.site, role: `takes ${lock}`, unit: thing.unit, time: thing.time },
          ...(fact.site === 0
            ? []
            : [{ site: fact.site, role: 'is suspended, holding it', unit: fact.target, time: fact.time }]),
          ...callsBetween(model, thing.site, fact.site).map((site) => ({
            site,
            role: 'awaits, holding it',
            unit: fact.target,
            time: Number.NaN,
          })),
        ],
        units: [fact.target],
        objects: [thing.object],
      });
    }
  }

  /** Somebody else may still give it back, unless it is the end of all. */
  private ended({ target: unit, outcome }: Fact): void {
    if (outcome === OUTCOME.failed) this.failed.add(unit);
    for (const thing of this.context.held.of(unit)) if (isLock(thing)) this.leftHeld.set(thing, unit);
  }

  private processEnded(fact: Fact): void {
    const { held, model } = this.context;
    const main = model.unitSpaces[fact.target]?.mainThread ?? -1;
    for (const thing of held.of(main)) if (isLock(thing)) this.leftHeld.set(thing, main);
    for (const [thing, unit] of this.leftHeld) {
      const isHeld = held.holders(thing.object).includes(thing);
      if (isHeld && !this.signals.has(thing.object) && thing.site !== 0) this.reportLeftHeld(thing, unit);
    }
    this.leftHeld.clear();
  }

  /** Taken once and never given back, by one that ended well, it may be meant to stay closed. */
  private reportLeftHeld(thing: HeldThing, unit: number): void {
    const { model } = this.context;
    const lock = words.object(model, thing.object);
    this.context.report({
      rule: 'hazard.lock-left-held',
      key: words.keyOf(model, [thing.site]),
      certainty: 'observed',
      severity: this.givenBack.has(thing.site) || this.failed.has(unit) ? 'warning' : 'info',
      message: `${words.unit(model, unit)} took ${lock} at ${words.place(model, thing.site)} and ended without giving it back: who takes it next waits for ever. Use with, so that an exception gives it back as well.`,
      locations: [{ site: thing.site, role: `takes ${lock}`, unit, time: thing.time }],
      units: [unit],
      objects: [thing.object],
    });
  }

  private taken(fact: Fact): void {
    const { object, operation, unit, site, time, context } = fact;
    if (object === -1 || !NOT_REENTRANT.has(operation) || site === 0) return;
    const uses = context === 0 || context === OPERATION['callback.exit'] ? this.outside : this.inCallback;
    if (uses.has(object)) return;
    uses.set(object, { site, unit, time, context });
    const [inside, outside] = [this.inCallback.get(object), this.outside.get(object)];
    if (inside && (outside || inside.site === site)) this.reportCallback(object, inside, outside);
  }

  private reportCallback(object: number, inside: Use, outside: Use | undefined): void {
    const { model } = this.context;
    const lock = words.object(model, object);
    const isSignal = inside.context === SIGNAL_HANDLER;
    const what = isSignal ? 'a signal handler' : 'a finalizer';
    this.context.report({
      rule: isSignal ? 'hazard.signal-lock' : 'hazard.finalizer-lock',
      key: words.keyOf(model, [inside.site]),
      certainty: 'predicted',
      message: `${lock} is taken in ${what} (${words.place(model, inside.site)})${outside ? ` and in ordinary code (${words.place(model, outside.site)})` : ''}. When ${isSignal ? 'the signal comes' : 'the collector runs'} while a thread holds it, that thread waits for itself for ever. Use an RLock, or only put work into a queue there.`,
      locations: [
        { site: inside.site, role: `takes ${lock} in ${what}`, unit: inside.unit, time: inside.time },
        ...(outside ? [{ site: outside.site, role: `takes ${lock}`, unit: outside.unit, time: outside.time }] : []),
      ],
      units: outside ? [inside.unit, outside.unit] : [inside.unit],
      objects: [object],
    });
  }
}

function isLock({ operation }: HeldThing): boolean {
  return familyOf(operation) === 'lock';
}

function isThreadLock(thing: HeldThing): boolean {
  return isLock(thing) && !(OPERATION_NAMES[thing.operation] ?? '').startsWith('asyncio.');
}

export const HAZARD_LOCKS: DetectorKind = {
  rules: RULES,
  kinds: [KIND.release, KIND.step_end, KIND.thread_end, KIND.process_end, KIND.acquire, KIND.wait],
  make: (context) => new HazardLocks(context),
};
