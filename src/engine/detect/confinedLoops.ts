/** What belongs to an event loop (its queues, events, locks and futures) and is changed by another thread than the loop's. */
import { KIND, OPERATION_NAMES } from '../../../common/events';
import type { FindingLocation } from '../../../common/finding';
import type { DetectContext, Detector, DetectorKind } from './detector';
import type { Fact } from './fact';
import * as words from './words';

/** Signals by which another thread hands something over to a loop as it should. */
const THREADSAFE = /threadsafe|to_thread|run_in_executor/;
const MOST_THINGS = 100_000;

interface Use {
  readonly thread: number;
  readonly unit: number;
  readonly site: number;
  readonly time: number;
}

class ConfinedLoops implements Detector {
  /** Object -> how a task of its loop used it last. */
  private readonly inLoop = new Map<number, Use>();
  /** Object -> how a thread changed it, of which it is not known yet whether it runs the object's loop. */
  private readonly undecided = new Map<number, Fact>();

  /** Thread whose loop has begun to run tasks, and has not ended -> since when. */
  private readonly loops = new Map<number, number>();

  constructor(private readonly context: DetectContext) {}

  on(fact: Fact): void {
    if (fact.kind === KIND.thread_end) this.loops.delete(fact.target);
    else if (fact.kind !== KIND.step_begin) this.meets(fact);
    else if (!this.loops.has(fact.thread)) this.loops.set(fact.thread, fact.time);
  }

  private meets(fact: Fact): void {
    if (!(OPERATION_NAMES[fact.operation] ?? '').startsWith('asyncio.')) return;
    if (fact.kind === KIND.signal || fact.kind === KIND.release) this.changes(fact);
    if (fact.object !== -1 && fact.unit !== fact.thread) this.usedByTask(fact);
  }

  /** Tasks run in the thread of the loop, so what they use is that loop's. */
  private usedByTask(fact: Fact): void {
    const { object, thread, unit, site, time } = fact;
    if (this.inLoop.size >= MOST_THINGS) this.inLoop.clear();
    this.inLoop.set(object, { thread, unit, site, time });
    const change = this.undecided.get(object);
    if (!change) return;
    this.undecided.delete(object);
    if (change.thread !== thread && this.runs(thread, change.time)) this.report(change, { thread, unit, site, time });
  }

  private changes(fact: Fact): void {
    if (fact.site === 0 || THREADSAFE.test(OPERATION_NAMES[fact.operation] ?? '')) return;
    if (fact.target !== -1) this.wakes(fact);
    else if (fact.object !== -1 && fact.unit === fact.thread) {
      const use = this.inLoop.get(fact.object);
      if (use) {
        if (use.thread !== fact.thread && this.runs(use.thread, fact.time)) this.report(fact, use);
      } else if (this.undecided.size < MOST_THINGS) this.undecided.set(fact.object, { ...fact });
    }
  }

  /** A task's future is set or cancelled. */
  private wakes(fact: Fact): void {
    const thread = this.context.model.threadOf(fact.target);
    if (thread === -1 || thread === fact.thread) return;
    this.report(fact, { thread, unit: fact.target, site: 0, time: Number.NaN });
  }

  /** What was done before the loop began, or after its thread has ended, harms nobody. */
  private runs(thread: number, time: number): boolean {
    const since = this.loops.get(thread);
    return since !== undefined && since < time;
  }

  private report(change: Fact, { thread, unit, site, time }: Use): void {
    const { model } = this.context;
    const isTask = change.target !== -1;
    const what = isTask
      ? `the future that ${words.unit(model, change.target)} waits for`
      : `${words.object(model, change.object)} (${OPERATION_NAMES[change.operation]})`;
    const locations: FindingLocation[] = [
      { site: change.site, role: `changes ${what}`, unit: change.unit, time: change.time },
      ...(site === 0 ? [] : [{ site, role: `uses it in the loop of ${words.unit(model, thread)}`, unit, time }]),
    ];
    this.context.report({
      rule: 'race.confined',
      key: words.keyOf(model, [change.site]),
      certainty: 'observed',
      grade: 'real',
      message: `${words.unit(model, change.unit)} changes ${what} at ${words.place(model, change.site)}, which belongs to the event loop of ${words.unit(model, thread)}: the loop is not woken by that, and what both do at once can be lost. Hand it over with loop.call_soon_threadsafe or asyncio.run_coroutine_threadsafe.`,
      locations,
      units: [change.unit, unit],
      objects: isTask ? [] : [change.object],
    });
  }
}

export const CONFINED_LOOPS: DetectorKind = {
  rules: [],
  kinds: [KIND.step_begin, KIND.thread_end, KIND.signal, KIND.release, KIND.acquire, KIND.wait, KIND.got],
  make: (context) => new ConfinedLoops(context),
};
