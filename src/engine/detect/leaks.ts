/** What was lost on the way, and what still ran at the end: exceptions, coroutines, threads, processes. */
import { KIND, OPERATION } from '../../../common/events';
import type { FindingLocation, Rule } from '../../../common/finding';
import type { DetectContext, Detector, DetectorKind } from './detector';
import type { Fact } from './fact';
import * as words from './words';

const RULES: readonly Rule[] = [
  { id: 'leak.exception-never-retrieved', title: 'Exception that nobody saw', kind: 'leak', severity: 'warning' },
  { id: 'leak.coroutine-never-run', title: 'Coroutine was never run', kind: 'leak', severity: 'warning' },
  { id: 'hazard.no-main-guard', title: 'Starts processes when it is imported', kind: 'hazard', severity: 'error' },
  { id: 'leak.running-at-exit', title: 'Thread or process still ran at the end', kind: 'leak', severity: 'info' },
];

class Leaks implements Detector {
  /** Process -> its threads that live. */
  private readonly threads = new Map<number, Set<number>>();

  constructor(private readonly context: DetectContext) {}

  on(fact: Fact): void {
    switch (fact.kind) {
      case KIND.thread_begin: {
        const threads = this.threads.get(fact.process) ?? new Set();
        this.threads.set(fact.process, threads.add(fact.unit));
        return;
      }
      case KIND.thread_end:
        this.threads.get(fact.process)?.delete(fact.target);
        return;
      case KIND.process_end:
        for (const thread of this.threads.get(fact.process) ?? []) this.stillRan(thread);
        this.threads.delete(fact.process);
        return;
      case KIND.leak:
        if (fact.operation === OPERATION['leak.exception']) this.reportException(fact);
        else if (fact.operation === OPERATION['leak.coroutine']) this.reportCoroutine(fact);
        else if (fact.operation === OPERATION['leak.main-guard']) this.reportMainGuard(fact);
        else if (fact.operation === OPERATION['leak.process'] && fact.target !== -1) this.processStillRan(fact.target);
    }
  }

  private reportException(fact: Fact): void {
    const { model } = this.context;
    const name = this.nameOf(fact);
    const task = model.units.findLast((unit) => unit.kind === 'task' && unit.name === name && this.isIn(unit.id, fact));
    const locations: FindingLocation[] = [];
    if (fact.site !== 0)
      locations.push({ site: fact.site, role: 'raises', unit: task?.id ?? fact.unit, time: Number.NaN });
    if (task && task.site !== 0) {
      locations.push({
        site: task.site,
        role: `makes ${words.unit(model, task.id)}`,
        unit: task.id,
        time: task.created,
      });
    }
    if (locations.length === 0) return;
    const where = fact.site === 0 ? '' : ` at ${words.place(model, fact.site)}`;
    const made = task && task.site !== 0 ? `, made at ${words.place(model, task.site)},` : '';
    this.context.report({
      rule: 'leak.exception-never-retrieved',
      key: words.keyOf(
        model,
        locations.map(({ site }) => site),
      ),
      certainty: 'observed',
      message: `${task ? words.unit(model, task.id) : 'A future'}${made} ended with an exception${where} that nobody asked for: what should have been done is not, and nobody knows. Await it, or use a TaskGroup.`,
      locations,
      units: task ? [task.id] : [],
      objects: [],
    });
  }

  private reportCoroutine(fact: Fact): void {
    const { model } = this.context;
    if (fact.site === 0) return;
    const name = this.nameOf(fact) || 'A coroutine';
    this.context.report({
      rule: 'leak.coroutine-never-run',
      key: `${words.keyOf(model, [fact.site])} ${name}`,
      certainty: 'observed',
      message: `${name} was called and dropped at ${words.place(model, fact.site)} without an await: nothing of it was run. Await it, or make a task of it.`,
      locations: [{ site: fact.site, role: `drops ${name}`, unit: fact.unit, time: fact.time }],
      units: fact.unit === -1 ? [] : [fact.unit],
      objects: [],
    });
  }

  private reportMainGuard(fact: Fact): void {
    const { model } = this.context;
    if (fact.site === 0) return;
    this.context.report({
      rule: 'hazard.no-main-guard',
      key: words.keyOf(model, [fact.site]),
      certainty: 'observed',
      message: `A child process imports the program's file anew and comes to ${words.place(model, fact.site)}, where it would start processes itself: it fails, and a pool starts the next one, again and again. Put what the program does below \`if __name__ == "__main__":\`.`,
      locations: [{ site: fact.site, role: 'starts processes at import', unit: fact.unit, time: fact.time }],
      units: fact.unit === -1 ? [] : [fact.unit],
      objects: [],
    });
  }

  /** Only daemon threads can: the interpreter waits for the others. */
  private stillRan(thread: number): void {
    const { model } = this.context;
    const site = model.units[thread]?.site ?? 0;
    const file = model.sites[(model.functionSites[thread] ?? 0) - 1]?.file ?? '';
    // Feeders of queues and the like are the library's, which knows what it does.
    if (site === 0 || /[\\/]lib[\\/]python3|[\\/]site-packages[\\/]/.test(file)) return;
    const harm = 'it is cut off wherever it is, and nothing of it is cleaned up';
    this.reportRunning(thread, `still ran when its process ended: ${harm}. Tell it to stop and join it`);
  }

  /** multiprocessing ends its daemons then; others go on without the one who started them. */
  private processStillRan(process: number): void {
    const { how } = this.context.model.unit(process);
    const harm = /^(fork|spawn|forkserver)$/.test(how)
      ? 'it is ended by force wherever it is, and nothing of it is cleaned up'
      : 'it goes on alone, and nobody hears how it ends';
    this.reportRunning(process, `still ran when the process that started it ended: ${harm}. End it or wait for it`);
  }

  private reportRunning(unit: number, what: string): void {
    const { model } = this.context;
    const { site, created } = model.unit(unit);
    if (site === 0) return;
    const name = words.unit(model, unit);
    this.context.report({
      rule: 'leak.running-at-exit',
      key: words.keyOf(model, [site]),
      certainty: 'observed',
      message: `${name}, started at ${words.place(model, site)}, ${what}, when that matters.`,
      locations: [{ site, role: `starts ${name}`, unit, time: created }],
      units: [unit],
      objects: [],
    });
  }

  private nameOf(fact: Fact): string {
    return (fact.value !== 0 && this.context.model.unitSpaces[fact.process]?.text(fact.value)) || '';
  }

  private isIn(unit: number, fact: Fact): boolean {
    const { model } = this.context;
    return model.unitSpaces[unit] === model.unitSpaces[fact.process];
  }
}

export const LEAKS: DetectorKind = {
  rules: RULES,
  kinds: [KIND.thread_begin, KIND.thread_end, KIND.process_end, KIND.leak],
  make: (context) => new Leaks(context),
};
