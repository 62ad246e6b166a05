/** The chain of those who kept each other waiting, in words, each name a link. */
import type { Fact, Part } from '../describe';
import { callsAt, type Wait } from '../selection';
import type { Store } from '../store';
import { durationText } from '../timeText';
import { functionWords, nameOf, objectName, placeWords, waitWords } from '../words';
import { type Chain, chainOf, type Link } from './causes';

/** A line for each step from the wait itself to the root; none where there is no more to tell than who held it. */
export function chainFacts(store: Store, wait: Wait, now: number): readonly Fact[] {
  const chain = chainOf(store, wait, now);
  if (chain.links.length < 2 && !chain.isCircle) return [];
  const facts = chain.links
    .slice(1)
    .map((link, i) => ({ name: i === 0 ? 'chain' : '', parts: linkParts(store, link) }));
  return [...facts, { name: '', parts: rootParts(store, chain) }];
}

/** `B, which itself waited for 0.8 s of it for Cache._lock, held by C`. */
function linkParts(store: Store, link: Link): Part[] {
  const { wait, from, to, next, by } = link;
  const thing = objectName(store, wait.object) || (wait.target > 0 ? '' : waitWords(store, wait));
  const parts: Part[] = [
    unitLink(store, wait.unit, Math.max(from, wait.start)),
    ` itself waited for ${durationText(to - from)} of it`,
  ];
  if (wait.target > 0) parts.push(' for ', unitLink(store, wait.target - 1, to));
  else parts.push(` for ${thing}`);
  if (by === 'holder') parts.push(', held by ', unitLink(store, next, from));
  if (by === 'ender') parts.push(', ended by ', unitLink(store, next, wait.wokenAt || to));
  const site = store.site(wait.site);
  if (site) parts.push(' at ', { text: placeWords(site), site });
  return parts;
}

/** `C ran fetch() at orders.py:47`. */
function rootParts(store: Store, { root, rootAt, isCircle, links }: Chain): Part[] {
  if (root < 0) {
    const last = links.at(-1) as Link;
    return [
      'root: ',
      unitLink(store, last.wait.unit, last.from),
      ` in ${waitWords(store, last.wait)}, which nobody is known to have ended`,
    ];
  }
  const link = unitLink(store, root, rootAt);
  if (isCircle) return ['root: ', link, ' again, which waits for them: a circle'];
  const call = callsAt(store, root, rootAt).find(({ site }) => site > 0);
  const site = call && store.site(call.site);
  if (!site) return ['root: ', link, ', which went on'];
  return ['root: ', link, `, which ran ${functionWords(site)} at `, { text: placeWords(site), site }];
}

function unitLink(store: Store, unit: number, time: number): Part {
  return { text: nameOf(store, unit), unit, time };
}
