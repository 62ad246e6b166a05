/** Deadlocks that happen: units that can never go on, reported while the program hangs, and once. */
import { KIND, OPERATION, OUTCOME } from '../../../common/events';
import type { FindingLocation, Rule } from '../../../common/finding';
import { familyOf } from '../model';
import { Agents, type Waiting } from './agents';
import { callsBetween } from './callers';
import type { DetectContext, Detector, DetectorKind } from './detector';
import type { Fact } from './fact';
import { cyclesOf, cycleThrough, WaitForGraph } from './waitFor';
import * as words from './words';

const RULES: readonly Rule[] = [
  { id: 'deadlock.cycle', title: 'Deadlock: each waits for the next', kind: 'deadlock', severity: 'error' },
  { id: 'deadlock.self', title: 'Waits for what it holds itself', kind: 'deadlock', severity: 'error' },
  { id: 'deadlock.pool', title: 'Work waits for work of its own full pool', kind: 'deadlock', severity: 'error' },
  { id: 'deadlock.loop', title: 'Event loop waits for what only it can do', kind: 'deadlock', severity: 'error' },
  { id: 'deadlock.lost-owner', title: 'Lock was never given back', kind: 'deadlock', severity: 'error' },
  { id: 'deadlock.stuck', title: 'Nothing can go on', kind: 'deadlock', severity: 'error' },
];

/** Two looks at the same cycle, 100 ms apart. */
const CONFIRMING_PASSES = 4;
/** A wait that another could end by something unforeseen (a lock used as a signal) has to last this long. */
const DOUBTFUL_PASSES = 24;

class Deadlocks implements Detector {
  private readonly agents = new Agents();
  private readonly graph: WaitForGraph;
  private passes = 0;
  private changed = false;
  /** Units of the cycle -> the pass at which it was first seen. */
  private readonly seen = new Map<string, number>();
  /** Cycles that were reported; each is, once. */
  private readonly reported = new Set<string>();
  /** Places at which all came to a stop; told once, though it is seen at each look. */
  private readonly stuck = new Set<string>();
  /** Lock that somebody gave back who did not take it: it is a signal, not a lock. */
  private readonly signals = new Set<number>();

  constructor(private readonly context: DetectContext) {
    this.graph = new WaitForGraph(this.agents, context.held);
  }

  on(fact: Fact): void {
    this.changed = true;
    if (fact.kind === KIND.release) {
      const holders = this.context.held.holders(fact.object);
      if (holders.length > 0 && !holders.some(({ unit }) => unit === fact.unit)) this.signals.add(fact.object);
      return;
    }
    if (fact.kind === KIND.process_end) this.look(true);
    if (fact.kind === KIND.got && fact.outcome === OUTCOME.timeout) this.timedOut(fact);
    this.agents.note(fact);
  }

  settle(quietPasses: number): void {
    const isDone = quietPasses === Number.POSITIVE_INFINITY;
    this.passes++;
    if (!this.changed && this.seen.size === 0 && quietPasses > DOUBTFUL_PASSES + 1 && !isDone) return;
    this.changed = false;
    const stuck = this.look(isDone);
    if (stuck.size === 0 || cyclesOf(stuck).length > 0) return;
    if (!isDone && quietPasses < DOUBTFUL_PASSES) return;
    const abandoned = [...stuck.keys()].filter((unit) => this.waitsForTheDead(unit));
    for (const unit of abandoned) this.reportLostOwner(unit, [...stuck.keys()]);
    if (abandoned.length === 0) this.reportStuck(stuck);
  }

  /** It waits for what only units have that are over. */
  private waitsForTheDead(unit: number): boolean {
    const wait = this.agents.waitOf(unit);
    if (!wait || !isPossession(wait) || this.signals.has(wait.object)) return false;
    const holders = this.context.held.holders(wait.object);
    return holders.length > 0 && holders.every((holder) => !this.agents.alive.has(holder.unit));
  }

  private reportLostOwner(unit: number, stuck: readonly number[]): void {
    const { held } = this.context;
    const wait = this.agents.waitOf(unit) as Waiting;
    const lost = held.holders(wait.object).map((holder) => holder.unit);
    const others = stuck.filter((other) => other !== unit);
    const rest = others.length === 0 ? '' : ` ${this.waitingSentence(others)}`;
    // Whoever runs could still give back a lock that it did not take.
    const isCertain = [...this.agents.alive].every((other) => stuck.includes(other));
    this.context.report({
      rule: 'deadlock.lost-owner',
      key: words.keyOf(this.context.model, [wait.site]),
      certainty: 'observed',
      severity: isCertain ? 'error' : 'warning',
      message: `${this.sentence(wait)} and ended without giving it back.${rest}`,
      locations: this.locationsOf(wait),
      units: [unit, ...lost],
      objects: [wait.object],
    });
  }

  private waitingSentence(units: readonly number[]): string {
    const names = words.list(units.slice(0, 5).map((unit) => words.unit(this.context.model, unit)));
    return `${names} ${units.length === 1 ? 'waits' : 'wait'} for them.`;
  }

  /** Reports the cycles that are certain by now; all are when nothing will follow. */
  private look(isLast: boolean): Map<number, ReadonlySet<number>> {
    const stuck = this.graph.stuck({ ignoreTimeouts: false });
    const current = new Set<string>();
    for (const cycle of cyclesOf(stuck)) {
      const key = [...cycle].sort((a, b) => a - b).join(' ');
      current.add(key);
      const first = this.seen.get(key) ?? this.passes;
      this.seen.set(key, first);
      const needed = this.isDoubtful(cycle) ? DOUBTFUL_PASSES : CONFIRMING_PASSES;
      if (this.reported.has(key) || (!isLast && this.passes - first < needed)) continue;
      this.reported.add(key);
      this.report(cycle, [...stuck.keys()]);
    }
    for (const key of this.seen.keys()) {
      if (current.has(key)) continue;
      this.seen.delete(key);
      this.reported.delete(key);
    }
    return stuck;
  }

  /** A plain lock may be given back by another thread than the one that took it. */
  private isDoubtful(cycle: readonly number[]): boolean {
    return cycle.length === 1;
  }

  /** The wait would have gone on for ever without its time-out: all the others wait for this one. */
  private timedOut(fact: Fact): void {
    const wait = this.agents.waitOf(fact.unit);
    if (!wait?.hasTimeout) return;
    const stuck = this.graph.stuck({ ignoreTimeouts: true });
    const cycle = cycleThrough(stuck, fact.unit);
    if (cycle) this.report(cycle, cycle, true);
  }

  private report(cycle: readonly number[], stuck: readonly number[], endedByTimeout = false): void {
    const waits = cycle.map((unit) => this.waitBehind(unit));
    if (waits.some((wait) => wait && this.signals.has(wait.object))) return;
    const known = waits.filter((wait): wait is Waiting => wait !== undefined);
    if (known.length === 0) return;
    const locations: FindingLocation[] = [];
    for (const wait of known) locations.push(...this.locationsOf(wait));
    const others = stuck.filter((unit) => !cycle.includes(unit));
    const rule = this.ruleOf(cycle, known);
    const sentences = known.map((wait) => this.sentence(wait));
    const hint = others.length > 0 ? ` ${this.waitingSentence(others)}` : '';
    const end = endedByTimeout ? ' Only the time-out ended it.' : '';
    this.context.report({
      rule,
      key: words.keyOf(
        this.context.model,
        known.map(({ site }) => site),
      ),
      certainty: 'observed',
      severity: endedByTimeout ? 'warning' : 'error',
      message: `${sentences.join('; ')}.${end}${hint}`,
      locations,
      units: cycle,
      objects: waits.map((wait) => wait?.object ?? -1),
    });
  }

  private reportStuck(stuck: ReadonlyMap<number, ReadonlySet<number>>): void {
    const { model } = this.context;
    const waits = [...stuck.keys()]
      .map((unit) => this.agents.waitOf(unit))
      .filter((wait): wait is Waiting => wait !== undefined);
    const sites = waits.filter(({ site }) => site !== 0);
    // A main thread that waits for a signal handler to end the program is as it should be.
    const hasThread = waits.some(({ unit, site, isForOthers }) => {
      return this.agents.threadOf(unit) === unit && (site !== 0 || isForOthers);
    });
    if (!hasThread || sites.length === 0 || [...model.callbacks.values()].includes(OPERATION['callback.signal']))
      return;
    const key = words.keyOf(
      model,
      sites.map(({ site }) => site),
    );
    if (this.stuck.has(key)) return;
    this.stuck.add(key);
    this.context.report({
      rule: 'deadlock.stuck',
      key,
      certainty: 'observed',
      severity: 'warning',
      message: `No ${hasTasks(sites, this.agents) ? 'task or ' : ''}thread can go on: ${words.list(sites.slice(0, 4).map((wait) => this.sentence(wait)))}; nobody is left who could end it.`,
      locations: sites.map((wait) => this.waitLocation(wait)),
      units: sites.map(({ unit }) => unit),
      objects: sites.map(({ object }) => object),
    });
  }

  /** The wait that keeps a unit: its own, or that of the task which blocks its thread. */
  private waitBehind(unit: number): Waiting | undefined {
    return this.agents.waitOf(unit);
  }

  private ruleOf(cycle: readonly number[], waits: readonly Waiting[]): string {
    const { agents, context } = this;
    const isLoop = cycle.some((unit) => {
      const blocker = agents.blockerOf(agents.threadOf(unit));
      return blocker !== -1 && agents.threadOf(unit) !== unit;
    });
    if (isLoop) return 'deadlock.loop';
    if (waits.some(({ target }) => agents.jobs.get(target)?.worker === -1)) return 'deadlock.pool';
    if (cycle.length > 1) return 'deadlock.cycle';
    const isHeldBySelf = context.held.holders(waits[0]?.object ?? -1).some(({ unit }) => unit === cycle[0]);
    return isHeldBySelf || waits[0]?.target === cycle[0] ? 'deadlock.self' : 'deadlock.cycle';
  }

  private sentence(wait: Waiting): string {
    const { model, held } = this.context;
    const holders = held.holders(wait.object).filter(() => isPossession(wait));
    const who = words.unit(model, wait.unit);
    const where = words.place(model, wait.site);
    const what = words.subject(model, wait);
    const [holder] = holders;
    const blocker = this.agents.blockerOf(this.agents.threadOf(wait.unit));
    if (blocker !== -1 && blocker !== wait.unit && !this.agents.isInStep(wait.unit)) {
      return `${who}, suspended in ${what} at ${where}, cannot go on, since ${words.unit(model, blocker)} blocks its event loop`;
    }
    if (!holder && wait.holder === wait.unit) return `${who} waits for itself at ${where}`;
    if (wait.holder !== -1 && familyOf(wait.operation) === 'future') {
      return `${who} waits at ${where} for what only the event loop of its own thread can do, which it blocks meanwhile`;
    }
    const job = this.agents.jobs.get(wait.target);
    if (job?.worker === -1) {
      return `${who} waits for ${what} at ${where}, which is queued in ${words.object(model, job.pool)} while all workers of that pool wait`;
    }
    if (!holder) return `${who} waits for ${what} at ${where}`;
    const by = holder.unit === wait.unit ? 'it holds itself' : `${words.unit(model, holder.unit)} holds`;
    return `${who} waits for ${what} at ${where}, which ${by} since ${words.placeBeside(model, holder.site, wait.site)}`;
  }

  private waitLocation(wait: Waiting): FindingLocation {
    const { model } = this.context;
    return { site: wait.site, role: `waits for ${words.subject(model, wait)}`, unit: wait.unit, time: wait.start };
  }

  private locationsOf(wait: Waiting): FindingLocation[] {
    const { model, held } = this.context;
    const locations = [this.waitLocation(wait)];
    if (isPossession(wait)) {
      for (const { unit, site, time, object } of held.holders(wait.object)) {
        locations.push({ site, role: `took ${words.object(model, object)}`, unit, time });
        if (unit !== wait.unit) continue;
        for (const call of callsBetween(model, site, wait.site)) {
          locations.push({ site: call, role: 'calls what takes it again', unit, time: Number.NaN });
        }
      }
    }
    if (wait.holder !== -1 && familyOf(wait.operation) === 'future') {
      for (const call of model.callers.get(wait.site) ?? []) {
        locations.push({ site: call, role: 'calls it in the event loop', unit: wait.unit, time: Number.NaN });
      }
    }
    const job = this.agents.jobs.get(wait.target);
    if (job?.worker === -1) {
      locations.push({
        site: job.site,
        role: `submitted ${words.unit(model, wait.target)}`,
        unit: wait.unit,
        time: Number.NaN,
      });
    }
    return locations.filter(({ site }) => site !== 0);
  }
}

function hasTasks(waits: readonly Waiting[], agents: Agents): boolean {
  return waits.some(({ unit }) => agents.threadOf(unit) !== unit);
}

function isPossession({ operation }: Waiting): boolean {
  const family = familyOf(operation);
  return family === 'lock' || family === 'semaphore';
}

export const DEADLOCKS: DetectorKind = {
  rules: RULES,
  kinds: [
    KIND.thread_begin,
    KIND.thread_end,
    KIND.process_end,
    KIND.task_create,
    KIND.step_begin,
    KIND.step_end,
    KIND.job_submit,
    KIND.job_begin,
    KIND.job_end,
    KIND.wait,
    KIND.got,
    KIND.release,
  ],
  make: (context) => new Deadlocks(context),
};
