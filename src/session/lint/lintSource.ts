/** A file as the linter sees it: a module of Python, or a notebook whose cells are one. */
import { readFileSync } from 'node:fs';
import { applyEdits } from '../../engine/lint/applyFixes';
import type { FilePlace } from '../../engine/lint/fileFinding';
import type { TextEdit, TextPlace } from '../../engine/lint/finding';
import { editsInCells, joinCells, placeInCells } from '../../engine/lint/notebook';
import { lineStartsOf } from '../../engine/lint/syntax/lines';
import { errorCode, Failure } from '../../support/failure';
import { editsOfOriginal, unixLines } from './lineEnds';
import { parseNotebook, withCells } from './notebookFile';
import { decodeSource, encodeSource } from './sourceText';

export interface LintSource {
  /** Its lines end with `\n`. */
  readonly text: string;
  readonly isNotebook: boolean;
  /** Offsets of its lines. */
  readonly lineStarts: readonly number[];
  /** Where people find a place. */
  placeInFile(place: TextPlace): FilePlace;
  /** Whether edits can be made in the file. */
  canTake(edits: readonly TextEdit[]): boolean;
  /** The bytes of the file after edits of the text; undefined when its encoding can only be read. */
  edited(edits: readonly TextEdit[]): Uint8Array | undefined;
}

/** Throws a Failure. */
export function readLintSource(path: string): LintSource {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    throw new Failure(`${path} cannot be read: ${REASONS[errorCode(error)] ?? (errorCode(error) || String(error))}.`);
  }
  return lintSource(path, bytes);
}

/** The same of bytes that a file has, or will have. Throws a Failure. */
export function lintSource(path: string, bytes: Uint8Array): LintSource {
  try {
    return /\.ipynb$/i.test(path) ? notebookSource(bytes) : moduleSource(bytes);
  } catch (error) {
    throw error instanceof Failure ? new Failure(`${path} cannot be read: ${error.message}.`) : error;
  }
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'it is gone',
  EACCES: 'you may not read it',
  EPERM: 'you may not read it',
  EISDIR: 'it is a folder',
  ERR_FS_FILE_TOO_LARGE: 'it is too large',
};

function moduleSource(bytes: Uint8Array): LintSource {
  const source = decodeSource(bytes);
  const text = unixLines(source.text);
  return {
    text,
    isNotebook: false,
    lineStarts: lineStartsOf(text),
    placeInFile: (place) => place,
    canTake: () => true,
    edited: (edits) => {
      const unchanged = encodeSource(source.text, source);
      // What does not come back as it was is not written.
      if (!unchanged || !Buffer.from(bytes).equals(unchanged)) return undefined;
      return encodeSource(applyEdits(source.text, editsOfOriginal(source.text, edits)), source);
    },
  };
}

function notebookSource(bytes: Uint8Array): LintSource {
  const source = decodeNotebook(bytes);
  const { json, cells } = parseNotebook(source.text);
  const joined = joinCells(cells);
  return {
    text: joined.text,
    isNotebook: true,
    lineStarts: lineStartsOf(joined.text),
    placeInFile: (place) => {
      const found = placeInCells(joined, place);
      if (!found) return place;
      const { index, ...inCell } = found;
      return { cell: index + 1, ...inCell };
    },
    canTake: (edits) => editsInCells(joined, edits) !== undefined,
    edited: (edits) => {
      const inCells = editsInCells(joined, edits) ?? [];
      const texts = [...new Set(inCells.map(({ index }) => index))].map((index) => {
        const ofCell = inCells.filter((edit) => edit.index === index);
        return [index, applyEdits(cells[index]?.text ?? '', ofCell)] as const;
      });
      return encodeSource(withCells(json, new Map(texts)), source);
    },
  };
}

/** JSON is UTF-8, whatever a line of it looks like. */
function decodeNotebook(bytes: Uint8Array): ReturnType<typeof decodeSource> {
  const hasMark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes.subarray(hasMark ? 3 : 0));
    return { text, hasMark, encoding: 'utf-8' };
  } catch {
    throw new Failure('it is not UTF-8');
  }
}
