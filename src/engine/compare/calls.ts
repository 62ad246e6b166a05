/** The calls that a mode made, as units of a trace: jobs of workers, or tasks of one loop. */
import type { Unit } from '../../../common/trace';
import type { Trace } from '../trace';

export interface Call {
  /** Job or task unit. */
  readonly unit: number;
  /** Thread unit on which it ran. */
  readonly thread: number;
  /** Nanoseconds since the origin. */
  readonly start: number;
  readonly end: number;
}

/** From where the calls of the mode begin to where all are over; undefined when it did not come that far. */
export function windowOf({ usages }: Trace): { readonly from: number; readonly to: number } | undefined {
  const from = usages.find(({ at }) => at === 'begin')?.time;
  const to = usages.find(({ at }) => at === 'over')?.time;
  return from === undefined || to === undefined ? undefined : { from, to };
}

/** In the order in which they began. The runtime names each after the function and its arguments: `work(3)`, `work() #3`. */
export function callsOf({ run, units }: Trace): Call[] {
  const kind = run.mode === 'async' ? 'task' : 'job';
  const isOurs = (unit: Unit): boolean =>
    unit.kind === kind && unit.name.startsWith(`${run.function}(`) && unit.end >= unit.start;
  return units
    .filter(isOurs)
    .map(({ id, parent, start, end }) => ({ unit: id, thread: parent, start, end }))
    .sort((a, b) => a.start - b.start);
}

/** Whether the function is `async def`: then there is a task for each call in other modes, too. */
export function isCoroutine({ run, units }: Trace): boolean {
  return run.mode !== 'async' && units.some(({ kind }) => kind === 'task');
}
