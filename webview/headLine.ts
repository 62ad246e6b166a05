/** The line that says in figures what kind of run it was, and below it what the reader should be told. */
import { button, element } from './dom';
import type { Panel } from './panel';
import type { Selection } from './selection';
import type { Store } from './store';
import { stateSentence, summarize } from './summary';

export class HeadLine {
  private shown = '';
  private shownNotice = '';
  private told = '';

  constructor(
    private readonly panel: Panel,
    private readonly jumped: (selection: Selection) => void,
  ) {}

  draw(store: Store, now: number): void {
    this.drawFigures(store, now);
    this.drawNotice(store);
  }

  /** Says a sentence below the figures, until there is another one to say. */
  tell(sentence: string): void {
    this.told = sentence;
  }

  private drawFigures(store: Store, now: number): void {
    const { figures, mostWaited } = summarize(store, now);
    const key = JSON.stringify([figures, mostWaited, store.units.length === 0]);
    if (key === this.shown) return;
    this.shown = key;
    this.panel.headLine.hidden = store.units.length === 0;
    const items: HTMLElement[] = figures.map((figure) => {
      const item = element('span', 'figure', element('strong', '', figure.value), ` ${figure.words}`);
      item.title = figure.title;
      return item;
    });
    if (mostWaited) {
      const link = button('link', mostWaited.name, 'Show its longest wait', () => this.jumped(mostWaited.longest));
      const share = element('span', '', `${mostWaited.share} of waits`);
      items.push(element('span', 'figure most', element('span', '', 'most waited for:'), link, share));
    }
    this.panel.headLine.replaceChildren(...items);
  }

  private drawNotice(store: Store): void {
    const state = stateSentence(store);
    const dropped = store.dropped > 0 && !store.problems.some((problem) => problem.kind === 'dropped');
    const sentences = [
      ...(this.told ? [{ text: this.told, isBad: false }] : []),
      ...(state.text ? [{ text: state.text, isBad: state.isBad }] : []),
      ...(dropped
        ? [
            {
              text: `${store.dropped.toLocaleString('en')} events could not be recorded: the picture has gaps.`,
              isBad: true,
            },
          ]
        : []),
      ...store.problems.map((problem) => ({ text: problem.text, isBad: BAD_PROBLEMS.has(problem.kind) })),
    ];
    const key = JSON.stringify(sentences);
    if (key === this.shownNotice) return;
    this.shownNotice = key;
    this.panel.notice.hidden = sentences.length === 0;
    this.panel.notice.replaceChildren(
      ...sentences.map((sentence) => {
        const sign = element('span', 'sign', sentence.isBad ? '!' : 'i');
        sign.setAttribute('aria-hidden', 'true');
        return element('div', sentence.isBad ? 'sentence bad' : 'sentence', sign, sentence.text);
      }),
    );
  }
}

/** What takes from the picture; the rest is good to know. */
const BAD_PROBLEMS: ReadonlySet<string> = new Set([
  'dropped',
  'fault',
  'lost',
  'truncated',
  'corrupt',
  'killed',
  'start',
]);
