/** The run in one line, as one would tell it a colleague; and the sentence for a run in which little is to be seen. Pure. */
import type { RunInfo } from '../common/trace';
import type { Selection } from './selection';
import type { Store } from './store';
import { durationText, shareText } from './timeText';
import { isIdle, objectName, placeWords } from './words';

export interface Figure {
  /** The number, shown strong. */
  readonly value: string;
  readonly words: string;
  readonly title: string;
}

export interface Summary {
  readonly figures: readonly Figure[];
  /** What costs most waiting, and its longest wait. */
  readonly mostWaited: { readonly name: string; readonly share: string; readonly longest: Selection } | undefined;
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
    figures.push({ value: durationText(running), words: `CPU${sampled}`, title: 'Time of all threads on cores together' });
    if (wall > 0) figures.push({ value: (running / wall).toFixed(1), words: `of ${count} ${count === 1 ? 'core' : 'cores'} busy`, title: 'CPU time by wall time' });
  }
  if (lived > 0) figures.push({ value: shareText(waited / lived), words: 'of thread time waits', title: 'In recorded waits, idle workers included' });
  return { figures, mostWaited: mostWaited(store) };
}

function mostWaited(store: Store): Summary['mostWaited'] {
  let most = -1;
  for (const [id, nanos] of store.objectWaited.entries()) if (nanos > (most < 0 ? 0 : store.objectWaited[most])) most = id;
  if (most < 0) return undefined;
  let all = 0;
  for (const nanos of store.objectWaited) all += nanos ?? 0;
  const { unit, start, operation } = store.waits.columns;
  const row = store.objectLongest[most] - 1;
  if (isIdle(operation[row])) return undefined;
  const made = store.site(store.objects[most]?.site ?? 0);
  const name = objectName(store, most + 1) || (made ? `what ${placeWords(made)} made` : 'an object without a name');
  return { name, share: shareText(store.objectWaited[most] / all), longest: { kind: 'wait', unit: unit[row], start: start[row] } };
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
      return { text: [endWords(store.run), nothing ? 'Nothing was recorded.' : ''].filter(Boolean).join(' '), isBad: isBadEnd(store.run) };
  }
}

function isBadEnd(run: RunInfo): boolean {
  return run.state.kind === 'ended' && (run.state.how === 'killed' || (run.exitCode !== null && run.exitCode !== 0));
}

function endWords(run: RunInfo): string {
  if (run.state.kind !== 'ended') return '';
  switch (run.state.how) {
    case 'killed':
      return run.exitCode !== null && run.exitCode < 0 ? `The program was killed by signal ${-run.exitCode}.` : 'The program was killed.';
    case 'stopped':
      return 'You stopped the program.';
    case 'timeout':
      return 'The program was stopped because its time was up.';
    case 'exited':
      return run.exitCode ? `The program ended with status ${run.exitCode}.` : '';
  }
}
