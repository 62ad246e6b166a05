/** Draws the time of a line: an icon for the margin of the editor, and a larger picture for the hover. Pure. */
import { GREY, PALETTES, type ThemeKind } from '../../../common/palette';
import type { StripCell } from '../../engine/lineActivityStrip';

export type Cells = readonly (StripCell | undefined)[];

interface Inks {
  readonly text: string;
  /** Behind a strip, so that one sees where in the run it lies. */
  readonly track: string;
  readonly finding: string;
  /** Around the dot of a finding. */
  readonly paper: string;
}

const INKS: Readonly<Record<ThemeKind, Inks>> = {
  light: { text: '#3b3b3b', track: '#00000018', finding: '#d1242f', paper: '#ffffff' },
  dark: { text: '#cccccc', track: '#ffffff1c', finding: '#f85149', paper: '#1f1f1f' },
  highContrast: { text: '#ffffff', track: '#ffffff40', finding: '#ff6b60', paper: '#000000' },
  highContrastLight: { text: '#292929', track: '#00000030', finding: '#b5200d', paper: '#ffffff' },
};

/** Pixels of an icon: the height of a line at the editor's usual size. */
const ICON = 18;
export const ICON_COLUMNS = 16;
export const MOST_ROWS = 3;
/** Height of a row and space between two, by number of rows. */
const ROWS: readonly (readonly [number, number])[] = [
  [8, 0],
  [8, 0],
  [6, 2],
  [4, 1.5],
];

export interface Icon {
  readonly rows: readonly Cells[];
  readonly hasFinding: boolean;
  /** The line was changed since it ran. */
  readonly isStale: boolean;
}

export function iconSvg({ rows, hasFinding, isStale }: Icon, theme: ThemeKind): string {
  const inks = INKS[theme];
  const [height, gap] = ROWS[rows.length] as readonly [number, number];
  const top = (ICON - rows.length * height - Math.max(0, rows.length - 1) * gap) / 2;
  const strips = rows.map((cells, row) => {
    const y = top + row * (height + gap);
    return `${rect(1, y, ICON_COLUMNS, height, inks.track)}${strip(cells, 1, y, 1, height, theme)}`;
  });
  const dot = `<circle cx="14" cy="4" r="3.5" fill="${inks.finding}" stroke="${inks.paper}"/>`;
  const colours = rows.flatMap((cells) => [...coloursOf(cells)]);
  const opacity = isStale ? ' opacity=".35"' : '';
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${ICON}" height="${ICON}" viewBox="0 0 ${ICON} ${ICON}">` +
    `${hatches(colours, 3, theme)}<g${opacity}>${strips.join('')}</g>${hasFinding ? dot : ''}</svg>`
  );
}

export interface NamedRow {
  readonly name: string;
  readonly cells: Cells;
}

export interface Tick {
  /** From 0 to 1. */
  readonly at: number;
  readonly text: string;
}

const NAME_WIDTH = 110;
const ROW_HEIGHT = 18;
const AXIS_HEIGHT = 16;
const COLUMN = 1;
/** Columns of the larger picture. */
export const WIDE_COLUMNS = 300;

/** A row for each unit with its name, above an axis of time. */
export function wideSvg(rows: readonly NamedRow[], ticks: readonly Tick[], theme: ThemeKind): string {
  const inks = INKS[theme];
  const width = NAME_WIDTH + WIDE_COLUMNS * COLUMN + 30;
  const height = rows.length * ROW_HEIGHT + AXIS_HEIGHT;
  const bottom = rows.length * ROW_HEIGHT;
  const text = (x: number, y: number, anchor: string, words: string): string =>
    `<text x="${x}" y="${y}" text-anchor="${anchor}" fill="${inks.text}">${escapeXml(words)}</text>`;
  const drawn = rows.map(({ name, cells }, row) => {
    const y = row * ROW_HEIGHT + 3;
    const label = text(NAME_WIDTH - 8, y + 10, 'end', shortened(name));
    return `${label}${rect(NAME_WIDTH, y, WIDE_COLUMNS, 12, inks.track)}${strip(cells, NAME_WIDTH, y, COLUMN, 12, theme)}`;
  });
  const axis = ticks.map(({ at, text: words }) => {
    const x = NAME_WIDTH + at * WIDE_COLUMNS;
    return `${rect(x, 0, 1, bottom + 2, inks.track)}${text(x, bottom + 13, 'middle', words)}`;
  });
  const colours = rows.flatMap(({ cells }) => [...coloursOf(cells)]);
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" font-family="sans-serif" font-size="11">` +
    `${hatches(colours, 5, theme)}${axis.join('')}${drawn.join('')}</svg>`
  );
}

/** About six times that are round, from 0 to the end of the run. */
export function ticksOf(until: number, words: (nanoseconds: number) => string): Tick[] {
  if (!(until > 0)) return [];
  const rough = until / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5, 10].find((factor) => factor * power >= rough) as number) * power;
  const ticks: Tick[] = [];
  for (let at = 0; at <= until * 1.0001; at += step) ticks.push({ at: at / until, text: at === 0 ? '0' : words(at) });
  return ticks;
}

/** One rectangle for neighbours that look alike. */
function strip(cells: Cells, x: number, y: number, column: number, height: number, theme: ThemeKind): string {
  let drawn = '';
  for (let from = 0; from < cells.length; ) {
    const cell = cells[from];
    let to = from + 1;
    while (to < cells.length && cells[to]?.colour === cell?.colour && cells[to]?.waits === cell?.waits) to++;
    if (cell) {
      const fill = cell.waits ? `url(#${hatchName(cell.colour)})` : colourOf(cell.colour, theme);
      drawn += rect(x + from * column, y, (to - from) * column, height, fill);
    }
    from = to;
  }
  return drawn;
}

/** Slanted lines on a pale ground, as the timeline draws waits. */
function hatches(colours: readonly number[], size: number, theme: ThemeKind): string {
  const drawn = [...new Set(colours)].map((place) => {
    const colour = colourOf(place, theme);
    return (
      `<pattern id="${hatchName(place)}" width="${size}" height="${size}" patternUnits="userSpaceOnUse" ` +
      `patternTransform="rotate(45)"><rect width="${size}" height="${size}" fill="${colour}" fill-opacity=".25"/>` +
      `<rect width="${size / 2}" height="${size}" fill="${colour}"/></pattern>`
    );
  });
  return drawn.length > 0 ? `<defs>${drawn.join('')}</defs>` : '';
}

function coloursOf(cells: Cells): Set<number> {
  return new Set(cells.flatMap((cell) => (cell?.waits ? [cell.colour] : [])));
}

function hatchName(place: number): string {
  return place < 0 ? 'grey' : `h${place}`;
}

function colourOf(place: number, theme: ThemeKind): string {
  return place < 0 ? GREY[theme] : (PALETTES[theme][place] as string);
}

function rect(x: number, y: number, width: number, height: number, fill: string): string {
  return `<rect x="${x}" y="${y}" width="${width}" height="${height}" fill="${fill}"/>`;
}

function shortened(name: string): string {
  return name.length > 17 ? `${name.slice(0, 16)}…` : name;
}

function escapeXml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
