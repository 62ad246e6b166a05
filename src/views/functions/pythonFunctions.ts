/** A function at the top level of a file, which a mode can call. */
export interface PythonFunction {
  readonly name: string;
  readonly isAsync: boolean;
  /** Parameters as written, without the parentheses; '' when they go over several lines. */
  readonly parameters: string;
  /** Line of its `def`, from 1. */
  readonly line: number;
}

const DEFINITION =
  /^(async[ \t]+)?def[ \t]+([\p{L}_][\p{L}\p{N}_]*)[ \t]*(?:\[.*?\])?[ \t]*\((?:(.*?)\)[ \t]*(?:->.*)?:|)/u;
const TRIPLE_QUOTES = /"""|'''/g;

/** Finds the functions of a file by its text alone: it may be broken, and no Python may be there. */
export function findFunctions(text: string): PythonFunction[] {
  const found = new Map<string, PythonFunction>();
  let openQuotes = '';
  text.split(/\r?\n/).forEach((line, index) => {
    const match = openQuotes ? null : DEFINITION.exec(line);
    // A name that is defined twice means the later one, as in Python.
    if (match?.[2])
      found.set(match[2], {
        name: match[2],
        isAsync: match[1] !== undefined,
        parameters: match[3] ?? '',
        line: index + 1,
      });
    openQuotes = quotesAfter(line, openQuotes);
  });
  return [...found.values()].sort((a, b) => a.line - b.line);
}

/** Which triple quotes are open after a line, given those before it. */
function quotesAfter(line: string, before: string): string {
  let open = before;
  for (const [quotes] of line.matchAll(TRIPLE_QUOTES)) {
    if (!open) open = quotes;
    else if (open === quotes) open = '';
  }
  return open;
}
