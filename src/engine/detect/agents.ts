/**
 * Who does what at the point up to which the facts were read: which threads and tasks live, what each waits for, which task
 * runs on which thread, who works for which pool. The base of the wait-for graph.
 */
import { KIND, OPERATION_NAMES } from '../../../common/events';
import type { Fact } from './fact';

/** A wait that goes on. */
export interface Waiting {
  readonly unit: number;
  readonly operation: number;
  /** Object row, -1 none. */
  readonly object: number;
  /** Unit row that it is for, -1 none. */
  readonly target: number;
  /** Thread that held it when the wait began, or without which it cannot end; -1 unknown. */
  readonly holder: number;
  /** Site row + 1. */
  readonly site: number;
  readonly start: number;
  readonly hasTimeout: boolean;
  /** An event loop that has neither timers nor input: only another thread or process can end it. */
  readonly isForOthers: boolean;
}

export interface Job {
  readonly pool: number;
  readonly site: number;
  /** Thread that runs it, -1 while it is queued. */
  worker: number;
}

const NO_WAITS: readonly Waiting[] = [];

export class Agents {
  /** Threads and tasks that began and have not ended. */
  readonly alive = new Set<number>();
  readonly jobs = new Map<number, Job>();
  /** Pool's object row -> threads that work for it. */
  readonly workers = new Map<number, Set<number>>();
  /** Process -> its threads that live. */
  readonly threads = new Map<number, Set<number>>();
  /** Process -> its main thread. */
  readonly mainThreads = new Map<number, number>();
  readonly processOf = new Map<number, number>();
  private readonly waits = new Map<number, Waiting[]>();
  /** Thread -> tasks whose steps are on, innermost last. */
  private readonly steps = new Map<number, number[]>();
  private readonly threadOfTask = new Map<number, number>();
  /** Tasks that a step of theirs left waiting, with for what. */
  private readonly suspended = new Map<number, Waiting>();

  /** What a unit waits for right now: its innermost wait. */
  waitOf(unit: number): Waiting | undefined {
    const waits = this.waits.get(unit) ?? NO_WAITS;
    return waits[waits.length - 1] ?? this.suspended.get(unit);
  }

  isInStep(task: number): boolean {
    const thread = this.threadOfTask.get(task);
    return thread !== undefined && (this.steps.get(thread) ?? []).includes(task);
  }

  /** The thread that a unit runs on; a thread's is itself. */
  threadOf(unit: number): number {
    return this.threadOfTask.get(unit) ?? unit;
  }

  /** The task that keeps a thread from going on with others, since it waits in the middle of its step; -1 for none. */
  blockerOf(thread: number): number {
    const tasks = this.steps.get(thread) ?? [];
    const task = tasks[tasks.length - 1];
    return task !== undefined && (this.waits.get(task)?.length ?? 0) > 0 ? task : -1;
  }

  note(fact: Fact): void {
    switch (fact.kind) {
      case KIND.thread_begin:
        this.begin(fact.unit, fact.process);
        if (fact.flags & 1) this.mainThreads.set(fact.process, fact.unit);
        return;
      case KIND.thread_end:
        this.end(fact.target);
        return;
      case KIND.process_end:
        for (const thread of this.threads.get(fact.target) ?? []) this.end(thread);
        return;
      case KIND.task_create:
        this.begin(fact.target, -1);
        this.threadOfTask.set(fact.target, fact.thread);
        return;
      case KIND.step_begin:
        this.threadOfTask.set(fact.target, fact.thread);
        this.suspended.delete(fact.target);
        this.alive.add(fact.target);
        this.stepsOf(fact.thread).push(fact.target);
        return;
      case KIND.step_end:
        this.endStep(fact);
        return;
      case KIND.job_submit:
        this.jobs.set(fact.target, { pool: fact.otherObject, site: fact.site, worker: -1 });
        return;
      case KIND.job_begin:
        this.beginJob(fact);
        return;
      case KIND.job_end:
        this.jobs.delete(fact.target);
        return;
      case KIND.wait:
        this.push(fact);
        return;
      case KIND.got:
        this.pop(fact);
    }
  }

  private begin(unit: number, process: number): void {
    this.alive.add(unit);
    if (process === -1) return;
    this.processOf.set(unit, process);
    const threads = this.threads.get(process);
    if (threads) threads.add(unit);
    else this.threads.set(process, new Set([unit]));
  }

  private end(unit: number): void {
    this.alive.delete(unit);
    this.waits.delete(unit);
    this.suspended.delete(unit);
    this.steps.delete(unit);
    for (const [task, thread] of this.threadOfTask) if (thread === unit && task !== unit) this.alive.delete(task);
    this.threads.get(this.processOf.get(unit) ?? -1)?.delete(unit);
    for (const workers of this.workers.values()) workers.delete(unit);
  }

  private stepsOf(thread: number): number[] {
    const known = this.steps.get(thread) ?? [];
    this.steps.set(thread, known);
    return known;
  }

  private endStep(fact: Fact): void {
    const tasks = this.stepsOf(fact.thread);
    const index = tasks.lastIndexOf(fact.target);
    if (index !== -1) tasks.splice(index, 1);
    if (fact.flags & 1) {
      this.end(fact.target);
      this.threadOfTask.delete(fact.target);
      return;
    }
    if (fact.operation === 0) return;
    this.suspended.set(fact.target, {
      unit: fact.target,
      operation: fact.operation,
      object: fact.otherObject,
      target: fact.other,
      holder: -1,
      site: fact.site,
      start: fact.time,
      hasTimeout: false,
      isForOthers: false,
    });
  }

  private beginJob(fact: Fact): void {
    const job = this.jobs.get(fact.target);
    if (!job) return;
    job.worker = fact.thread;
    this.workFor(job.pool, fact.thread);
  }

  private workFor(pool: number, thread: number): void {
    if (pool === -1) return;
    const workers = this.workers.get(pool);
    if (workers) workers.add(thread);
    else this.workers.set(pool, new Set([thread]));
  }

  private push(fact: Fact): void {
    const { unit, operation, object, target, other, site, time, flags } = fact;
    if (unit === -1) return;
    if ((OPERATION_NAMES[operation] ?? '').endsWith('Executor.idle')) this.workFor(object, fact.thread);
    const waits = this.waits.get(unit) ?? [];
    const [hasTimeout, isForOthers] = [(flags & 1) !== 0, (flags & 2) !== 0];
    waits.push({ unit, operation, object, target, holder: other, site, start: time, hasTimeout, isForOthers });
    this.waits.set(unit, waits);
  }

  private pop(fact: Fact): void {
    const waits = this.waits.get(fact.unit);
    if (!waits) return;
    const index = waits.findLastIndex(
      ({ object, target, operation }) =>
        (object === fact.object && target === fact.target) ||
        (object === -1 && target === -1 && operation === fact.operation),
    );
    if (index !== -1) waits.length = index;
    if (waits.length === 0) this.waits.delete(fact.unit);
  }
}
