/** Permits of a semaphore: taken by who already has one, and never given back. */
import { KIND, OUTCOME } from '../../../common/events';
import type { Rule } from '../../../common/finding';
import { familyOf } from '../model';
import type { DetectContext, Detector, DetectorKind } from './detector';
import type { Fact } from './fact';
import type { HeldThing } from './held';
import * as words from './words';

const RULES: readonly Rule[] = [
  {
    id: 'hazard.nested-permit',
    title: 'Second permit is taken while one is held',
    kind: 'hazard',
    severity: 'warning',
  },
];

const FINISHED = 1;

class HazardSemaphores implements Detector {
  /** Given back by one who had none: it counts things or signals, and nobody holds it. */
  private readonly signals = new Set<number>();
  /** Semaphores of which somebody gave back what it had taken. */
  private readonly givenBack = new Set<number>();
  private readonly nested = new Map<number, { readonly first: number; readonly fact: Fact }[]>();

  /** What units that are over had not given back. */
  private readonly leftHeld = new Set<HeldThing>();

  constructor(private readonly context: DetectContext) {}

  on(fact: Fact): void {
    const { object, unit, operation } = fact;
    if (fact.kind === KIND.thread_end || (fact.kind === KIND.step_end && fact.flags & FINISHED)) {
      for (const thing of this.context.held.of(fact.target)) {
        if (familyOf(thing.operation) === 'semaphore') this.leftHeld.add(thing);
      }
      return;
    }
    if (fact.kind === KIND.process_end) {
      for (const thing of this.leftHeld) this.reportLeftHeld(thing);
      this.leftHeld.clear();
      return;
    }
    if (object === -1 || familyOf(operation) !== 'semaphore') return;
    const own = this.context.held.of(unit).filter((thing) => thing.object === object);
    if (fact.kind === KIND.release) {
      (own.length > 0 ? this.givenBack : this.signals).add(object);
      if (own.length > 0) this.tell(object);
      return;
    }
    const first = own.find((thing) => thing.time < fact.time);
    const isTaken = fact.kind === KIND.wait || fact.outcome === OUTCOME.ok;
    if (!first || !isTaken || this.signals.has(object)) return;
    const known = this.nested.get(object) ?? [];
    if (known.length < 16) known.push({ first: first.site, fact: { ...fact } });
    this.nested.set(object, known);
  }

  /** Who gives back what it took holds it in between; before that it may be a count of things. */
  private tell(object: number): void {
    if (this.signals.has(object)) return;
    for (const { first, fact } of this.nested.get(object) ?? []) this.report(object, first, fact);
    this.nested.delete(object);
  }

  /** Others give back what they took of it, so it is no count of things. */
  private reportLeftHeld(thing: HeldThing): void {
    const { model, held } = this.context;
    const { object, unit, site, time } = thing;
    const isHeld = held.holders(object).includes(thing);
    if (!isHeld || site === 0 || this.signals.has(object) || !this.givenBack.has(object)) return;
    const name = words.object(model, object);
    this.context.report({
      rule: 'hazard.lock-left-held',
      key: words.keyOf(model, [site]),
      certainty: 'observed',
      message: `${words.unit(model, unit)} took a permit of ${name} at ${words.place(model, site)} and ended without giving it back: there is one less for all others, and at last none. Use with, so that it is given back however the block is left.`,
      locations: [{ site, role: `takes a permit of ${name}`, unit, time }],
      units: [unit],
      objects: [object],
    });
  }

  private report(object: number, first: number, { site, unit, time }: Fact): void {
    const { model } = this.context;
    const name = words.object(model, object);
    this.context.report({
      rule: 'hazard.nested-permit',
      key: words.keyOf(model, [first, site]),
      certainty: 'predicted',
      message: `${words.unit(model, unit)} takes a permit of ${name} at ${words.place(model, site)} while it has one since ${words.placeBeside(model, first, site)}: when as many do so as there are permits, each waits for a second one for ever. Take all that is needed at once, or give the first one back before.`,
      locations: [
        { site, role: `takes another permit of ${name}`, unit, time },
        { site: first, role: `took one of ${name}`, unit, time: Number.NaN },
      ].filter((location) => location.site !== 0),
      units: [unit],
      objects: [object],
    });
  }
}

export const HAZARD_SEMAPHORES: DetectorKind = {
  rules: RULES,
  kinds: [KIND.acquire, KIND.wait, KIND.release, KIND.step_end, KIND.thread_end, KIND.process_end],
  make: (context) => new HazardSemaphores(context),
};
