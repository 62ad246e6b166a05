/** The code cells of a notebook as one module, in their order, and the way back from its places to the cells. */
import type { TextEdit, TextPlace } from './finding';
import { type Blank, withoutMagics } from './notebookMagics';
import { lineStartsOf } from './syntax/lines';

export interface NotebookCell {
  readonly text: string;
  /** Other cells are not part of the module. */
  readonly isPython: boolean;
}

export interface JoinedCells {
  /** What Python would read, without magics. */
  readonly text: string;
  readonly parts: readonly CellPart[];
}

/** A cell in the text of the module. */
interface CellPart {
  /** Among all cells, from 0. */
  readonly index: number;
  readonly start: number;
  readonly end: number;
  /** Its first line in the module, from 1. */
  readonly line: number;
  readonly lines: number;
  /** Length of its last line. */
  readonly lastColumn: number;
  readonly blanks: readonly Blank[];
}

/** A place in a cell, whose lines count from 1 again. */
export interface CellPlace extends TextPlace {
  /** Among all cells, from 0. */
  readonly index: number;
}

/** An edit of a cell, by offsets in its text. */
export interface CellEdit extends TextEdit {
  readonly index: number;
}

/** An empty line lies between two cells: a backslash that ends the first one must not reach the second. */
const BETWEEN = '\n\n';

export function joinCells(cells: readonly NotebookCell[]): JoinedCells {
  let text = '';
  let line = 1;
  const parts: CellPart[] = [];
  for (const [index, cell] of cells.entries()) {
    if (!cell.isPython) continue;
    const { text: plain, blanks } = withoutMagics(cell.text);
    const starts = lineStartsOf(plain);
    const lastColumn = plain.length - (starts.at(-1) as number);
    const start = text.length;
    parts.push({ index, start, end: start + plain.length, line, lines: starts.length, lastColumn, blanks });
    text += plain + BETWEEN;
    line += starts.length + BETWEEN.length - 1;
  }
  return { text, parts };
}

/** Where a place of the module lies; one that goes on behind its cell ends with the cell. Undefined without any cell. */
export function placeInCells({ parts }: JoinedCells, place: TextPlace): CellPlace | undefined {
  const part = parts.findLast(({ line }) => line <= place.line);
  if (!part) return undefined;
  const { index, line, lines, lastColumn } = part;
  const lineInCell = place.line - line + 1;
  const endLine = place.endLine - line + 1;
  const end = endLine <= lines ? { endLine, endColumn: place.endColumn } : { endLine: lines, endColumn: lastColumn };
  return { index, line: lineInCell, column: place.column, ...end };
}

/** Edits of the module as edits of its cells; undefined when one does not lie in one cell, or touches a magic. */
export function editsInCells({ parts }: JoinedCells, edits: readonly TextEdit[]): CellEdit[] | undefined {
  const found = edits.map((edit) => {
    const part = parts.find(({ start, end }) => start <= edit.start && edit.end <= end);
    if (!part) return undefined;
    const start = edit.start - part.start;
    const end = edit.end - part.start;
    const isBlank = part.blanks.some((blank) => start < blank.end && end > blank.start);
    return isBlank ? undefined : { index: part.index, start, end, text: edit.text };
  });
  return found.every((edit) => edit !== undefined) ? found : undefined;
}
