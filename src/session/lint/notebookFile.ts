/** Notebooks as they lie on the disk (nbformat 4): their cells, and new sources of cells put into the same JSON. */
import type { NotebookCell } from '../../engine/lint/notebook';
import { Failure } from '../../support/failure';
import { itemsOf, type JsonPlace, membersOf, placeAt } from './jsonText';

export interface NotebookFile {
  readonly json: string;
  readonly cells: readonly NotebookCell[];
}

const FORMAT = 4;

/** Throws a Failure whose sentence is the reason only. */
export function parseNotebook(json: string): NotebookFile {
  if (json.trim() === '') return { json, cells: [] };
  const document = parse(json);
  const { cells, nbformat } = document;
  if (typeof nbformat === 'number' && nbformat < FORMAT)
    throw new Failure(`its format ${nbformat} is an old one; open it in Jupyter and save it`);
  if (!Array.isArray(cells)) throw new Failure('it is not a notebook: it has no list of cells');
  const isPython = /^(i?python\d*)?$/i.test(languageOf(document.metadata));
  return { json, cells: cells.map((cell) => cellOf(cell, isPython)) };
}

/** The JSON with other sources of cells, by their index; all else is as it was. */
export function withCells(json: string, texts: ReadonlyMap<number, string>): string {
  const cells = itemsOf(json, membersOf(json, placeAt(json, 0)).get('cells') as JsonPlace);
  const isAscii = !/[\u0080-\uffff]/.test(json);
  const encode = (text: string): string => {
    const encoded = JSON.stringify(text);
    return isAscii ? encoded.replace(/[\u007f-\uffff]/g, escaped) : encoded;
  };
  let result = '';
  let at = 0;
  for (const [index, text] of [...texts].sort(([a], [b]) => a - b)) {
    const source = membersOf(json, cells[index] as JsonPlace).get('source') as JsonPlace;
    result += json.slice(at, source.start) + sourceJson(json, source, text, encode);
    at = source.end;
  }
  return result + json.slice(at);
}

/** One string, or a list with one for each line, as it was before. Lines that are the same are written the same. */
function sourceJson(json: string, source: JsonPlace, text: string, encode: (text: string) => string): string {
  if (json[source.start] !== '[') return encode(text);
  const items = itemsOf(json, source);
  const [first, second] = items;
  const before = json.slice(source.start + 1, first?.start ?? source.start + 1);
  const comma = json.includes('", "') ? ', ' : ',';
  const between = first && second ? json.slice(first.end, second.start) : before === '' ? comma : `,${before}`;
  const behind = json.slice(items.at(-1)?.end ?? source.end - 1, source.end - 1);
  const known = new Map(
    items.map(({ start, end }) => [JSON.parse(json.slice(start, end)) as string, json.slice(start, end)]),
  );
  const lines = text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
  return `[${before}${lines.map((line) => known.get(line) ?? encode(line)).join(between)}${behind}]`;
}

interface Document {
  readonly cells?: unknown;
  readonly nbformat?: unknown;
  readonly metadata?: unknown;
}

function parse(json: string): Document {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    throw new Failure('it is not a notebook: it is not JSON');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Failure('it is not a notebook: it has no list of cells');
  return value;
}

function cellOf(cell: unknown, isPython: boolean): NotebookCell {
  const { cell_type: type, source, metadata } = (cell ?? {}) as Readonly<Record<string, unknown>>;
  const isList = Array.isArray(source) && source.every((line) => typeof line === 'string');
  const text = isList ? source.join('') : source;
  const language = wordIn(at(metadata, 'vscode', 'languageId'));
  const isCode = type === 'code' && typeof text === 'string' && (language === '' ? isPython : language === 'python');
  return { text: isCode ? text : '', isPython: isCode };
}

/** What the kernel speaks, '' when nothing says it. */
function languageOf(metadata: unknown): string {
  return wordIn(at(metadata, 'language_info', 'name')) || wordIn(at(metadata, 'kernelspec', 'language'));
}

function at(value: unknown, ...keys: readonly string[]): unknown {
  return keys.reduce<unknown>(
    (inner, key) => (inner as Readonly<Record<string, unknown>> | null | undefined)?.[key],
    value,
  );
}

function wordIn(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
