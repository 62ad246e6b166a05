/** Event loops that are kept from their other tasks, tasks that nobody keeps, and work that waits for its own pool. */
import { KIND } from '../../../common/events';
import type { FindingLocation, Rule } from '../../../common/finding';
import type { DetectContext, Detector, DetectorKind } from './detector';
import type { Fact } from './fact';
import * as words from './words';

const RULES: readonly Rule[] = [
  { id: 'hazard.blocked-loop', title: 'Event loop is blocked', kind: 'hazard', severity: 'warning' },
  { id: 'hazard.task-dropped', title: 'Task never ends', kind: 'hazard', severity: 'warning' },
  { id: 'hazard.nested-submit', title: 'Work waits for work of its own pool', kind: 'hazard', severity: 'warning' },
];

const FINISHED = 1;
const LONGEST_STEP_NS = 100e6;
/** Of a long step so much is one recorded wait, so that it is no matter of a busy machine. */
const SHARE_OF_WAIT = 0.7;

interface Step {
  readonly task: number;
  readonly start: number;
  wait: { readonly site: number; readonly start: number; readonly operation: number } | null;
  /** The longest wait inside of it. */
  longest: { readonly site: number; readonly ns: number; readonly start: number } | null;
}

interface Job {
  readonly pool: number;
  readonly site: number;
}

class HazardLoops implements Detector {
  /** Thread -> the step that is on. */
  private readonly steps = new Map<number, Step>();
  /** Thread -> its tasks that live. */
  private readonly tasks = new Map<number, Set<number>>();
  private readonly jobs = new Map<number, Job>();
  /** Line at which work submits work to its own pool -> the first time; whether it waits for it is seen later, or not. */
  private readonly nested = new Map<number, Fact>();
  /** Thread -> the job that it runs. */
  private readonly running = new Map<number, number>();

  constructor(private readonly context: DetectContext) {}

  on(fact: Fact): void {
    switch (fact.kind) {
      case KIND.task_create:
        this.tasksOf(fact.thread).add(fact.target);
        return;
      case KIND.step_begin:
        this.tasksOf(fact.thread).add(fact.target);
        this.steps.set(fact.thread, { task: fact.target, start: fact.time, wait: null, longest: null });
        return;
      case KIND.step_end:
        this.endStep(fact);
        return;
      case KIND.job_submit:
        this.submitted(fact);
        return;
      case KIND.job_begin:
        this.running.set(fact.thread, fact.target);
        return;
      case KIND.job_end:
        this.running.delete(fact.thread);
        return;
      case KIND.wait:
        this.waits(fact);
        return;
      case KIND.got:
        this.got(fact);
        return;
      case KIND.acquire:
        this.asks(fact);
        return;
      case KIND.process_end:
        this.processEnded(fact);
    }
  }

  private submitted(fact: Fact): void {
    const own = this.jobs.get(this.running.get(fact.thread) ?? -1);
    const job = { pool: fact.otherObject, site: fact.site };
    this.jobs.set(fact.target, job);
    if (own && own.pool === job.pool && job.pool !== -1 && job.site !== 0) this.nested.set(job.site, { ...fact });
  }

  private tasksOf(thread: number): Set<number> {
    const known = this.tasks.get(thread) ?? new Set();
    this.tasks.set(thread, known);
    return known;
  }

  private waits(fact: Fact): void {
    const step = this.steps.get(fact.thread);
    if (step && step.task === fact.unit) step.wait ??= { site: fact.site, start: fact.time, operation: fact.operation };
    this.asks(fact);
  }

  /** A job asks for the result of another; that it was there already, so that nobody waited, was luck. */
  private asks(fact: Fact): void {
    const running = this.running.get(fact.thread);
    const [own, wanted] = [this.jobs.get(running ?? -1), this.jobs.get(fact.target)];
    if (own && wanted && own.pool === wanted.pool && own.pool !== -1) this.reportNested(fact, wanted);
  }

  private got(fact: Fact): void {
    const step = this.steps.get(fact.thread);
    if (!step?.wait || step.task !== fact.unit) return;
    const ns = fact.time - step.wait.start;
    if (ns > (step.longest?.ns ?? 0)) step.longest = { site: step.wait.site, ns, start: step.wait.start };
    step.wait = null;
  }

  private endStep(fact: Fact): void {
    const step = this.steps.get(fact.thread);
    this.steps.delete(fact.thread);
    const tasks = this.tasksOf(fact.thread);
    if (step && fact.time - step.start >= LONGEST_STEP_NS && tasks.size > 1) this.reportBlocked(fact, step);
    if (fact.flags & FINISHED) tasks.delete(fact.target);
  }

  private reportBlocked(fact: Fact, step: Step): void {
    const { model } = this.context;
    const ns = fact.time - step.start;
    const { longest } = step;
    const isWait = longest !== null && longest.ns >= ns * SHARE_OF_WAIT && longest.site !== 0;
    const function_ = model.functionSites[step.task] ?? 0;
    const site = isWait ? longest.site : fact.site || function_;
    if (site === 0) return;
    const ms = Math.round(ns / 1e6);
    const name = words.unit(model, step.task);
    const others = this.tasksOf(fact.thread).size - 1;
    const why = isWait ? `waits at ${words.place(model, site)} without an await` : 'does so much at once';
    this.context.report({
      rule: 'hazard.blocked-loop',
      key: words.keyOf(model, [site]),
      certainty: 'observed',
      severity: isWait ? 'warning' : 'info',
      message: `${name} ${why}: for ${ms} ms its event loop could run none of the ${others} other ${others === 1 ? 'task' : 'tasks'}. Use await with something of asyncio's own, or asyncio.to_thread.`,
      locations: [
        {
          site,
          role: isWait ? 'blocks the event loop' : 'ends a long step',
          unit: step.task,
          time: isWait ? longest.start : step.start,
        },
      ],
      units: [step.task],
      objects: [],
    });
  }

  /** Nobody was seen to wait for it: it may have been done before it was asked for. */
  private reportNestedSubmit(submit: Fact): void {
    const { model } = this.context;
    const pool = words.object(model, submit.otherObject);
    this.context.report({
      rule: 'hazard.nested-submit',
      key: words.keyOf(model, [submit.site]),
      certainty: 'predicted',
      severity: 'info',
      message: `Work of ${pool} submits other work to the same pool at ${words.place(model, submit.site)}: if it waits for that, and all workers do so, none is left to do it.`,
      locations: [{ site: submit.site, role: `submits to ${pool}`, unit: submit.unit, time: submit.time }],
      units: [submit.unit],
      objects: [submit.otherObject],
    });
  }

  private reportNested(fact: Fact, wanted: Job): void {
    const { model } = this.context;
    this.nested.delete(wanted.site);
    const pool = words.object(model, wanted.pool);
    const locations: FindingLocation[] = [
      { site: fact.site, role: `waits for ${words.unit(model, fact.target)}`, unit: fact.unit, time: fact.time },
    ];
    if (wanted.site !== 0) {
      locations.push({ site: wanted.site, role: `submits to ${pool}`, unit: fact.unit, time: Number.NaN });
    }
    this.context.report({
      rule: 'hazard.nested-submit',
      key: words.keyOf(model, [fact.site, wanted.site]),
      certainty: 'predicted',
      message: `Work of ${pool} waits at ${words.place(model, fact.site)} for other work of the same pool: when all its workers do so, none is left to do it. Use a second pool, or do that work here.`,
      locations,
      units: [fact.unit],
      objects: [wanted.pool],
    });
  }

  private processEnded(fact: Fact): void {
    const { model } = this.context;
    for (const submit of this.nested.values()) this.reportNestedSubmit(submit);
    this.nested.clear();
    for (const [thread, tasks] of this.tasks) {
      if (model.units[thread]?.parent !== fact.target) continue;
      for (const task of tasks) {
        const unit = model.units[task];
        if (unit && unit.site !== 0 && this.hasBegun(task)) this.reportDropped(task, unit.site);
      }
      this.tasks.delete(thread);
    }
  }

  private hasBegun(task: number): boolean {
    return !Number.isNaN(this.context.model.units[task]?.start ?? Number.NaN);
  }

  private reportDropped(task: number, site: number): void {
    const { model } = this.context;
    this.context.report({
      rule: 'hazard.task-dropped',
      key: words.keyOf(model, [site]),
      certainty: 'observed',
      message: `${words.unit(model, task)}, made at ${words.place(model, site)}, was neither finished nor cancelled when the program ended. A loop keeps only weak references: keep the task in a variable or a set, and await it.`,
      locations: [{ site, role: 'makes the task', unit: task, time: Number.NaN }],
      units: [task],
      objects: [],
    });
  }
}

export const HAZARD_LOOPS: DetectorKind = {
  rules: RULES,
  kinds: [
    KIND.task_create,
    KIND.step_begin,
    KIND.step_end,
    KIND.job_submit,
    KIND.job_begin,
    KIND.job_end,
    KIND.wait,
    KIND.got,
    KIND.acquire,
    KIND.process_end,
  ],
  make: (context) => new HazardLoops(context),
};
