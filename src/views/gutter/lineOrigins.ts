/**
 * Which line of a document was which when its program was started, through all edits since. Pure.
 *
 * Of what an edit replaced, lines at both ends that read as before are the same ones; those in between are matched in
 * order. Whether a line still reads as it ran is not asked here.
 */

/** An edit in the text before it; line numbers from 0. */
export interface LineChange {
  readonly first: number;
  readonly last: number;
  /** Line breaks in what stands there now. */
  readonly breaks: number;
}

export class LineOrigins {
  /** By line now: its line then, from 1; 0 for a new one. Undefined while all is as it was. */
  private origins: number[] | undefined;

  /** The line, from 1, that a line (from 0) was; 0 when it is new. */
  lineAsRun(line: number): number {
    return this.origins ? (this.origins[line] ?? 0) : line + 1;
  }

  /** The line, from 0, that a line (from 1) is now; -1 when it is gone. */
  lineNow(line: number): number {
    return this.origins ? this.origins.indexOf(line) : line - 1;
  }

  /** Follows edits that were made at once; `lineCount` is that before them. */
  apply(
    changes: readonly LineChange[],
    lineCount: number,
    textNow: (line: number) => string,
    textAsRun: (line: number) => string | undefined,
  ): void {
    let origins = this.origins ?? Array.from({ length: lineCount }, (_, i) => i + 1);
    let moved = 0;
    for (const { first, last, breaks } of joined(changes)) {
      const old = origins.slice(first + moved, last + moved + 1);
      const texts = Array.from({ length: breaks + 1 }, (_, i) => textNow(first + moved + i));
      const matched = match(old, texts, textAsRun);
      origins = [...origins.slice(0, first + moved), ...matched, ...origins.slice(last + moved + 1)];
      moved += matched.length - old.length;
    }
    this.origins = origins;
  }
}

/** In the order of the text; edits that share a line are one. */
function joined(changes: readonly LineChange[]): LineChange[] {
  const result: LineChange[] = [];
  for (const change of [...changes].sort((a, b) => a.first - b.first || a.last - b.last)) {
    const before = result.at(-1);
    if (!before || before.last < change.first) result.push(change);
    else result[result.length - 1] = { ...before, last: change.last, breaks: before.breaks + change.breaks };
  }
  return result;
}

function match(
  old: readonly number[],
  texts: readonly string[],
  textAsRun: (line: number) => string | undefined,
): number[] {
  const isSame = (origin: number | undefined, text: string | undefined): boolean =>
    origin !== undefined && origin > 0 && textAsRun(origin) === text;
  const shorter = Math.min(old.length, texts.length);
  let head = 0;
  while (head < shorter && isSame(old[head], texts[head])) head++;
  let tail = 0;
  while (tail < shorter - head && isSame(old[old.length - 1 - tail], texts[texts.length - 1 - tail])) tail++;
  const middle = old.slice(head, old.length - tail);
  return texts.map((_, i) => {
    if (i < head) return old[i] as number;
    if (i >= texts.length - tail) return old[i - texts.length + old.length] as number;
    return middle[i - head] ?? 0;
  });
}
