/** The column of names by hand: its marks that pin and hide, and names that are dragged to another place. */
import { element } from '../dom';
import { type Lane, laneAt } from '../lanes';

export interface NameCallbacks {
  hidden(lane: Lane): void;
  pinned(lane: Lane): void;
  /** Dragged to before another lane, to below all beside it without one. */
  moved(key: string, before: string | undefined): void;
}

const DRAG_FROM_PIXELS = 5;

export function makeNamesDraggable(
  names: HTMLElement,
  chart: { readonly lanes: readonly Lane[] },
  callbacks: NameCallbacks,
): void {
  const line = element('div', 'drop-line');
  line.hidden = true;
  line.setAttribute('aria-hidden', 'true');
  names.append(line);
  let drag: { readonly key: string; readonly y: number; isMoving: boolean } | undefined;

  const laneUnder = (event: MouseEvent): Lane | undefined => {
    const y = event.clientY - names.getBoundingClientRect().top;
    return chart.lanes[laneAt(chart.lanes, y)];
  };
  /** Before which lane it would come, and at which height that is. */
  const target = (event: MouseEvent, key: string): { before: string | undefined; top: number } | undefined => {
    const { lanes } = chart;
    const level = lanes.find((lane) => lane.key === key)?.level;
    const under = laneUnder(event);
    if (level === undefined || !under) return undefined;
    const y = event.clientY - names.getBoundingClientRect().top;
    const at = lanes.indexOf(under);
    const from = y > under.top + under.height / 2 ? at + 1 : at;
    const next = lanes.slice(from).find((lane) => lane.level <= level);
    if (next?.level === level) return { before: next.key, top: next.top };
    return { before: undefined, top: next?.top ?? (lanes.at(-1) as Lane).top + (lanes.at(-1) as Lane).height };
  };
  const end = (): void => {
    drag = undefined;
    line.hidden = true;
    names.classList.remove('dragging');
  };

  names.addEventListener('pointerdown', (event) => {
    const lane = laneUnder(event);
    const onPart = event.target instanceof Element && event.target.closest('.twisty, .marks');
    if (event.button !== 0 || !lane || onPart) return;
    drag = { key: lane.key, y: event.clientY, isMoving: false };
  });
  names.addEventListener('pointermove', (event) => {
    if (!drag) return;
    if (!drag.isMoving && Math.abs(event.clientY - drag.y) < DRAG_FROM_PIXELS) return;
    if (!drag.isMoving) names.setPointerCapture(event.pointerId);
    drag.isMoving = true;
    names.classList.add('dragging');
    const place = target(event, drag.key);
    line.hidden = place === undefined;
    if (place) line.style.top = `${place.top}px`;
  });
  names.addEventListener('pointerup', (event) => {
    const moving = drag?.isMoving ? drag : undefined;
    const place = moving && target(event, moving.key);
    end();
    if (moving && place) callbacks.moved(moving.key, place.before);
  });
  names.addEventListener('pointercancel', end);
  // Captured, so before the lane is chosen.
  names.addEventListener(
    'click',
    (event) => {
      const mark = event.target instanceof Element ? event.target.closest('.marks span') : null;
      const lane = laneUnder(event);
      if (!mark || !lane) return;
      event.stopPropagation();
      if (mark.classList.contains('pin')) callbacks.pinned(lane);
      else callbacks.hidden(lane);
    },
    { capture: true },
  );
}
