/** Runs the rules over a text, again after each edit. */
import type { Severity } from '../../../common/finding';
import type { LintFinding } from './finding';
import { Suppressions } from './model/comments';
import { Module } from './model/module';
import type { LintRule, RuleFinding } from './rule';
import { RULES } from './rules';
import { type SyntaxNode, statementOf } from './syntax/node';
import {
  type CommentNode,
  IncrementalParser,
  type loadGrammar,
  type ParsedText,
  type TextChange,
} from './syntax/parse';

export type { TextChange } from './syntax/parse';
export { loadGrammar } from './syntax/parse';
export type Grammar = Awaited<ReturnType<typeof loadGrammar>>;

/** How a rule is to be reported; without an entry, as it says itself. */
export type RuleLevels = Readonly<Record<string, Severity | 'off' | 'default'>>;

/** After more edits than this a text is parsed as a whole, when it is parsed at last. */
const MOST_CHANGES = 100;

/** A text that is linted, edited and linted again. To be disposed. */
export class LintDocument {
  private readonly parser: IncrementalParser;
  private ownText: string;
  /** Of the text as it is now, as soon as somebody asks. */
  private ownParsed: ParsedText | undefined;
  private ownModule: Module | undefined;
  /** What leads from the text that was parsed last to this one; null when that cannot be told. */
  private changes: readonly TextChange[] | null = null;

  /** `isNotebook`: the text is that of a notebook's cells. */
  constructor(
    grammar: Grammar,
    text: string,
    private readonly isNotebook = false,
  ) {
    this.parser = new IncrementalParser(grammar);
    this.ownText = text;
  }

  get text(): string {
    return this.ownText;
  }

  get comments(): readonly CommentNode[] {
    return this.parsed.comments;
  }

  /** What can be told of the text as it is now. */
  get module(): Module {
    this.ownModule ??= new Module(this.parsed);
    return this.ownModule;
  }

  /** `changes` lead to the new text one after the other; null when it is another text altogether. */
  update(text: string, changes: readonly TextChange[] | null): void {
    const before = this.ownParsed ? [] : this.changes;
    const isShort = before !== null && before.length < MOST_CHANGES;
    this.changes = isShort && changes ? [...before, ...changes] : null;
    this.ownText = text;
    this.ownParsed = undefined;
    this.ownModule = undefined;
  }

  private get parsed(): ParsedText {
    this.ownParsed ??= this.parser.parse(this.ownText, this.changes);
    return this.ownParsed;
  }

  /** All that the rules report, in the order of the text. */
  findings(levels: RuleLevels = {}, rules: readonly LintRule[] = RULES): LintFinding[] {
    if (!HAS_CONCURRENCY.test(this.text)) return [];
    const suppressions = new Suppressions(this.parsed);
    const found = new Map<string, LintFinding>();
    for (const rule of rules) {
      const severity = severityOf(rule, levels);
      if (severity === 'off' || !this.isAbout(rule)) continue;
      rule.check(this.module, (finding) => {
        const known = finding.ruff ? { ...rule, alsoReportedBy: { ruff: [finding.ruff] } } : rule;
        if (suppressions.hides(known, this.linesOf(finding.node))) return;
        const shown = this.finding(rule, finding, severity);
        found.set(`${rule.id} ${shown.line} ${shown.column} ${shown.endLine} ${shown.endColumn}`, shown);
      });
    }
    return [...found.values()].sort((a, b) => a.line - b.line || a.column - b.column || (a.rule < b.rule ? -1 : 1));
  }

  /** The text has a word that each text has which a rule of this group can be about. */
  private isAbout({ id, isForFilesOnly }: LintRule): boolean {
    if (isForFilesOnly && this.isNotebook) return false;
    return WORDS_OF_GROUP[id.slice(0, 3)]?.some((word) => this.text.includes(word)) ?? true;
  }

  dispose(): void {
    this.parser.dispose();
  }

  private finding(
    rule: LintRule,
    { node, message, severity, related = [], fix, ruff }: RuleFinding,
    level: Severity | 'default',
  ): LintFinding {
    return {
      rule: rule.id,
      severity: level === 'default' ? (severity ?? rule.severity) : level,
      message,
      ...this.module.placeOf(node),
      related: related.map((each) => ({ ...this.module.placeOf(each.node), text: each.text })),
      ...(fix && fix.edits.length > 0 ? { fix } : {}),
      ...(ruff ? { ruff } : {}),
    };
  }

  /** The lines whose comments are about a finding: its first and last, and the first of its statement. */
  private linesOf(node: SyntaxNode): number[] {
    const { line, endLine } = this.module.placeOf(node);
    return [line, endLine, this.module.lineOf(statementOf(node))];
  }
}

/** A text without any of these words has nothing that a rule could be about. */
const HAS_CONCURRENCY =
  /\b(threading|_?thread|asyncio|multiprocessing|concurrent|queue|Queue|signal|weakref|fork|subprocess|async|__del__|dummy_threading|gevent|anyio|trio)\b/;

const WORDS_OF_GROUP: Readonly<Record<string, readonly string[]>> = {
  AIO: ['async', 'threading'],
  MPR: ['multiprocessing', 'concurrent', 'fork', 'queue'],
  FUT: ['multiprocessing', 'concurrent'],
  INT: ['nterpreter'],
};

function severityOf(rule: LintRule, levels: RuleLevels): Severity | 'off' | 'default' {
  return levels[rule.id] ?? levels[rule.name] ?? (rule.isOptIn ? 'off' : 'default');
}
