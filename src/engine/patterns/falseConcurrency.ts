/** One after the other is started and waited for at once: they never run at the same time. */
import type { Unit } from '../../../common/trace';
import { lengthOf, union } from './intervals';
import { type Look, longest } from './look';
import type { Noticed, Pattern } from './pattern';
import { FALSE_CONCURRENCY, SHORTEST_COST } from './thresholds';
import { at, duration, percent } from './words';

/** Waits for one unit that somebody writes on purpose; `wait_for` and the like make a task of their own. */
const JOINS: ReadonlySet<string> = new Set([
  'threading.Thread.join',
  'multiprocessing.Process.join',
  'concurrent.futures.Future.result',
  'asyncio.Task',
]);
const STARTED: ReadonlySet<string> = new Set(['', 'fork', 'spawn', 'forkserver']);
const TOGETHER: Readonly<Record<string, string>> = {
  thread: 'Start all threads first and join them in a second loop, or hand the work to a ThreadPoolExecutor.',
  process: 'Start all processes first and join them in a second loop, or hand the work to a ProcessPoolExecutor.',
  job: 'Submit all jobs first and ask for their results in a second loop, or use executor.map().',
  task: 'Make all tasks first and await them together, with asyncio.gather() or a TaskGroup.',
};

export const falseConcurrency: Pattern = {
  id: 'false-concurrency',
  title: 'Started and waited for at once',
  find: (look) => [...groups(look).values()].flatMap((units) => noticed(look, units)),
};

/** Units of one kind that one unit started at one place, in the order in which they began. */
function groups(look: Look): Map<string, Unit[]> {
  const made = new Map<string, Unit[]>();
  for (const unit of look.tables.units) {
    if (unit.startedBy < 0 || Number.isNaN(unit.start) || !(unit.kind in TOGETHER) || !STARTED.has(unit.how)) continue;
    const key = `${unit.startedBy} ${unit.kind} ${unit.site || unit.function}`;
    const known = made.get(key);
    if (known) known.push(unit);
    else made.set(key, [unit]);
  }
  for (const units of made.values()) units.sort((a, b) => a.start - b.start);
  return made;
}

function noticed(look: Look, units: readonly Unit[]): Noticed[] {
  const [first] = units;
  if (!first || units.length < FALSE_CONCURRENCY.units) return [];
  const lives = units.flatMap((unit) => {
    const life = look.life(unit);
    return life ? [{ unit: unit.id, from: life[0], to: life[1] }] : [];
  });
  if (lives.some(({ from }, i) => i > 0 && from < (lives[i - 1]?.to ?? 0))) return [];
  const starter = first.startedBy;
  if (hasPeers(look, starter)) return [];
  const joins = lives.flatMap(({ unit, from, to }) =>
    joinsOf(look, unit, starter).map(([start, end]) => [Math.max(start, from), Math.min(end, to)] as const),
  );
  const waited = lengthOf(union(joins));
  const lived = lives.reduce((sum, { from, to }) => sum + to - from, 0);
  if (joins.length < lives.length || waited < FALSE_CONCURRENCY.waited * lived) return [];
  if (waited < SHORTEST_COST || waited < FALSE_CONCURRENCY.share * look.wall) return [];
  const join = look.waitsForUnit(first.id)[0] ?? -1;
  const joinSite = look.tables.waits.columns.site[join] ?? 0;
  const who = look.countWords(lives.map(({ unit }) => unit));
  return [
    {
      text: `${look.nameOf(starter)} started ${who}${at(look.placeOf(first.site))} and waited for each before it started the next, so no two of them ever ran at the same time. It waited for them for ${duration(waited)}, ${percent(waited / look.wall)} of the run.`,
      share: waited / look.wall,
      certainty: 'seen',
      stretches: longest(lives),
      objects: [],
      places: [
        ...(joinSite > 0 ? [{ site: joinSite, role: 'waits for each' }] : []),
        ...(first.site > 0 ? [{ site: first.site, role: 'starts the next' }] : []),
      ],
      remedy: `${TOGETHER[first.kind]} If each needs what the one before it made, a plain call does the same for less.`,
    },
  ];
}

function joinsOf(look: Look, unit: number, starter: number): (readonly [number, number])[] {
  return Array.from(look.waitsForUnit(unit))
    .filter((row) => look.tables.waits.columns.unit[row] === starter && JOINS.has(look.operationOfWait(row)))
    .map((row) => look.wait(row));
}

/** Others like it run beside it: then the work is concurrent, one level higher. */
function hasPeers(look: Look, starter: number): boolean {
  const unit = look.tables.units[starter];
  const life = unit && look.life(unit);
  if (!life || unit.startedBy < 0) return false;
  return look.tables.units.some((other) => {
    if (other.id === starter || other.kind !== unit.kind || other.startedBy !== unit.startedBy) return false;
    return other.start < life[1] && !(other.end <= life[0]);
  });
}
