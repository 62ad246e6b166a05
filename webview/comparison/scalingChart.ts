/**
 * Speed-up by workers. Both axes are logarithmic to base 2, since workers double: the ideal is a straight line, and a
 * speed-up below one has its place too.
 */
import { scaleLog } from 'd3-scale';
import type { ScalingPicture } from '../../common/comparison';
import { element } from '../dom';
import './scalingChart.css';

const HEIGHT = 200;
const MOST_WIDTH = 640;
/** Room for the ticks and for the words above the chart. */
const EDGE = { left: 40, right: 18, top: 30, bottom: 32 };
const POINT_RADIUS = 3.5;
const CAP = 4;
/** Words nearer to an edge than this stand inside of it. */
const WORDS_ROOM = 40;

export class ScalingChart {
  readonly root = element('section', 'scaling');
  private picture: ScalingPicture | undefined;

  constructor() {
    this.root.hidden = true;
    new ResizeObserver(() => this.draw()).observe(this.root);
  }

  show(picture: ScalingPicture | undefined): void {
    this.picture = picture;
    this.root.hidden = !picture;
    this.draw();
  }

  private draw(): void {
    const { root, picture } = this;
    const style = getComputedStyle(root);
    const width = root.clientWidth - Number.parseFloat(style.paddingLeft) - Number.parseFloat(style.paddingRight);
    if (picture && width > 0) root.replaceChildren(chartOf(picture, Math.min(MOST_WIDTH, width)), legendOf(picture));
  }
}

function chartOf({ points, cores, knee, law, words }: ScalingPicture, width: number): SVGSVGElement {
  const most = Math.max(2, ...points.map(({ workers }) => workers));
  const speeds = points.flatMap(({ spread, speedup }) => [...spread, speedup]);
  const [low, high] = [Math.min(1, ...speeds), Math.max(most, ...speeds)];
  const x = scaleLog([1, most], [EDGE.left, width - EDGE.right]).base(2);
  const y = scaleLog([low, high], [HEIGHT - EDGE.bottom, EDGE.top]).base(2);
  const [left, right, bottom] = [EDGE.left, width - EDGE.right, HEIGHT - EDGE.bottom];
  const svg = shape('svg', 'scaling-chart', { width, height: HEIGHT, role: 'img', 'aria-label': words });
  const add = (...made: SVGElement[]): void => svg.append(...made);

  for (const speed of powers(low, high)) {
    add(line('grid', left, y(speed), right, y(speed)));
    add(text('tick', left - 7, y(speed) + 4, 'end', `${speed}×`));
  }
  for (const { workers } of points) add(text('tick', x(workers), bottom + 14, 'middle', String(workers)));
  add(text('axis-name', (left + right) / 2, HEIGHT - 3, 'middle', 'workers'));
  add(text('axis-name', 2, 11, 'start', 'speed-up'));

  const mark = (name: string, workers: number, label: string, height: number): void => {
    const at = x(workers);
    add(line(`mark ${name}`, at, height + 4, at, bottom));
    const anchor = at < left + WORDS_ROOM * 2 ? 'start' : at > right - WORDS_ROOM ? 'end' : 'middle';
    add(text(`mark-name ${name}`, at, height, anchor, label));
  };
  if (cores > 0 && cores <= most) mark('cores', cores, cores === 1 ? '1 core' : `${cores} cores`, 11);
  if (knee !== null) mark('knee', knee, `knee at ${knee}`, 25);

  const ideal = Math.min(most, high);
  add(line('ideal', x(1), y(1), x(ideal), y(ideal)));
  add(
    path(
      'measured',
      points.map(({ workers, speedup }): [number, number] => [x(workers), y(speedup)]),
    ),
  );
  if (law)
    add(
      path(
        'law',
        law.curve.map(([workers, speed]): [number, number] => [x(workers), y(speed)]),
      ),
    );
  for (const { workers, speedup, spread } of points) {
    const at = x(workers);
    if (spread[0] !== spread[1]) {
      add(line('spread-bar', at, y(spread[0]), at, y(spread[1])));
      for (const end of spread) add(line('spread-bar', at - CAP, y(end), at + CAP, y(end)));
    }
    const point = shape('circle', 'point', { cx: at, cy: y(speedup), r: POINT_RADIUS });
    const title = shape('title', '', {});
    title.textContent = `${workers} ${workers === 1 ? 'worker' : 'workers'}: ${speedup.toFixed(2)}×`;
    point.append(title);
    if (workers === knee) add(shape('circle', 'knee-ring', { cx: at, cy: y(speedup), r: POINT_RADIUS + 3.5 }));
    add(point);
  }
  return svg;
}

/** Each line with its name, as HTML: words wrap where the panel is narrow. */
function legendOf({ law, points }: ScalingPicture): HTMLElement {
  const hasSpread = points.some(({ spread }) => spread[0] !== spread[1]);
  const entries: readonly (readonly [string, string])[] = [
    ['measured', hasSpread ? 'measured; the bars go from the slowest to the fastest run' : 'measured'],
    ['ideal', 'ideal: twice the workers, half the time'],
    ...(law ? [['law', law.words] as const] : []),
  ];
  const legend = element('ul', 'scaling-legend');
  for (const [name, words] of entries) {
    const sample = shape('svg', '', { width: 22, height: 8, 'aria-hidden': 'true' });
    sample.append(line(name, 1, 4, 21, 4));
    legend.append(element('li', '', sample, words));
  }
  return legend;
}

/** Powers of two from `low` to `high`. */
function powers(low: number, high: number): readonly number[] {
  const found: number[] = [];
  for (let each = 2 ** Math.ceil(Math.log2(low)); each <= high; each *= 2) found.push(each);
  return found;
}

function line(name: string, x1: number, y1: number, x2: number, y2: number): SVGElement {
  return shape('line', name, { x1, y1, x2, y2 });
}

function path(name: string, points: readonly (readonly [number, number])[]): SVGElement {
  return shape('polyline', name, { points: points.map(([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`).join(' ') });
}

function text(name: string, x: number, y: number, anchor: string, words: string): SVGElement {
  const made = shape('text', name, { x, y, 'text-anchor': anchor });
  made.textContent = words;
  return made;
}

function shape<K extends keyof SVGElementTagNameMap>(
  tag: K,
  name: string,
  attributes: Readonly<Record<string, string | number>>,
): SVGElementTagNameMap[K] {
  const made = document.createElementNS('http://www.w3.org/2000/svg', tag);
  if (name) made.setAttribute('class', name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  return made;
}
