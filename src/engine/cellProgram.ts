/** A cell of a notebook with those above it as one program, and the way back from its lines to the cells. */
import type { RunAdvice } from '../../common/advice';
import type { ShownFinding } from '../../common/finding';
import type { TraceDelta } from '../../common/protocol';
import type { Site } from '../../common/trace';
import { type JoinedCells, joinCells, type NotebookCell, placeInCells } from './lint/notebook';

export interface CellProgram {
  /** `plot.ipynb`. */
  readonly notebook: string;
  /** Of the cell that is run, from 1. */
  readonly number: number;
  /** Of the file that runs. */
  readonly fileName: string;
  readonly text: string;
  readonly joined: JoinedCells;
  /** Lines that IPython understands and Python does not, as they were. */
  readonly leftOut: readonly string[];
}

/** A line of a cell. */
export interface CellLine {
  /** Of the cell among all, from 0. */
  readonly index: number;
  /** From 1. */
  readonly line: number;
}

/** `cells` are those of the notebook up to the one that is run. */
export function cellProgram(notebook: string, cells: readonly NotebookCell[]): CellProgram {
  const joined = joinCells(cells);
  const number = cells.length;
  const leftOut = joined.parts.flatMap(({ index, blanks }) => {
    const text = cells[index]?.text ?? '';
    return blanks.map(({ start, end }) => text.slice(Math.max(0, start), end).trim().split('\n')[0] as string);
  });
  const fileName = `${notebook.replace(/\.ipynb$/, '')}-cell-${number}.py`;
  return { notebook, number, fileName, text: joined.text, joined, leftOut };
}

/** Where a line of the program lies. */
export function lineInCells({ joined }: CellProgram, line: number): CellLine | undefined {
  const place = placeInCells(joined, { line, column: 0, endLine: line, endColumn: 0 });
  return place && { index: place.index, line: place.line };
}

/** What a cell is called where a file's name would be: `plot.ipynb cell 3`. */
export function cellName({ notebook }: CellProgram, index: number): string {
  return `${notebook} cell ${index + 1}`;
}

/** The other way: the index of a cell from its name, -1 for other files. */
export function cellOfName(program: CellProgram, name: string): number {
  return program.joined.parts.find(({ index }) => cellName(program, index) === name)?.index ?? -1;
}

/** What is sent to a timeline, with places in cells; `file` is that of the program, as its trace names it. */
export function deltaInCells(program: CellProgram, file: string, delta: TraceDelta): TraceDelta {
  return {
    ...delta,
    run: { ...delta.run, file: `${program.notebook}: cell ${program.number}` },
    sites: delta.sites.map((site) => siteInCells(program, file, site)),
    findings: delta.findings?.map((finding) => findingInCells(program, finding)) ?? null,
    advice: delta.advice && adviceInCells(program, delta.advice),
  };
}

function adviceInCells(program: CellProgram, { all, limits }: RunAdvice): RunAdvice {
  const inCells = (words: string): string => wordsInCells(program, words);
  return {
    all: all.map((advice) => ({ ...advice, text: inCells(advice.text), remedy: inCells(advice.remedy) })),
    limits,
  };
}

export function findingInCells(program: CellProgram, finding: ShownFinding): ShownFinding {
  return { ...finding, message: wordsInCells(program, finding.message) };
}

function siteInCells(program: CellProgram, file: string, site: Site): Site {
  const at = site.file === file && site.line > 0 ? lineInCells(program, site.line) : undefined;
  if (!at) return site;
  return { ...site, file: cellName(program, at.index), line: at.line, endLine: site.endLine - site.line + at.line };
}

/** A sentence that names lines of the program (`line 12`, `plot-cell-3.py:12`), with lines of cells instead. */
export function wordsInCells(program: CellProgram, words: string): string {
  const name = program.fileName.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
  const places = new RegExp(`${name}:(\\d+)\\b|\\bline (\\d+)\\b`, 'gu');
  return words.replaceAll(places, (all, alone?: string, line?: string) => {
    const at = lineInCells(program, Number(alone ?? line));
    if (!at) return all;
    return alone === undefined ? `cell ${at.index + 1} line ${at.line}` : `${cellName(program, at.index)}:${at.line}`;
  });
}
