/** What the critical path is made of, in words. Pure. */
import type { PathPart } from '../../common/analysis/criticalParts';
import type { PathKind } from '../../common/analysis/criticalPath';
import { callsAt, waitOfRow } from '../selection';
import type { Store } from '../store';
import { functionWords, objectName, placeWords, waitWords } from '../words';

export const KIND_WORDS: Readonly<Record<PathKind, string>> = {
  running: 'running',
  ready: 'wants a core',
  gil: 'wants the GIL (concluded)',
  blocked: 'in calls that are not recorded (concluded)',
  waiting: 'waiting, nobody known ended it',
  woken: 'woken, not yet on',
  starting: 'made or started, not begun',
  unrecorded: 'not recorded',
};

export const EXPLANATION =
  'From the end of the run backwards: while a unit did something the path is on it; where it waited, the path goes over to ' +
  'the one who ended the wait; where it began, to the one who started it. A run gets shorter only if something on its ' +
  'path does, by how much is not said: another chain may then be the longest. The share of an object is the time of the ' +
  'path in waits for it: of the unit that the path is on, or of the one to which it goes over next.';

/** What a part of the path was, to stand after its unit's name. */
export function partWords(store: Store, part: PathPart): string {
  const thing = objectWords(store, part.object);
  if (part.wait > 0) return `waited: ${waitWords(store, waitOfRow(store, part.wait - 1))}`;
  const call = callsAt(store, part.unit, (part.from + part.to) / 2).find(({ site }) => site > 0);
  const where = call ? ` in ${functionWords(store.site(call.site))}` : '';
  return `went on${where}${thing ? `, while the next one waited for ${thing}` : ''}`;
}

/** The user's name of an object (row + 1), or where it was made; '' for none. */
export function objectWords(store: Store, reference: number): string {
  if (reference === 0) return '';
  const made = store.site(store.objects[reference - 1]?.site ?? 0);
  return objectName(store, reference) || (made ? `what ${placeWords(made)} made` : 'an object without a name');
}

export function doubtWords(store: Store, isWhole: boolean): readonly string[] {
  const { source } = store.cores;
  return [
    ...(source === 'sampled' ? ['Cores are sampled: what ran and what wanted to run is concluded from samples.'] : []),
    ...(source === 'none' ? ['Cores are not known: all that does not wait counts as running.'] : []),
    ...(isWhole ? [] : ['The chain breaks off before the beginning of the run: what came before it was not recorded.']),
    ...(store.dropped > 0 ? ['Events were dropped: the path may be another one.'] : []),
  ];
}
