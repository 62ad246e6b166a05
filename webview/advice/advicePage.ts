/** The page of the foot with the advice: what costs most first. */
import type { Advice } from '../../common/advice';
import type { Site } from '../../common/trace';
import { button, element } from '../dom';
import type { Store } from '../store';
import { placeWords } from '../words';

export interface AdvicePageCallbacks {
  chosen(one: Advice): void;
  opened(site: Site): void;
}

/** Stays the same while the program runs and its figures grow. */
export function keyOf({ id, objects, places }: Advice): string {
  return JSON.stringify([id, objects, places[0]?.site ?? 0]);
}

export function advicePage(store: Store, chosen: string, callbacks: AdvicePageCallbacks): readonly Node[] {
  const { all, limits } = store.advice;
  const hints = [nothingWords(store), limits].filter((words) => words !== '');
  return [
    ...all.map((one) => adviceItem(store, one, keyOf(one) === chosen, callbacks)),
    ...hints.map((words) => element('p', 'hint', words)),
  ];
}

function nothingWords({ advice, run }: Store): string {
  if (advice.all.length > 0 || advice.limits !== '') return '';
  if (run.state.kind !== 'ended') return 'Nothing that costs much time was seen so far.';
  return 'None of the known patterns that cost time was seen in this run.';
}

function adviceItem(store: Store, one: Advice, isChosen: boolean, callbacks: AdvicePageCallbacks): HTMLElement {
  const title = button(
    'link advice-title',
    one.title,
    isChosen ? 'Take the frames away' : 'Frame where it is seen, and go there',
    () => callbacks.chosen(one),
  );
  title.setAttribute('aria-pressed', String(isChosen));
  const share = one.share === null ? '' : `${Math.round(100 * one.share)} % of the run`;
  const certainty = one.certainty === 'likely' ? 'likely, not certain' : '';
  const facts = [share, certainty, one.id].filter((words) => words !== '').join(' · ');
  return element(
    'section',
    isChosen ? 'advice is-chosen' : 'advice',
    element('h2', '', title, element('span', 'advice-facts', facts)),
    element('p', '', one.text),
    element('p', 'advice-remedy', one.remedy),
    ...placesOf(store, one, callbacks),
  );
}

function placesOf(store: Store, { places }: Advice, callbacks: AdvicePageCallbacks): Node[] {
  const words = places.flatMap(({ site, role }) => {
    const place = store.site(site);
    if (!place) return [];
    return [
      element(
        'span',
        'advice-place',
        button('link', placeWords(place), 'Open the line', () => callbacks.opened(place)),
        ` ${role}`,
      ),
    ];
  });
  return words.length > 0 ? [element('p', 'advice-places', ...words)] : [];
}
