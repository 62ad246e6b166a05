/** The run in one line, as one would tell it a colleague; and the sentence for a run in which little is to be seen. Pure. */
import { OPERATION_NAMES } from '../common/events';
import type { RunInfo } from '../common/trace';
import type { Selection } from './selection';
import type { Store } from './store';
import { durationText, shareText } from './timeText';
import { objectName, placeWords } from './words';

export interface Figure {
  /** The number, shown strong. */
  readonly value: string;
  readonly words: string;
  readonly title: string;
}

export interface Summary {
  readonly figures: readonly Figure[];
  /** What costs most waiting, and its longest wait. */
  readonly mostWaited: WaitedObject | undefined;
}

const RUNNING = 0;
const WAITING = 4;

export function summarize(store: Store, now: number): Summary {
  const figures: Figure[] = [];
  const wall = store.run.wallNs ?? now;
  figures.push({ value: durationText(wall), words: 'wall', title: 'From start to end' });
  let running = 0;
  let lived = 0;
  let waited = 0;
  for (const states of store.unitStates) {
    if (!states) continue;
    running += states[RUNNING]?.total ?? 0;
    waited += states[WAITING]?.total ?? 0;
    for (const track of states) lived += track?.total ?? 0;
  }
  for (const open of store.openStates) {
    const soFar = Math.max(0, now - open.start);
    lived += soFar;
    if (open.state === RUNNING) running += soFar;
    if (open.state === WAITING) waited += soFar;
  }
  const { source, count } = store.cores;
  const sampled = source === 'sampled' ? ' (sampled)' : '';
  if (source !== 'none') {
    figures.push({
      value: durationText(running),
      words: `CPU${sampled}`,
      title: 'Time of all threads on cores together',
    });
    if (wall > 0)
      figures.push({
        value: (running / wall).toFixed(1),
        words: `of ${count} ${count === 1 ? 'core' : 'cores'} busy`,
        title: 'CPU time by wall time',
      });
  }
  if (lived > 0)
    figures.push({
      value: shareText(waited / lived),
      words: 'of thread time waits',
      title: 'In recorded waits, idle workers included',
    });
  return { figures, mostWaited: mostWaitedObjects(store, 1)[0] };
}

export interface WaitedObject {
  readonly name: string;
  /** Kind in the standard's words. */
  readonly kind: string;
  /** Nanoseconds that all units together waited for it, and which part that is of all waits for objects. */
  readonly nanos: number;
  readonly share: string;
  readonly longest: Selection;
}

/** The objects that cost most waiting, the worst first. */
export function mostWaitedObjects(store: Store, count: number): readonly WaitedObject[] {
  let all = 0;
  const worst: number[] = [];
  for (const [id, nanos] of store.objectWaited.entries()) {
    if (!nanos) continue;
    all += nanos;
    // Kept short and in order as it is gone through: there may be very many objects, and this is done while it runs.
    if (worst.length === count && nanos <= store.objectWaited[worst[count - 1]]) continue;
    worst.push(id);
    worst.sort((a, b) => store.objectWaited[b] - store.objectWaited[a]);
    worst.length = Math.min(worst.length, count);
  }
  return worst.map((id) => {
    const { unit, start, operation } = store.waits.columns;
    const row = store.objectLongest[id] - 1;
    const made = store.site(store.objects[id]?.site ?? 0);
    const nanos = store.objectWaited[id];
    const kind = OPERATION_NAMES[operation[row]] ?? 'an object without a name';
    return {
      name: objectName(store, id + 1) || (made ? `what ${placeWords(made)} made` : kind),
      kind,
      nanos,
      share: shareText(nanos / all),
      longest: { kind: 'wait', unit: unit[row], start: start[row] },
    };
  });
}

/** How the run stands, '' when the picture says it. */
export function stateSentence(store: Store): { text: string; isBad: boolean } {
  const { state } = store.run;
  const nothing = store.units.length === 0;
  switch (state.kind) {
    case 'starting':
      return { text: 'Python starts. Lanes appear as soon as it runs the first line.', isBad: false };
    case 'running':
      return { text: nothing ? 'Python runs. Nothing has been recorded yet.' : '', isBad: false };
    case 'failed':
      return { text: `The program did not start. ${state.text}`, isBad: true };
    case 'ended':
      return {
        text: [endWords(store.run), nothing ? 'Nothing was recorded.' : ''].filter(Boolean).join(' '),
        isBad: isBadEnd(store.run),
      };
  }
}

function isBadEnd(run: RunInfo): boolean {
  return run.state.kind === 'ended' && (run.state.how === 'killed' || (run.exitCode !== null && run.exitCode !== 0));
}

function endWords(run: RunInfo): string {
  if (run.state.kind !== 'ended') return '';
  switch (run.state.how) {
    case 'killed':
      return run.exitCode !== null && run.exitCode < 0
        ? `The program was killed by signal ${-run.exitCode}.`
        : 'The program was killed.';
    case 'stopped':
      return 'You stopped the program.';
    case 'timeout':
      return 'The program was stopped because its time was up.';
    case 'exited':
      return run.exitCode ? `The program ended with status ${run.exitCode}.` : '';
  }
}
