/** Forks among threads: in the child only the thread is left that forked. */
import { KIND, OUTCOME } from '../../../common/events';
import type { FindingLocation, Rule } from '../../../common/finding';
import { familyOf } from '../model';
import type { DetectContext, Detector, DetectorKind } from './detector';
import type { Fact } from './fact';
import * as words from './words';

const RULES: readonly Rule[] = [
  { id: 'hazard.fork-threads', title: 'Fork while other threads run', kind: 'hazard', severity: 'warning' },
  { id: 'hazard.fork-lock', title: 'Fork while another thread holds a lock', kind: 'hazard', severity: 'warning' },
];

/** Half a second without news, or a second with: then a fork is told of as it is. */
const PASSES_AFTER_FORK = 20;
const LONGEST_AFTER_FORK = 1e9;

/** A fork among threads, until it is seen what the child does with what they were to give it. */
interface Fork {
  readonly fact: Fact;
  readonly users: readonly number[];
  /** The child's last wait for something that was made before the fork. */
  wait: Fact | undefined;
}

class HazardForks implements Detector {
  /** Process -> its threads that live, with those of the user's own marked by where they were started. */
  private readonly threads = new Map<number, Set<number>>();
  /** Object -> process that made it. */
  private readonly makers = new Map<number, number>();
  /** Child -> how it was forked. */
  private readonly forks = new Map<number, Fork>();

  constructor(private readonly context: DetectContext) {}

  on(fact: Fact): void {
    if (this.forks.size > 0) this.watchForks(fact);
    switch (fact.kind) {
      case KIND.object:
        this.makers.set(fact.object, fact.process);
        return;
      case KIND.thread_begin: {
        const threads = this.threads.get(fact.process) ?? new Set();
        this.threads.set(fact.process, threads.add(fact.unit));
        return;
      }
      case KIND.thread_end:
        this.threads.get(fact.process)?.delete(fact.target);
        return;
      case KIND.process_create:
        this.forked(fact);
    }
  }

  settle(quietPasses: number): void {
    if (quietPasses < PASSES_AFTER_FORK) return;
    for (const [child, fork] of this.forks) this.reportFork(child, fork);
  }

  private forked(fact: Fact): void {
    const { model, held } = this.context;
    const child = model.units[fact.target];
    if (child?.how !== 'fork') return;
    const others = [...(this.threads.get(fact.process) ?? [])].filter((thread) => thread !== fact.thread);
    const users = others.filter((thread) => (model.units[thread]?.site ?? 0) !== 0 && this.isUsersFunction(thread));
    const locked = others
      .flatMap((thread) => held.of(thread))
      .filter(({ operation, site }) => familyOf(operation) === 'lock' && site !== 0);
    const here: FindingLocation = { site: fact.site, role: 'forks', unit: fact.unit, time: fact.time };
    for (const thing of locked.slice(0, 1)) {
      const lock = words.object(model, thing.object);
      this.context.report({
        rule: 'hazard.fork-lock',
        key: words.keyOf(model, [fact.site, thing.site]),
        certainty: 'observed',
        message: `${words.unit(model, thing.unit)} held ${lock} (${words.place(model, thing.site)}) when the process was forked at ${words.place(model, fact.site)}: in the child it is held for ever, by a thread that is not there. Start processes before threads, or use spawn.`,
        locations: [here, { site: thing.site, role: `took ${lock}`, unit: thing.unit, time: thing.time }],
        units: [fact.unit, thing.unit],
        objects: [thing.object],
      });
    }
    if (users.length === 0) return;
    this.forks.set(fact.target, { fact: { ...fact }, users, wait: undefined });
  }

  private watchForks(fact: Fact): void {
    const fork = this.forks.get(fact.process);
    if (fork && fact.kind === KIND.wait && this.isInherited(fact)) fork.wait = { ...fact };
    else if (fork?.wait && fact.kind === KIND.got && fact.object === fork.wait.object) {
      // Who waited in vain shows what the fork has lost.
      if (fact.outcome === OUTCOME.timeout) this.reportFork(fact.process, fork);
      else fork.wait = undefined;
    }
    for (const [child, each] of this.forks) {
      const isOver = fact.kind === KIND.process_end && (fact.target === child || fact.target === each.fact.process);
      if (isOver || fact.time - each.fact.time > LONGEST_AFTER_FORK) this.reportFork(child, each);
    }
  }

  private isInherited({ object, process, site }: Fact): boolean {
    const maker = this.makers.get(object);
    return site !== 0 && maker !== undefined && maker !== process;
  }

  private reportFork(child: number, { fact, users, wait }: Fork): void {
    const { model } = this.context;
    this.forks.delete(child);
    const here: FindingLocation = { site: fact.site, role: 'forks', unit: fact.unit, time: fact.time };
    const names = words.list(users.slice(0, 4).map((thread) => words.unit(model, thread)));
    this.context.report({
      rule: 'hazard.fork-threads',
      key: words.keyOf(model, [fact.site]),
      certainty: 'observed',
      message: `The process is forked at ${words.place(model, fact.site)} while ${names} ${users.length === 1 ? 'runs' : 'run'}: in the child ${users.length === 1 ? 'that thread does' : 'those threads do'} not exist, and what they held or were about to do stays as it was. Start processes before threads, or use spawn.`,
      locations: [
        here,
        ...users.slice(0, 4).map((thread) => ({
          site: model.units[thread]?.site ?? 0,
          role: `starts ${words.unit(model, thread)}`,
          unit: thread,
          time: Number.NaN,
        })),
        ...(wait
          ? [{ site: wait.site, role: 'waits in the child for what they do', unit: wait.unit, time: wait.time }]
          : []),
      ],
      units: [fact.unit, ...users],
      objects: [],
    });
  }

  /** Feeders of queues and workers of pools are the library's own, which knows how to fork. */
  private isUsersFunction(thread: number): boolean {
    const { model } = this.context;
    const site = model.sites[(model.functionSites[thread] ?? 0) - 1];
    return site !== undefined && !/[\\/]lib[\\/]python3|[\\/]site-packages[\\/]/.test(site.file);
  }
}

export const HAZARD_FORKS: DetectorKind = {
  rules: RULES,
  kinds: [KIND.object, KIND.thread_begin, KIND.thread_end, KIND.process_create, KIND.process_end, KIND.wait, KIND.got],
  make: (context) => new HazardForks(context),
};
