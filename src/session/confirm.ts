/** Runs a program again, as in the run that a finding came from, held at the places of the finding. */
import { readFileSync } from 'node:fs';
import type { ConfirmPlan } from '../engine/confirmPlan';
import { parseJson } from '../engine/runFiles';
import { TRACE_DONE, Trace } from '../engine/trace';
import { Failure } from '../support/failure';
import type { RunPlan } from './runFolder';
import { readSavedTrace } from './savedTraces';
import type { Session } from './session';
import type { ChunkSink } from './tail';

/** What was run for a finding, and how it is to be confirmed. */
export interface Confirmation {
  readonly plan: RunPlan;
  readonly how: ConfirmPlan;
}

/** A run that does not end by itself is ended after this time. */
export const CONFIRM_TIMEOUT_SECONDS = 60;

/** A saved trace, and what was run for it. Rejects with a Failure when it cannot be read, or does not tell. */
export async function readRun(path: string): Promise<{ readonly trace: Trace; readonly plan: RunPlan }> {
  const trace = new Trace();
  let plan: RunPlan | undefined;
  const sink: ChunkSink = {
    append: (chunk) => {
      if (chunk.file === 'run.json' && chunk.offset === 0 && chunk.bytes.length > 0)
        plan = planOf(parseJson(chunk.bytes, chunk.file)) ?? plan;
      return trace.append(chunk);
    },
  };
  await readSavedTrace(path, sink);
  trace.append(TRACE_DONE);
  if (!plan) throw new Failure(`${path} does not say how the program was run, so it cannot be run again.`);
  return { trace, plan };
}

/** The same run, held where the finding is. Throws a Failure when the program is no longer there. */
export function confirmingPlan(plan: RunPlan, { confirm, pauses, race }: ConfirmPlan): RunPlan {
  try {
    readFileSync(plan.file);
  } catch {
    throw new Failure(`${plan.file} is no longer there or cannot be read, so it cannot be run again.`);
  }
  const isRace = race || plan.race;
  // Only code that is rewritten can be held.
  return { ...plan, race: isRace, spans: plan.spans || !isRace, confirm, pauses };
}

/** Ends the program as soon as it hangs in the deadlock that was to be confirmed; to be called once for a session. */
export function stopWhenHung(session: Session): void {
  const listening = session.onDidChange(() => {
    if (session.plan.confirm?.rule.startsWith('order.') && session.trace.verdict?.isConfirmed) {
      listening.dispose();
      void session.stop();
    }
  });
  void session.ended.then(() => listening.dispose());
}

/** Ends a run that does not end by itself; to be called once for a session, where nobody else sees to that. */
export function stopInTime(session: Session): void {
  const timer = setTimeout(() => void session.stop('timeout'), CONFIRM_TIMEOUT_SECONDS * 1000);
  void session.ended.then(() => clearTimeout(timer));
}

function planOf(json: object): RunPlan | undefined {
  const { file, args, cwd, mode } = json as Partial<RunPlan>;
  const isWhole =
    typeof file === 'string' && Array.isArray(args) && typeof cwd === 'string' && typeof mode === 'string';
  return isWhole ? (json as RunPlan) : undefined;
}
