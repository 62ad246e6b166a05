/** Processes that are joined before what they put into a queue was taken out. */
import { KIND, OPERATION_NAMES, OUTCOME } from '../../../common/events';
import type { Rule } from '../../../common/finding';
import type { DetectContext, Detector, DetectorKind } from './detector';
import type { Fact } from './fact';
import * as words from './words';

const RULES: readonly Rule[] = [
  {
    id: 'hazard.join-before-drain',
    title: 'Process is joined before its queue is drained',
    kind: 'hazard',
    severity: 'warning',
  },
];

/** A second without news. */
const PASSES_OF_HANG = 40;

/** A join that was found too early, until somebody takes from the queue: that is the line to put before it. */
interface EarlyJoin {
  readonly join: Fact;
  readonly queue: number;
  readonly use: QueueUse;
}

interface QueueUse {
  put: number;
  site: number;
  unit: number;
  time: number;
}

class HazardProcesses implements Detector {
  /** Queue -> process that put into it -> what. */
  private readonly puts = new Map<number, Map<number, QueueUse>>();
  private readonly taken = new Map<number, number>();
  /** Unit -> the join of a process that it waits in. */
  private readonly joins = new Map<number, Fact>();
  private early: EarlyJoin[] = [];

  constructor(private readonly context: DetectContext) {}

  on(fact: Fact): void {
    switch (fact.kind) {
      case KIND.process_end:
        this.reportEarly(({ join }) => join.process === fact.target);
        return;
      case KIND.signal:
        this.put(fact);
        return;
      case KIND.acquire:
        if (isQueue(fact) && lastWord(fact) === 'get') this.get(fact);
        return;
      case KIND.got:
        if (isQueue(fact) && lastWord(fact) === 'get' && fact.outcome === OUTCOME.ok) this.get(fact);
        else this.joined(fact);
        return;
      case KIND.wait:
        if (isJoin(fact)) this.joins.set(fact.unit, { ...fact });
    }
  }

  private put(fact: Fact): void {
    if (!isQueue(fact) || lastWord(fact) !== 'put' || fact.object === -1) return;
    const byProcess = this.puts.get(fact.object) ?? new Map<number, QueueUse>();
    this.puts.set(fact.object, byProcess);
    const use = byProcess.get(fact.process) ?? { put: 0, site: fact.site, unit: fact.unit, time: fact.time };
    use.put++;
    byProcess.set(fact.process, use);
  }

  private get(fact: Fact): void {
    if (fact.object === -1) return;
    this.taken.set(fact.object, (this.taken.get(fact.object) ?? 0) + 1);
    this.reportEarly(({ join, queue }) => queue === fact.object && join.process === fact.process, fact);
  }

  private reportEarly(isDue: (early: EarlyJoin) => boolean, get?: Fact): void {
    for (const early of this.early) if (isDue(early)) this.reportJoin(early, get);
    this.early = this.early.filter((early) => !isDue(early));
  }

  /** A join is judged when it is over, since what the child puts comes only then; one that never ends, at the end. */
  private joined(fact: Fact): void {
    if (!isJoin(fact)) return;
    const join = this.joins.get(fact.unit);
    this.joins.delete(fact.unit);
    if (join) this.judge(join);
  }

  settle(quietPasses: number): void {
    if (quietPasses < PASSES_OF_HANG) return;
    for (const [unit, join] of this.joins) {
      if (this.judge(join)) this.joins.delete(unit);
    }
    this.reportEarly(() => true);
  }

  private judge(join: Fact): boolean {
    const found = this.undrained(join);
    if (found) this.early.push({ join, queue: found[0], use: found[1] });
    return found !== undefined;
  }

  /** A queue into which the joined process put more than was taken out until the join began. */
  private undrained(join: Fact): [number, QueueUse] | undefined {
    for (const [queue, byProcess] of this.puts) {
      const use = byProcess.get(join.target);
      if (!use) continue;
      let all = 0;
      for (const { put } of byProcess.values()) all += put;
      if (all > (this.taken.get(queue) ?? 0) && use.put > 0) return [queue, use];
    }
    return undefined;
  }

  private reportJoin({ join, queue, use }: EarlyJoin, get: Fact | undefined): void {
    const { model } = this.context;
    const name = words.object(model, queue);
    this.context.report({
      rule: 'hazard.join-before-drain',
      key: words.keyOf(model, [join.site, use.site]),
      certainty: 'observed',
      message: `${words.unit(model, join.target)} is joined at ${words.place(model, join.site)} while what it put into ${name} (${words.place(model, use.site)}) was not taken out: a process ends only when its queue is empty, so with more than a pipe holds both wait for ever. Take everything out before the join.`,
      locations: [
        { site: join.site, role: `joins ${words.unit(model, join.target)}`, unit: join.unit, time: join.time },
        { site: use.site, role: `puts into ${name}`, unit: use.unit, time: use.time },
        ...(get && get.site !== 0
          ? [{ site: get.site, role: `takes from ${name} only then`, unit: get.unit, time: get.time }]
          : []),
      ],
      units: [join.unit, join.target],
      objects: [queue],
    });
  }
}

function isJoin({ target, operation }: Fact): boolean {
  return target !== -1 && OPERATION_NAMES[operation] === 'multiprocessing.Process.join';
}

function isQueue({ operation }: Fact): boolean {
  return /^multiprocessing\.(Queue|JoinableQueue|SimpleQueue)\./.test(OPERATION_NAMES[operation] ?? '');
}

function lastWord({ operation }: Fact): string {
  const name = OPERATION_NAMES[operation] ?? '';
  return name.slice(name.lastIndexOf('.') + 1);
}

export const HAZARD_PROCESSES: DetectorKind = {
  rules: RULES,
  kinds: [KIND.process_end, KIND.signal, KIND.acquire, KIND.got, KIND.wait],
  make: (context) => new HazardProcesses(context),
};
