/** One task awaits one thing after the other, alike and with nothing beside it, that could be awaited together. */
import type { Unit } from '../../../common/trace';
import { lengthOf, lengthWithin, union } from './intervals';
import { addTo, costliest, type Look, longest } from './look';
import type { Noticed, Pattern } from './pattern';
import { SEQUENTIAL_AWAITS } from './thresholds';
import { at, counted, duration, percent } from './words';

const ALIKE: ReadonlySet<string> = new Set([
  'asyncio.sleep',
  'asyncio.to_thread',
  'asyncio.run_in_executor',
  'asyncio.Future',
]);
/** Bit of a span's flags: it goes on after an await. */
const RESUMED = 2;

export const sequentialAwaits: Pattern = {
  id: 'sequential-awaits',
  title: 'Awaits one after the other',
  find: (look) => look.tables.units.flatMap((unit) => (unit.kind === 'task' ? noticed(look, unit) : [])),
};

function noticed(look: Look, task: Unit): Noticed[] {
  const all = look.waitsOf(task.id);
  if (all.length < SEQUENTIAL_AWAITS.awaits) return [];
  const { operation, site } = look.tables.waits.columns;
  const groups = new Map<string, number[]>();
  for (const row of all) {
    const [from, to] = look.wait(row);
    if (!ALIKE.has(look.operationOfWait(row)) || to - from < SEQUENTIAL_AWAITS.each) continue;
    const place = look.tables.sites[(site[row] as number) - 1];
    const key = `${operation[row]} ${place?.file} ${place?.function}`;
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return [...groups.values()].flatMap((rows) => ofGroup(look, task, rows));
}

function ofGroup(look: Look, task: Unit, rows: readonly number[]): Noticed[] {
  const waits = rows.map((row) => look.wait(row)).sort((a, b) => a[0] - b[0]);
  const [first, last] = [waits[0], waits.at(-1)];
  if (!first || !last || waits.length < SEQUENTIAL_AWAITS.awaits) return [];
  const waited = lengthOf(union(waits));
  const stretch = last[1] - first[0];
  if (waited < SEQUENTIAL_AWAITS.share * look.wall || waited < SEQUENTIAL_AWAITS.waited * stretch) return [];
  if (hasCompany(look, task, first[0], last[1])) return [];
  const kind = look.operationOfWait(rows[0] as number);
  if (kind === 'asyncio.sleep' && !areOfSeveralCalls(look, task, rows)) return [];
  const sums = new Map<number, number>();
  for (const row of rows) addTo(sums, look.tables.waits.columns.site[row] as number, 1);
  const places = costliest(sums, `awaits ${kind}`);
  const most = Math.max(...waits.map(([from, to]) => to - from));
  return [
    {
      text: `${look.nameOf(task.id)} awaited ${kind} ${counted(waits.length, 'time')}${at(look.placeOf(places[0]?.site ?? 0))}, one after the other, for ${duration(waited)} (${percent(waited / look.wall)} of the run), and no other task of its loop ran meanwhile. The longest of them took ${duration(most)}; whether they need each other's results cannot be seen.`,
      share: waited / look.wall,
      certainty: 'likely',
      stretches: longest(waits.map(([from, to]) => ({ unit: task.id, from, to }))),
      objects: [],
      places,
      remedy:
        'If they are independent, await them together: asyncio.gather(), or an asyncio.TaskGroup (Python 3.11). With many, limit how many go on at once with an asyncio.Semaphore.',
    },
  ];
}

/** Another task of the loop lives then, and does more than wait for tasks to end. */
function hasCompany(look: Look, task: Unit, from: number, to: number): boolean {
  return look.tables.units.some((other) => {
    if (other.kind !== 'task' || other.id === task.id || other.parent !== task.parent) return false;
    const life = look.life(other);
    const [left, right] = [Math.max(life?.[0] ?? to, from), Math.min(life?.[1] ?? from, to)];
    if (right - left < SEQUENTIAL_AWAITS.company * (to - from)) return false;
    const joins = Array.from(look.waitsOf(other.id)).filter((row) => look.familyOfWait(row) === 'task');
    const joined = lengthWithin(union(joins.map((row) => look.wait(row))), left, right);
    return joined < SEQUENTIAL_AWAITS.joined * (right - left);
  });
}

/** A loop that sleeps keeps a pace or polls; sleeps of separate calls, or at different lines, stand for work. */
function areOfSeveralCalls(look: Look, task: Unit, rows: readonly number[]): boolean {
  const { site } = look.tables.waits.columns;
  if (new Set(rows.map((row) => site[row])).size >= SEQUENTIAL_AWAITS.awaits) return true;
  const spans = look.tables.spans.columns;
  const name = look.tables.sites[(site[rows[0] as number] as number) - 1]?.function;
  let calls = 0;
  for (const row of look.spansOn(task.parent)) {
    if (spans.unit[row] !== task.id || (spans.flags[row] as number) & RESUMED) continue;
    const called = look.tables.sites[(spans.site[row] as number) - 1]?.function;
    if (called !== undefined && called === name) calls++;
  }
  return calls >= SEQUENTIAL_AWAITS.awaits;
}
