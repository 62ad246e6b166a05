/** A lock, queue or the like, and one hold of it, in words. Pure. */
import type { Description, Fact, Part } from '../describe';
import { callsAt, findHold, type Selection } from '../selection';
import type { Store } from '../store';
import { durationText, shareText, timeText } from '../timeText';
import { countWords, functionWords, nameOf, placeWords } from '../words';
import { objectFamily, objectKind, objectLabel } from './objectLanes';

/** Of those who waited most so many are named. */
const MOST_NAMES = 4;

export interface ObjectFigures {
  readonly holds: number;
  /** Nanoseconds of all holds together, and the row + 1 of the longest, 0 without any. */
  readonly held: number;
  readonly longestHold: number;
  readonly mostHolders: number;
  readonly waits: number;
  readonly waited: number;
  readonly longestWait: number;
  readonly mostWaiting: number;
  /** NaN when nobody waited. */
  readonly mostWaitingAt: number;
  /** Who waited how long, the longest first. */
  readonly waiters: readonly { readonly unit: number; readonly nanos: number }[];
}

/** Of the waits and holds that are over, but for how many waited at once. */
export function figuresOf(store: Store, object: number, now: number): ObjectFigures {
  const use = store.objectUse.update(store);
  const { waiting, holding } = use.curvesOf(store, object, now);
  const holds = store.objectHolds[object] ?? [];
  const held = totalOf(holds, store.holds.columns);
  const waits = use.waitsOf(object);
  const waited = totalOf(waits, store.waits.columns);
  const byUnit = new Map<number, number>();
  const { unit, start, end } = store.waits.columns;
  for (const row of waits) byUnit.set(unit[row], (byUnit.get(unit[row]) ?? 0) + end[row] - start[row]);
  return {
    holds: holds.length,
    held: held.nanos,
    longestHold: held.longest,
    mostHolders: holding.most,
    waits: waits.length,
    waited: waited.nanos,
    longestWait: waited.longest,
    mostWaiting: waiting.most,
    mostWaitingAt: waiting.mostAt,
    waiters: [...byUnit].map(([id, nanos]) => ({ unit: id, nanos })).sort((a, b) => b.nanos - a.nanos),
  };
}

export function describeObject(store: Store, object: number, now: number): Description | undefined {
  if (!store.objects[object]) return undefined;
  const made = store.site(store.objects[object].site);
  const facts: Fact[] = [
    {
      name: 'kind',
      parts: made ? [`${objectKind(store, object)}, made at `, line(made)] : [objectKind(store, object)],
    },
  ];
  const figures = figuresOf(store, object, now);
  if (figures.longestHold > 0) facts.push({ name: 'held', parts: heldParts(store, figures, now) });
  facts.push({ name: 'waited for', parts: waitedParts(store, figures) });
  const { waiters } = figures;
  if (waiters.length > 0) {
    const { unit, start } = store.waits.columns;
    const firstOf = (id: number): number => store.objectUse.waitsOf(object).find((row) => unit[row] === id) ?? 0;
    const parts = waiters.slice(0, MOST_NAMES).flatMap(({ unit: id, nanos }, i): Part[] => {
      return [
        i > 0 ? ', ' : '',
        { text: nameOf(store, id), unit: id, time: start[firstOf(id)] },
        ` ${durationText(nanos)}`,
      ];
    });
    const more = waiters.length - MOST_NAMES;
    facts.push({ name: 'by whom', parts: more > 0 ? [...parts, ` and ${more.toLocaleString('en')} more`] : parts });
  }
  if (objectFamily(store, object) === 'queue') facts.push({ name: 'items', parts: [depthWords(store, object, now)] });
  const running = store.run.state.kind === 'running';
  if (running) facts.push({ name: 'note', parts: ['what still goes on is not in the figures'] });
  return { title: objectLabel(store, object), facts, site: made };
}

/** How full a queue was, and how that is known. */
export function depthWords(store: Store, object: number, now: number): string {
  if (!objectKind(store, object).startsWith('queue.'))
    return 'not known: gets that did not wait are not recorded for this kind of queue';
  if (!store.run.race) return 'not known: gets that did not wait are recorded in race mode only';
  const { depth } = store.objectUse.curvesOf(store, object, now);
  if (!depth) return 'none were put or taken';
  const before = Math.max(0, -depth.least);
  const start = before > 0 ? `; at least ${countWords(before, 'item')} must have been there before` : '';
  const most = depth.most + before;
  const at = most > 0 && depth.most > 0 ? ` at ${timeText(depth.mostAt, 1e6)}` : '';
  return `at most ${most}${at}, derived from puts and gets${start}; a put that was refused counts as one`;
}

export function describeHold(
  store: Store,
  selection: Extract<Selection, { kind: 'hold' }>,
  now: number,
): Description | undefined {
  const row = findHold(store, selection);
  if (row < 0) return undefined;
  const { unit, start, end, site, releaseSite, object } = store.holds.columns;
  const exact = Math.max(1, (end[row] - start[row]) / 100);
  const facts: Fact[] = [
    {
      name: 'for',
      parts: [`${durationText(end[row] - start[row])} (${timeText(start[row], exact)} → ${timeText(end[row], exact)})`],
    },
    { name: 'by', parts: [{ text: nameOf(store, unit[row]), unit: unit[row], time: start[row] }] },
  ];
  const [taken, released] = [store.site(site[row]), store.site(releaseSite[row])];
  if (taken) facts.push({ name: 'taken at', parts: [line(taken)] });
  if (released) facts.push({ name: 'released at', parts: [line(released)] });
  const call = callsAt(store, unit[row], (start[row] + end[row]) / 2).find((candidate) => candidate.site > 0);
  const ran = call && store.site(call.site);
  if (ran) facts.push({ name: 'in', parts: [functionWords(ran), ' ', line(ran)] });
  facts.push({ name: 'meanwhile', parts: [waitersWords(store, object[row], start[row], end[row], now)] });
  return {
    title: `${nameOf(store, unit[row])} held ${objectLabel(store, object[row])}`,
    facts,
    site: taken ?? ran,
  };
}

function waitersWords(store: Store, object: number, from: number, to: number, now: number): string {
  const mean = store.objectUse.update(store).curvesOf(store, object, now).waiting.mean(from, to);
  return mean > 0 ? `others waited for it for ${durationText(mean * (to - from))} together` : 'nobody waited for it';
}

function heldParts(store: Store, { holds, held, longestHold, mostHolders }: ObjectFigures, now: number): Part[] {
  const { unit, start, end } = store.holds.columns;
  const row = longestHold - 1;
  const share = mostHolders <= 1 && now > 0 ? ` (${shareText(held / now)} of the run)` : '';
  const together = mostHolders > 1 ? `, by up to ${mostHolders} at once` : '';
  return [
    `${countWords(holds, 'time')}, ${durationText(held)} in all${share}${together}, longest ${durationText(end[row] - start[row])} by `,
    { text: nameOf(store, unit[row]), unit: unit[row], time: start[row] },
  ];
}

function waitedParts(store: Store, { waits, waited, longestWait, mostWaiting, mostWaitingAt }: ObjectFigures): Part[] {
  if (longestWait === 0) return [mostWaiting > 0 ? `by ${mostWaiting} at once, still` : 'never'];
  const { unit, start, end } = store.waits.columns;
  const row = longestWait - 1;
  return [
    `${countWords(waits, 'time')}, ${durationText(waited)} in all, longest ${durationText(end[row] - start[row])} by `,
    { text: nameOf(store, unit[row]), unit: unit[row], time: start[row] },
    `; at most ${mostWaiting} at once (${timeText(mostWaitingAt, 1e6)})`,
  ];
}

function totalOf(
  rows: readonly number[],
  { start, end }: { readonly start: Float64Array; readonly end: Float64Array },
): { nanos: number; longest: number } {
  let nanos = 0;
  let longest = -1;
  for (const row of rows) {
    const own = end[row] - start[row];
    nanos += own;
    if (longest < 0 || own > end[longest] - start[longest]) longest = row;
  }
  return { nanos, longest: longest + 1 };
}

function line(site: Parameters<typeof placeWords>[0]): Part {
  return { text: placeWords(site), site };
}
