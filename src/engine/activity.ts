/** What goes on right now: open spans and waits of all units. */
import type { OpenSpan, OpenWait } from '../../common/trace';
import type { Model } from './model';
import type { PendingWait } from './owner';
import { subjectOf } from './waits';

/** Flags of a span that is a task's step, and of one that is a job. */
export const STEP_FLAG = 8;
export const JOB_FLAG = 16;

export function openSpans(model: Model): OpenSpan[] {
  const open: OpenSpan[] = [];
  for (const owner of model.owners) {
    if (!owner) continue;
    const { unit, thread, spans, stepStart } = owner;
    const inStep = Number.isNaN(stepStart) ? 0 : 1;
    if (inStep) open.push({ unit, thread, start: stepStart, site: 0, depth: 0, flags: STEP_FLAG });
    for (let i = 0; i < spans.length; i += 3) {
      const [start, site, flags] = [spans[i] as number, spans[i + 1] as number, (spans[i + 2] as number) << 1];
      open.push({ unit, thread, start, site, depth: i / 3 + inStep, flags });
    }
    for (const job of owner.jobs) open.push({ ...job, thread, depth: 0, flags: JOB_FLAG });
  }
  return open;
}

export function openWaits(model: Model): OpenWait[] {
  const open: OpenWait[] = [];
  for (const owner of model.owners) {
    if (!owner) continue;
    for (const wait of owner.waits) open.push(describe(model, wait));
    if (owner.suspended) open.push(describe(model, owner.suspended));
  }
  for (const wait of model.pendingWaits) open.push(describe(model, wait));
  return open;
}

/** By thread: since when it is in a wait that keeps it from running. */
export function openThreadWaits(model: Model): Map<number, number> {
  const since = new Map<number, number>();
  for (const owner of model.owners) {
    if (!owner) continue;
    const isThread = owner.unit === owner.thread;
    const first = owner.waits.find((wait) => isThread || (wait.step === owner.steps && !Number.isNaN(owner.stepStart)));
    if (first) since.set(owner.thread, Math.min(first.start, since.get(owner.thread) ?? first.start));
  }
  return since;
}

function describe(model: Model, wait: PendingWait): OpenWait {
  const { unit, thread, start, end, operation, site } = wait;
  return { unit, thread, start, end, operation, site, ...subjectOf(model, wait) };
}
