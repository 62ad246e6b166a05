/** Work of executors that ended with an exception, and nobody ever asked for its result. */
import { KIND, OPERATION } from '../../../common/events';
import type { FindingLocation } from '../../../common/finding';
import { familyOf } from '../model';
import type { DetectContext, Detector, DetectorKind } from './detector';
import type { Fact } from './fact';
import * as words from './words';

/** Executors whose futures tell when somebody looks at their exception. */
const EXECUTORS: ReadonlySet<number> = new Set([
  OPERATION['concurrent.futures.ThreadPoolExecutor'],
  OPERATION['concurrent.futures.ProcessPoolExecutor'],
  OPERATION['concurrent.futures.InterpreterPoolExecutor'],
]);
/** Failed jobs that are remembered. */
const MOST_FAILED = 10_000;

interface Job {
  readonly site: number;
  readonly unit: number;
  readonly time: number;
  readonly process: number;
}

interface Failure {
  readonly job: Job;
  /** Where the exception was raised, 0 unknown. */
  readonly site: number;
  readonly time: number;
}

class LeakJobs implements Detector {
  /** Jobs that have not ended. */
  private readonly jobs = new Map<number, Job>();
  private readonly failed = new Map<number, Failure>();

  constructor(private readonly context: DetectContext) {}

  on(fact: Fact): void {
    switch (fact.kind) {
      case KIND.job_submit:
        this.submitted(fact);
        return;
      case KIND.job_end:
        this.ended(fact);
        return;
      case KIND.process_end:
        this.processEnded(fact.target);
        return;
      default:
        if (fact.target !== -1 && familyOf(fact.operation) === 'future') this.asked(fact.target);
    }
  }

  private submitted({ target, otherObject, site, unit, time, process }: Fact): void {
    const operation = this.context.model.objects[otherObject]?.operation ?? 0;
    if (site !== 0 && EXECUTORS.has(operation)) this.jobs.set(target, { site, unit, time, process });
  }

  private ended({ target, outcome, site, time }: Fact): void {
    const job = this.jobs.get(target);
    this.jobs.delete(target);
    if (job && outcome !== 0 && this.failed.size < MOST_FAILED) this.failed.set(target, { job, site, time });
  }

  /** Who waits for a job will hear of its exception, or was told that it takes too long. */
  private asked(target: number): void {
    this.jobs.delete(target);
    this.failed.delete(target);
  }

  private processEnded(process: number): void {
    for (const [target, failure] of this.failed) {
      if (failure.job.process !== process) continue;
      this.failed.delete(target);
      this.report(target, failure);
    }
  }

  private report(target: number, { job, site, time }: Failure): void {
    const { model } = this.context;
    const name = words.unit(model, target);
    const locations: FindingLocation[] = [
      { site: job.site, role: `submits ${name}`, unit: job.unit, time: job.time },
      ...(site === 0 ? [] : [{ site, role: 'raises', unit: target, time }]),
    ];
    const where = site === 0 ? '' : ` at ${words.placeBeside(model, site, job.site)}`;
    this.context.report({
      rule: 'leak.exception-never-retrieved',
      key: words.keyOf(model, [job.site, site]),
      certainty: 'observed',
      message: `${name}, submitted at ${words.place(model, job.site)}, ended with an exception${where} that nobody asked for: what should have been done is not, and nothing was printed. Keep the future and call its result(), or look at its exception() in a callback.`,
      locations,
      units: [target],
      objects: [],
    });
  }
}

export const LEAK_JOBS: DetectorKind = {
  rules: [],
  kinds: [KIND.job_submit, KIND.job_end, KIND.process_end, KIND.wait, KIND.got, KIND.acquire],
  make: (context) => new LeakJobs(context),
};
