/** The chain of those who kept each other waiting, in words, each name a link. */
import type { Fact, Part } from '../describe';
import { callsAt, type Wait } from '../selection';
import type { Store } from '../store';
import { durationText } from '../timeText';
import { functionWords, nameOf, objectName, placeWords, waitWords } from '../words';
import { type Chain, chainOf, type Link } from './causes';

/**
 * `B, which itself waited for 0.8 s of it for Log._file (orders.py:33) held by C, which ran fetch() at orders.py:47`; nothing
 * where there is no more to tell than who held it.
 */
export function chainFacts(store: Store, wait: Wait, now: number): readonly Fact[] {
  const chain = chainOf(store, wait, now);
  const [first, ...further] = chain.links;
  if (!first || (further.length === 0 && !chain.isCircle)) return [];
  const parts: Part[] = [unitLink(store, first.next, further[0]?.from ?? first.from)];
  for (const link of further) parts.push(...linkParts(store, link));
  return [{ name: 'chain', parts: [...parts, ...rootParts(store, chain)] }];
}

const LEADS: Readonly<Record<Link['by'], string>> = {
  holder: ' held by ',
  target: ' of ',
  ender: ' ended by ',
  nobody: '',
};

function linkParts(store: Store, link: Link): Part[] {
  const { wait, from, to, next, by } = link;
  const isTarget = by === 'target' && next === wait.target - 1;
  const thing = isTarget ? 'the end' : objectName(store, wait.object) || waitWords(store, wait);
  const parts: Part[] = [`, which itself waited for ${durationText(to - from)} of it for ${thing}`];
  const site = isTarget ? undefined : store.site(wait.site);
  if (site) parts.push(' (', { text: placeWords(site), site }, ')');
  if (by !== 'nobody') parts.push(isTarget ? ' of ' : LEADS[by], unitLink(store, next, from));
  return parts;
}

function rootParts(store: Store, { root, rootAt, isCircle }: Chain): Part[] {
  if (root < 0) return [', and nobody is known to have ended that'];
  if (isCircle) return [', which waits for them: a circle'];
  const call = callsAt(store, root, rootAt).find(({ site }) => site > 0);
  const site = call && store.site(call.site);
  if (!site) return [', which went on'];
  return [`, which ran ${functionWords(site)} at `, { text: placeWords(site), site }];
}

function unitLink(store: Store, unit: number, time: number): Part {
  return { text: nameOf(store, unit), unit, time };
}
