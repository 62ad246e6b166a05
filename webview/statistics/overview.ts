/** What a range was as a whole, in words and as a small picture of how many ran at once. */
import type { Statistics } from '../../common/analysis/statistics';
import { THREAD_STATES, type ThreadState } from '../../common/trace';
import { element } from '../dom';
import type { Store } from '../store';
import { durationText, shareText } from '../timeText';
import { barChart } from './barChart';

const STATE_WORDS: Readonly<Record<ThreadState, string>> = {
  running: 'running',
  ready: 'wants a core',
  gil: 'wants the GIL',
  blocked: 'in calls not recorded',
  waiting: 'waiting',
};
/** More at once are shown as one bar. */
const MOST_AT_ONCE = 16;

interface Fact {
  readonly name: string;
  readonly value: string;
  readonly title: string;
}

export function overview(store: Store, statistics: Statistics): HTMLElement {
  const facts = factsOf(store, statistics).map(({ name, value, title }) => {
    const fact = element('div', 'statistics-fact', element('dt', '', name), element('dd', '', value));
    fact.title = title;
    return fact;
  });
  return element('div', 'statistics-overview', element('dl', 'statistics-facts', ...facts), atOnce(statistics));
}

export function factsOf(store: Store, { range, standing, concurrency, onCores }: Statistics): readonly Fact[] {
  const wall = Math.min(range.to, Math.max(store.now, range.from)) - range.from;
  const busy = concurrency.nanos.slice(1).reduce((sum, nanos) => sum + nanos, 0);
  const lived = standing.nanos.reduce((sum, nanos) => sum + nanos, 0);
  const { source, count } = store.cores;
  // Without the kernel's records all that is said of running is concluded.
  const about = source === 'exact' ? '' : '~';
  const coreUse = source === 'none' || count === 0 ? [] : [coreFact(onCores / (wall * count), count, about)];
  return [
    { name: 'wall', value: durationText(wall), title: 'Length of the range' },
    {
      name: 'busy',
      value: `${about}${shareText(busy / wall)}`,
      title: `At least one thread ran: ${durationText(busy)}`,
    },
    ...coreUse,
    { name: 'at once', value: `${about}${concurrency.mean.toFixed(2)}`, title: 'Threads that ran, on average' },
    ...THREAD_STATES.map((state, place) => {
      const [nanos, derived] = [standing.nanos[place], standing.derived[place]];
      const isConcluded = derived > 0;
      return {
        name: STATE_WORDS[state],
        value: `${isConcluded ? '~' : ''}${durationText(nanos)}, ${shareText(nanos / lived)}`,
        title: `Of all threads together, and as a share of the time they lived${
          isConcluded ? `; ${shareText(derived / nanos)} of it is concluded, not recorded` : ''
        }`,
      };
    }),
  ];
}

function coreFact(share: number, count: number, about: string): Fact {
  return {
    name: 'core use',
    value: `${about}${shareText(share)} of ${count}`,
    title: `Share of the time of ${count} ${count === 1 ? 'core' : 'cores'} that the program's threads had`,
  };
}

/** How long how many ran at once. */
function atOnce({ concurrency }: Statistics): HTMLElement {
  const { nanos } = concurrency;
  const whole = nanos.reduce((sum, value) => sum + value, 0);
  const bars = nanos.slice(0, MOST_AT_ONCE);
  for (const value of nanos.slice(MOST_AT_ONCE)) bars[MOST_AT_ONCE - 1] += value;
  const words = bars.map((value, count) => {
    const more = count === MOST_AT_ONCE - 1 && nanos.length > MOST_AT_ONCE ? ' or more' : '';
    return `${count}${more}: ${shareText(value / whole)}`;
  });
  const label = element('figcaption', '', 'threads running at once');
  const numbers = element('div', 'statistics-numbers', ...bars.map((_, count) => element('span', '', String(count))));
  const figure = element('figure', 'statistics-at-once', label, barChart(bars, words.join(', ')), numbers);
  figure.title = words.join('\n');
  return figure;
}
