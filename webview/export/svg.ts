/**
 * What is seen as an SVG: the names, the axis and the lanes in view, from the same bars and in the same colours as on the
 * screen. What only the pointer or a selection shows is left out. Pure.
 */
import { escapeXml } from '../../common/escapeXml';
import type { Bar, View } from '../bars';
import type { Lane } from '../lanes';
import type { Load } from '../load';
import { type Theme, unitColour } from '../theme';
import { tickFormat } from '../timeText';
import { barShapes, barText, hatches } from './barShapes';

export interface SeenLane {
  readonly lane: Lane;
  /** The one figure that matters for it. */
  readonly figure: string;
  readonly isBad: boolean;
  /** Place of its unit in the palette, undefined where it has none. */
  readonly colour: number | undefined;
}

export interface Seen {
  /** What the picture is of. */
  readonly title: string;
  readonly theme: Theme;
  readonly view: View;
  /** In pixels of the chart. */
  readonly ticks: readonly number[];
  /** All lanes, as bars count them. */
  readonly lanes: readonly Lane[];
  /** Those in view. */
  readonly names: readonly SeenLane[];
  readonly bars: readonly Bar[];
  readonly scrollTop: number;
  readonly height: number;
  readonly namesWidth: number;
  readonly load: Load | undefined;
  /** Most threads that can run at once. */
  readonly loadTop: number;
  /** Pixels that a text takes. */
  measure(text: string): number;
}

const AXIS = 24;
const MARGIN = 8;
const INDENT = 12;
const NAME_X = 10;
const MOST_LEVELS = 8;

/** Pixels of the picture. */
export function sizeOf({ namesWidth, view, height }: Seen): { width: number; height: number } {
  return { width: Math.ceil(namesWidth + view.width), height: Math.ceil(AXIS + height) };
}

export function seenSvg(seen: Seen): string {
  const { theme, namesWidth, view, height, scrollTop } = seen;
  const size = sizeOf(seen);
  const laneTop = (bar: Bar): number => seen.lanes[bar.lane].top - scrollTop;
  const bars = seen.bars.flatMap((bar) => barShapes(bar, laneTop(bar), theme));
  const texts = seen.bars.map((bar) => barText(bar, laneTop(bar), theme, (text, room) => shortened(seen, text, room)));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${size.width}" height="${size.height}" viewBox="0 0 ${size.width} ${size.height}" font-family="${escapeXml(theme.font)}" font-size="${theme.fontPixels}">`,
    `<title>${escapeXml(seen.title)}</title>`,
    `<defs>${hatches(theme)}<clipPath id="chart"><rect x="0" y="0" width="${view.width}" height="${height}"/></clipPath>`,
    `<clipPath id="names"><rect x="0" y="0" width="${namesWidth}" height="${height}"/></clipPath></defs>`,
    `<rect width="${size.width}" height="${size.height}" fill="${theme.background}"/>`,
    axis(seen),
    `<g transform="translate(0 ${AXIS})" clip-path="url(#names)">${seen.names.map((name) => laneName(seen, name)).join('')}</g>`,
    `<g transform="translate(${namesWidth} ${AXIS})" clip-path="url(#chart)">`,
    ground(seen),
    ...bars,
    ...texts,
    band(seen),
    '</g></svg>\n',
  ].join('\n');
}

function axis({ view, ticks, theme, namesWidth }: Seen): string {
  const time = (x: number): number => view.from + (x / view.width) * (view.to - view.from);
  const step = ticks.length > 1 ? time(ticks[1]) - time(ticks[0]) : view.to - view.from;
  const { format, base } = tickFormat(Math.max(0, view.from), view.to, step);
  const labels = ticks.map((x) => {
    const anchor = x < 18 ? 'start' : x > view.width - 18 ? 'end' : 'middle';
    // What a tick stands for has no more digits than the scale gave it.
    const words = format(Math.round(time(x) / step) * step);
    return text(namesWidth + x, 14, words, `fill="${theme.muted}" text-anchor="${anchor}"`);
  });
  const from = base > 0 ? text(NAME_X, 14, `+ from ${base} ns`, `fill="${theme.muted}"`) : '';
  return from + labels.join('');
}

function ground({ theme, view, ticks, names, scrollTop, height }: Seen): string {
  const grid = ticks.map((x) => `<rect x="${Math.round(x)}" y="0" width="1" height="${height}" fill="${theme.line}"/>`);
  const lines = names.map(({ lane }) => {
    const y = lane.top + lane.height - scrollTop - 1;
    return `<rect x="0" y="${y}" width="${view.width}" height="1" fill="${theme.line}"/>`;
  });
  return [...grid, ...lines].join('');
}

function laneName(seen: Seen, { lane, figure, isBad, colour }: SeenLane): string {
  const { theme, scrollTop, namesWidth } = seen;
  const middle = lane.top - scrollTop + 16;
  const left = NAME_X + Math.min(lane.level, MOST_LEVELS) * INDENT;
  const swatch =
    colour === undefined
      ? ''
      : `<rect x="${left}" y="${middle - 8}" width="7" height="7" rx="2" fill="${unitColour(theme, colour)}"/>`;
  const from = left + (colour === undefined ? 0 : 12);
  const words = shortened(seen, figure, namesWidth / 2);
  const room = namesWidth - MARGIN - from - (words ? seen.measure(words) + MARGIN : 0);
  const isHeading = ['cores', 'process', 'interpreter', 'objects'].includes(lane.kind);
  const weight = isHeading ? ' font-weight="600"' : '';
  const right = text(
    namesWidth - MARGIN,
    middle,
    words,
    `fill="${isBad ? theme.error : theme.muted}" text-anchor="end"`,
  );
  return swatch + text(from, middle, shortened(seen, lane.name, room), `fill="${theme.foreground}"${weight}`) + right;
}

/** How many ran at once, and in a line how many would have liked to. */
function band({ load, loadTop, names, theme, scrollTop, view }: Seen): string {
  const lane = names.find((candidate) => candidate.lane.kind === 'band')?.lane;
  if (!load || !lane) return '';
  const x = (time: number): number => ((time - view.from) / (view.to - view.from)) * view.width;
  const bottom = lane.top - scrollTop + lane.height - 3;
  const high = (value: number): number => Math.min(1, value / loadTop) * (lane.height - 6);
  const part = (x(load.to) - x(load.from)) / load.running.length;
  const shapes = Array.from(load.running, (running, i) => {
    const left = x(load.from) + i * part;
    const all = running + load.wanting[i];
    const column = `<rect x="${round(left)}" y="${round(bottom - high(running))}" width="${round(part + 0.3)}" height="${round(high(running))}" fill="${theme.units[0]}" fill-opacity="0.55"/>`;
    const line = `<rect x="${round(left)}" y="${round(bottom - high(all) - 1)}" width="${round(part + 0.3)}" height="1.25" fill="${theme.foreground}"/>`;
    return `${running > 0 ? column : ''}${all > 0.005 ? line : ''}`;
  });
  return shapes.join('');
}

function shortened({ measure }: Seen, words: string, room: number): string {
  if (measure(words) <= room) return words;
  let length = words.length;
  while (length > 0 && measure(`${words.slice(0, length)}…`) > room) length--;
  return length < 2 ? '' : `${words.slice(0, length).trimEnd()}…`;
}

function text(x: number, y: number, words: string, attributes: string): string {
  return words === '' ? '' : `<text x="${round(x)}" y="${round(y)}" ${attributes}>${escapeXml(words)}</text>`;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
