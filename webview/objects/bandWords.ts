/** How the threads stood at a moment, and what the GIL cost the whole run, in words that say how they are known. Pure. */
import type { GilFigures } from '../../common/analysis/gil';
import type { Description, Fact } from '../describe';
import type { Store } from '../store';
import { durationText, shareText, timeText } from '../timeText';
import { countWords } from '../words';

/** How many threads stood how at a moment. */
export interface Standing {
  readonly running: number;
  /** Want a core. */
  readonly ready: number;
  /** Want the GIL. */
  readonly gil: number;
}

const RUNNING = 0;
const READY = 1;
const GIL = 2;

export function standingAt(store: Store, time: number): Standing {
  const counts = [0, 0, 0];
  for (const states of store.unitStates) {
    for (const state of [RUNNING, READY, GIL]) {
      const track = states?.[state];
      const index = track ? track.at(time) : -1;
      // What ends at a moment is over then; what follows begins.
      if (track && index >= 0 && track.end(index) > time) counts[state]++;
    }
  }
  for (const open of store.openStates) if (open.start <= time && open.state <= GIL) counts[open.state]++;
  return { running: counts[RUNNING], ready: counts[READY], gil: counts[GIL] };
}

/** `2 on a core, 3 more want the GIL, 1 wants a core`; '' when none of that is so. */
export function standingWords({ running, ready, gil }: Standing, isKnown: boolean): string {
  const more = running > 0 ? ' more' : '';
  return [
    running > 0 ? (isKnown ? `${running} on a core` : `${running} not waiting`) : '',
    gil > 0 ? `${gil}${more} ${gil === 1 ? 'wants' : 'want'} the GIL` : '',
    ready > 0 ? `${ready}${gil > 0 ? '' : more} ${ready === 1 ? 'wants' : 'want'} a core` : '',
  ]
    .filter(Boolean)
    .join(', ');
}

/** What the band says of a moment; undefined where nothing ran or wanted to. */
export function describeStanding(store: Store, time: number, exactNanos: number): Description | undefined {
  const standing = standingAt(store, time);
  const title = standingWords(standing, store.cores.source !== 'none');
  if (!title) return undefined;
  const facts: Fact[] = [{ name: 'at', parts: [timeText(time, exactNanos)] }];
  if (standing.gil > 0) facts.push({ name: 'note', parts: [`wants the GIL: ${GIL_IS_CONCLUDED}`] });
  const source = sourceWords(store);
  if (source) facts.push({ name: 'note', parts: [source] });
  if (!store.run.gil) facts.push({ name: 'note', parts: ['this Python has no GIL'] });
  return { title, facts, site: undefined };
}

export const GIL_IS_CONCLUDED =
  'concluded, not recorded: off its core outside of any recorded wait, while another thread of its interpreter ran';

/** How it is known who ran when; '' when it is exact. */
function sourceWords(store: Store): string {
  if (store.cores.source === 'exact') return '';
  if (store.cores.source === 'sampled') return 'from samples: short stretches are missed';
  return 'cores are not known: all that does not wait counts as running, and who wants the GIL cannot be told';
}

/** The sentences of a whole run. */
export function gilSentences(store: Store, figures: GilFigures): readonly string[] {
  const { wanted, threads, interpreters, ran, alone } = figures;
  if (!store.run.gil) return ['This Python runs without a GIL: threads never wait for it.'];
  if (store.cores.source === 'none') return ['GIL: not known. Without the cores it cannot be told who wanted it.'];
  const each =
    interpreters > 1 ? ` Each of ${interpreters} interpreters has its own; the figures are of all together.` : '';
  const found =
    threads === 0
      ? 'GIL: no thread is known to have wanted it.'
      : `GIL: wanted for ${durationText(wanted)} by ${countWords(threads, 'thread')}.`;
  const share =
    ran > 0
      ? ` One thread at a time was on a core for ${shareText(alone / ran)} of the time in which any was (${durationText(ran)}).`
      : '';
  const known =
    store.cores.source === 'exact'
      ? 'Who ran is exact, from the kernel’s switch records.'
      : 'Who ran is from samples, so that short stretches are missed.';
  return [`${found}${share}${each}`, `${known} That a thread wants the GIL is ${GIL_IS_CONCLUDED}.`];
}
