/** The way from a module to the documents that it is made of. */
import type { TextEdit, TextPlace } from '../../engine/lint/finding';
import { editsInCells, joinCells, placeInCells } from '../../engine/lint/notebook';
import { lineStartsOf, placeOf } from '../../engine/lint/syntax/lines';
import type { DocumentEdit, DocumentPlace, LintSource } from './lintMessages';

export interface DocumentPlaces {
  /** What Python would read. */
  readonly text: string;
  /** Undefined when it lies in none of them. */
  placeOf(place: TextPlace): DocumentPlace | undefined;
  /** Undefined when not all can be made. */
  editsOf(edits: readonly TextEdit[]): DocumentEdit[] | undefined;
  /** Offset in the module of a place in a document; -1 when there is none. */
  offsetOf(document: number, line: number, column: number): number;
}

export function documentPlaces(source: LintSource): DocumentPlaces {
  return typeof source === 'string' ? fileAlone(source) : notebook(source);
}

function fileAlone(text: string): DocumentPlaces {
  let starts: readonly number[] | undefined;
  const lineStarts = (): readonly number[] => {
    starts ??= lineStartsOf(text);
    return starts;
  };
  return {
    text,
    placeOf: (place) => ({ document: 0, ...place }),
    editsOf: (edits) =>
      edits.map(({ start, end, text: inserted }) => ({
        document: 0,
        ...placeOf(lineStarts(), start, end),
        text: inserted,
      })),
    offsetOf: (_document, line, column) => offsetIn(lineStarts(), text.length, line, column),
  };
}

function notebook(cells: Exclude<LintSource, string>): DocumentPlaces {
  const joined = joinCells(cells);
  return {
    text: joined.text,
    placeOf: (place) => {
      const found = placeInCells(joined, place);
      return found && withDocument(found.index, found);
    },
    editsOf: (edits) =>
      editsInCells(joined, edits)?.map(({ index, start, end, text }) => ({
        ...withDocument(index, placeOf(lineStartsOf(cells[index]?.text ?? ''), start, end)),
        text,
      })),
    offsetOf: (document, line, column) => {
      const part = joined.parts.find(({ index }) => index === document);
      const text = cells[document]?.text ?? '';
      const offset = part ? offsetIn(lineStartsOf(text), text.length, line, column) : -1;
      return part && offset >= 0 ? part.start + offset : -1;
    },
  };
}

function withDocument(document: number, { line, column, endLine, endColumn }: TextPlace): DocumentPlace {
  return { document, line, column, endLine, endColumn };
}

function offsetIn(lineStarts: readonly number[], length: number, line: number, column: number): number {
  const start = lineStarts[line - 1];
  return start === undefined ? -1 : Math.min(length, start + column);
}
