/** What comments say to the linter: what is not to be reported, and which lock guards what. */
import { pointOf } from '../syntax/lines';
import type { SyntaxNode } from '../syntax/node';
import type { ParsedText } from '../syntax/parse';

const IGNORE = /#\s*interleave:\s*ignore(-file)?\[([^\]]*)\]/i;
const NOQA = /#\s*noqa\b(?::\s*([A-Z][A-Z0-9]*(?:[,\s]+[A-Z][A-Z0-9]*)*))?/i;
const GUARDED = /#\s*guarded by:?\s*([A-Za-z_][\w.]*)/i;
const REQUIRES = /#\s*requires:?\s*([A-Za-z_][\w.]*(?:\s*,\s*[A-Za-z_][\w.]*)*)/i;

export class Suppressions {
  private readonly ofFile: string[] = [];
  /** By line, from 1: words, or everything. */
  private readonly byLine = new Map<number, readonly string[] | 'all'>();

  constructor({ comments, lineStarts }: Pick<ParsedText, 'comments' | 'lineStarts'>) {
    for (const { start, text } of comments) {
      const ignore = IGNORE.exec(text);
      const line = pointOf(lineStarts, start).row + 1;
      if (ignore?.[1]) this.ofFile.push(...words(ignore[2] as string));
      else if (ignore) this.byLine.set(line, words(ignore[2] as string));
      const noqa = NOQA.exec(text);
      if (noqa) this.byLine.set(line, noqa[1] ? [...words(noqa[1]), ...this.wordsAt(line)] : 'all');
    }
  }

  /** Whether a rule is not wanted on one of these lines, or in the whole file. */
  hides(rule: SuppressedRule, lines: readonly number[]): boolean {
    if (this.ofFile.some((word) => isMeant(rule, word))) return true;
    return lines.some((line) => {
      const said = this.byLine.get(line);
      return said === 'all' || (said?.some((word) => isMeant(rule, word)) ?? false);
    });
  }

  private wordsAt(line: number): readonly string[] {
    const said = this.byLine.get(line);
    return said === undefined || said === 'all' ? [] : said;
  }
}

function words(text: string): string[] {
  return text.split(/[,\s]+/).filter((word) => word !== '');
}

interface SuppressedRule {
  readonly id: string;
  readonly name: string;
  readonly alsoReportedBy?: { readonly ruff?: readonly string[] };
}

/** The rule's id, its name, the letters of its group, or a code of ruff that reports the same. */
function isMeant({ id, name, alsoReportedBy }: SuppressedRule, word: string): boolean {
  const wanted = word.toUpperCase();
  return (
    wanted === id ||
    (alsoReportedBy?.ruff?.includes(wanted) ?? false) ||
    word.toLowerCase() === name ||
    (/^[A-Z]+$/.test(wanted) && id.startsWith(wanted) && /^\d/.test(id.slice(wanted.length)))
  );
}

/** `# guarded by: LOCK` and `# requires: LOCK`, by line. */
export class Declarations {
  private readonly guards = new Map<number, string>();
  private readonly requirements = new Map<number, readonly string[]>();
  private readonly lineStarts: readonly number[];

  constructor({ comments, lineStarts }: Pick<ParsedText, 'comments' | 'lineStarts'>) {
    this.lineStarts = lineStarts;
    for (const { start, text: comment } of comments) {
      const line = pointOf(this.lineStarts, start).row;
      const guard = GUARDED.exec(comment)?.[1];
      const required = REQUIRES.exec(comment)?.[1];
      if (guard) this.guards.set(line, guard);
      if (required)
        this.requirements.set(
          line,
          required.split(',').map((word) => word.trim()),
        );
    }
  }

  get hasGuards(): boolean {
    return this.guards.size > 0;
  }

  get hasRequirements(): boolean {
    return this.requirements.size > 0;
  }

  /** The words behind `guarded by:` beside a node, on its last line. */
  guardBeside(node: SyntaxNode): string | undefined {
    return this.guards.size === 0 ? undefined : this.guards.get(pointOf(this.lineStarts, node.end).row);
  }

  /** The words behind `requires:` beside the head of a function. */
  requiredWords(definition: SyntaxNode): readonly string[] {
    const body = definition.child('body');
    if (this.requirements.size === 0 || !body) return [];
    const from = pointOf(this.lineStarts, definition.start).row;
    const until = Math.max(from, pointOf(this.lineStarts, body.start).row - 1);
    for (let line = from; line <= until; line++) {
      const found = this.requirements.get(line);
      if (found) return found;
    }
    return [];
  }
}
