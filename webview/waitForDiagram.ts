/** Who waits for whom in a deadlock, as a small diagram: a box for each unit, an arrow to the one that has what it wants. */
import type { ShownFinding } from '../common/finding';
import type { Store } from './store';
import { nameOf, objectName } from './words';

const BOX = { width: 116, height: 24 };
/** Between boxes there is room for the name of what is waited for. */
const GAP = 96;
const TOP = 20;
const BELOW = 30;
const MOST_BOXES = 6;
const CHARACTERS_IN_BOX = 17;
const CHARACTERS_ON_ARROW = 15;

/** Undefined for what is no cycle, or one too long for a diagram. */
export function waitForDiagram(store: Store, finding: ShownFinding): SVGSVGElement | undefined {
  const { kind, units, objects, message } = finding;
  if (kind !== 'deadlock' || units.length === 0 || units.length > MOST_BOXES) return undefined;
  const width = units.length * (BOX.width + GAP) - GAP + 4;
  const height = TOP + BOX.height + BELOW;
  const picture = svg('svg', { class: 'wait-for', viewBox: `0 0 ${width} ${height}`, width, height, role: 'img' });
  picture.setAttribute('aria-label', message);
  picture.append(arrowHead());
  for (const [index, unit] of units.entries()) {
    const left = index * (BOX.width + GAP) + 2;
    picture.append(
      svg('rect', { x: left, y: TOP, width: BOX.width, height: BOX.height, rx: 3, class: 'unit' }),
      words(shorten(nameOf(store, unit), CHARACTERS_IN_BOX), left + BOX.width / 2, TOP + BOX.height / 2, 'unit-name'),
      ...arrow(store, index, units.length, objects[index] ?? -1),
    );
  }
  return picture;
}

/** To the next box, or from the last one back below all. */
function arrow(store: Store, index: number, count: number, object: number): SVGElement[] {
  const wanted = shorten(object >= 0 ? objectName(store, object + 1) : '', CHARACTERS_ON_ARROW);
  const left = index * (BOX.width + GAP) + 2;
  const right = left + BOX.width;
  const middle = TOP + BOX.height / 2;
  if (index < count - 1) {
    const path = svg('path', { d: `M${right} ${middle}H${right + GAP - 3}`, class: 'arrow' });
    return [path, words(wanted, right + GAP / 2, middle - 8, 'wanted')];
  }
  const from = left + BOX.width / 2 + (count === 1 ? 24 : 0);
  const to = 2 + BOX.width / 2 - (count === 1 ? 24 : 0);
  const bottom = TOP + BOX.height;
  const path = svg('path', {
    d: `M${from} ${bottom}v12q0 6 -6 6H${to + 6}q-6 0 -6 -6v-9`,
    class: 'arrow',
  });
  return [path, words(wanted, (from + to) / 2, bottom + 26, 'wanted')];
}

function arrowHead(): SVGElement {
  const head = svg('marker', {
    id: 'wait-for-head',
    viewBox: '0 0 8 8',
    refX: 7,
    refY: 4,
    markerWidth: 8,
    markerHeight: 8,
    orient: 'auto-start-reverse',
  });
  head.append(svg('path', { d: 'M0 0L8 4L0 8z', class: 'head' }));
  return head;
}

function words(text: string, x: number, y: number, name: string): SVGElement {
  const made = svg('text', { x, y, class: name, 'text-anchor': 'middle', 'dominant-baseline': 'central' });
  made.textContent = text;
  return made;
}

function shorten(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`;
}

function svg<K extends keyof SVGElementTagNameMap>(
  tag: K,
  attributes: Readonly<Record<string, string | number>>,
): SVGElementTagNameMap[K] {
  const made = document.createElementNS('http://www.w3.org/2000/svg', tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, String(value));
  return made;
}
