/** Offsets of a text and its lines. */
import type { TextPlace } from '../finding';

/** Offset of the first character of each line. */
export function lineStartsOf(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

/** Both from 0, the column in UTF-16 units. */
export interface Point {
  readonly row: number;
  readonly column: number;
}

/** The point behind a text that starts at a point. */
export function pointBehind({ row, column }: Point, text: string): Point {
  const lines = lineStartsOf(text).length - 1;
  return lines === 0
    ? { row, column: column + text.length }
    : { row: row + lines, column: text.length - text.lastIndexOf('\n') - 1 };
}

export function pointOf(lineStarts: readonly number[], offset: number): Point {
  let low = 0;
  let high = lineStarts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((lineStarts[middle] as number) <= offset) low = middle;
    else high = middle - 1;
  }
  return { row: low, column: offset - (lineStarts[low] as number) };
}

export function placeOf(lineStarts: readonly number[], start: number, end: number): TextPlace {
  const from = pointOf(lineStarts, start);
  const to = pointOf(lineStarts, end);
  return { line: from.row + 1, column: from.column, endLine: to.row + 1, endColumn: to.column };
}
