/**
 * What IPython understands in a cell and Python does not: magics (`%matplotlib inline`, `%%bash`), commands of the shell
 * (`!ls`), questions (`len?`). They are blanked, so that each character left has its place.
 *
 * IPython looks for them where a statement begins; a `%` that begins a line inside brackets, a string or behind a
 * backslash is Python's.
 */

export interface PlainCell {
  /** As long as the cell, line by line. */
  readonly text: string;
  /** What was blanked, by offsets. No edit may touch it. */
  readonly blanks: readonly Blank[];
}

export interface Blank {
  readonly start: number;
  readonly end: number;
}

/** Magics of a cell whose other lines are Python that runs in the notebook itself. */
const AROUND_PYTHON: ReadonlySet<string> = new Set(['time', 'timeit', 'capture', 'prun']);

const CELL_MAGIC = /^\s*%%(\w*)[^\n]*/;
const LINE_MAGIC = /^[ \t]*[%!?,;/]/;
const QUESTION = /^[ \t]*[\w.*]+\?{1,2}[ \t\r]*$/;
const ASSIGNED_MAGIC = /^[ \t]*[\w.,* \t]+=[ \t]*(?=[%!])/;

export function withoutMagics(cell: string): PlainCell {
  // A lone return ends a line for Python.
  const text = cell.replace(/\r(?!\n)/g, '\n');
  const magic = CELL_MAGIC.exec(text);
  if (magic && !AROUND_PYTHON.has(magic[1] as string)) return { text: spaces(text), blanks: wholeOf(text) };
  // Nothing may be put before a cell's magic, so the place before it is blank as well.
  const blanks: Blank[] = magic ? [{ start: -1, end: magic[0].length }] : [];
  const state = new LineState();
  let plain = magic ? spaces(magic[0]) : '';
  let isMagicGoingOn = false;
  while (plain.length < text.length) {
    const start = plain.length;
    const end = endOfLine(text, start);
    const line = text.slice(start, end);
    const magicAt = isMagicGoingOn ? 0 : state.isAtStatement ? startOfMagic(line) : -1;
    if (magicAt < 0) {
      state.read(line);
      plain += line;
    } else {
      blanks.push({ start: start + magicAt, end: end - (line.endsWith('\n') ? 1 : 0) });
      plain += line.slice(0, magicAt) + (isMagicGoingOn ? spaces(line.slice(magicAt)) : standIn(line, magicAt));
      isMagicGoingOn = /\\\r?\n$/.test(line);
    }
  }
  // Such a cell cannot run, and must not swallow the cells behind it.
  return state.isOpen ? { text: spaces(text), blanks: wholeOf(text) } : { text: plain, blanks };
}

function startOfMagic(line: string): number {
  if (LINE_MAGIC.test(line) || QUESTION.test(line.replace(/\n$/, ''))) return line.search(/\S/);
  return ASSIGNED_MAGIC.exec(line)?.[0].length ?? -1;
}

/** A `0` where a block or an assignment needs something, nothing but space elsewhere. */
function standIn(line: string, at: number): string {
  const rest = spaces(line.slice(at));
  return at === 0 ? rest : `0${rest.slice(1)}`;
}

function spaces(text: string): string {
  return text.replace(/[^\r\n]/g, ' ');
}

function wholeOf(text: string): Blank[] {
  return [{ start: -1, end: text.length + 1 }];
}

function endOfLine(text: string, from: number): number {
  const at = text.indexOf('\n', from);
  return at < 0 ? text.length : at + 1;
}

const TOKEN = /\\[\s\S]|'''|"""|['"]|[([{]|[)\]}]|#|\n/g;

/** Whether a line begins a statement, by what was read before it. */
class LineState {
  private depth = 0;
  /** The quotes that end the string that is open, '' outside of strings. */
  private quotes = '';
  private isContinued = false;

  get isAtStatement(): boolean {
    return !this.isOpen && !this.isContinued;
  }

  /** A bracket or a string of several lines has no end yet. */
  get isOpen(): boolean {
    return this.depth > 0 || this.quotes !== '';
  }

  read(line: string): void {
    this.isContinued = false;
    const text = line.replace(/\r\n$/, '\n');
    for (const [token] of text.matchAll(TOKEN)) {
      if (token.startsWith('\\')) this.isContinued = token === '\\\n';
      else if (this.quotes !== '') {
        if (token === this.quotes || (token[0] === this.quotes && token.length === 3)) this.quotes = '';
      } else if (token === '#') break;
      else if (/['"]/.test(token)) this.quotes = token;
      else if (/[([{]/.test(token)) this.depth++;
      else if (token !== '\n') this.depth = Math.max(0, this.depth - 1);
    }
    // A string in single quotes ends with its line.
    if (this.quotes.length === 1 && !this.isContinued) this.quotes = '';
  }
}
