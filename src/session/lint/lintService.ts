/** The linter behind its messages: keeps the modules that are open, and lints what has changed when nothing else is to be read. */
import { compatibleFixes } from '../../engine/lint/applyFixes';
import type { Fix, LintFinding, TextEdit, TextPlace } from '../../engine/lint/finding';
import { ignoreEdits } from '../../engine/lint/ignoreEdit';
import { isLeftToOthers, ruleLevels } from '../../engine/lint/levels';
import { type Grammar, LintDocument, type RuleLevels, type TextChange } from '../../engine/lint/linter';
import { lockUseAt } from '../../engine/lint/lockUse';
import { NO_OTHERS } from '../../engine/lint/otherLinters';
import { RULES } from '../../engine/lint/rules';
import { type DocumentPlaces, documentPlaces } from './documentPlaces';
import type {
  DocumentEdit,
  EditorFinding,
  FromLinter,
  LintSettings,
  LintSource,
  LockAnswer,
  Question,
  ToLinter,
} from './lintMessages';

interface Open {
  readonly document: LintDocument;
  places: DocumentPlaces;
  settings: LintSettings;
  version: number;
  /** Changes that lead from the text that was parsed to that of `places`; null when it is another one altogether. */
  changes: TextChange[] | null;
  isParsed: boolean;
  /** Those of `version`; undefined when they are to be looked for. */
  findings: readonly LintFinding[] | undefined;
  isTold: boolean;
}

export class LintService {
  private readonly open = new Map<string, Open>();

  constructor(
    private readonly grammar: Grammar,
    private readonly post: (message: FromLinter) => void,
  ) {}

  /** Takes a message. What it leads to is done by `work`, but questions are answered. */
  handle(message: ToLinter): void {
    const known = this.open.get(message.key);
    if (message.kind === 'open') {
      this.replace(known, message.key, message.source, message.version);
      const opened = this.open.get(message.key) as Open;
      opened.settings = message.settings;
    } else if (message.kind === 'ask') this.answer(known, message);
    else if (!known) return;
    else if (message.kind === 'close') {
      this.open.delete(message.key);
      known.document.dispose();
    } else if (message.kind === 'settings') {
      known.settings = message.settings;
      known.version = message.version;
      known.findings = undefined;
      known.isTold = false;
    } else this.change(known, message);
  }

  /** Lints one module that has changed. Whether there was one. */
  work(): boolean {
    for (const [key, open] of this.open) {
      if (open.isTold) continue;
      open.isTold = true;
      const findings = this.findingsOf(open);
      const ignores = ignoreEdits(open.document.module, findings);
      const shown = findings.flatMap((finding, i) => editorFinding(open.places, finding, ignores[i]) ?? []);
      this.post({ kind: 'findings', key, version: open.version, findings: shown });
      return true;
    }
    return false;
  }

  private replace(known: Open | undefined, key: string, source: LintSource, version: number): void {
    const places = documentPlaces(source);
    if (known) {
      Object.assign(known, { places, version, changes: null, isParsed: false, findings: undefined, isTold: false });
      return;
    }
    const document = new LintDocument(this.grammar, places.text, typeof source !== 'string');
    const fresh = {
      settings: { rules: {}, others: NO_OTHERS },
      changes: [],
      isParsed: true,
      findings: undefined,
      isTold: false,
    };
    this.open.set(key, { document, places, version, ...fresh });
  }

  private change(open: Open, { key, version, changes, length }: Extract<ToLinter, { kind: 'change' }>): void {
    let { text } = open.places;
    for (const { start, end, text: inserted } of changes) text = text.slice(0, start) + inserted + text.slice(end);
    if (text.length !== length) {
      this.post({ kind: 'lost', key });
      return;
    }
    open.places = documentPlaces(text);
    open.changes?.push(...changes);
    open.version = version;
    open.isParsed = false;
    open.findings = undefined;
    open.isTold = false;
  }

  private parse(open: Open): LintDocument {
    if (open.isParsed) return open.document;
    open.isParsed = true;
    open.document.update(open.places.text, open.changes);
    open.changes = [];
    return open.document;
  }

  private findingsOf(open: Open): readonly LintFinding[] {
    this.parse(open);
    const { rules, others } = open.settings;
    open.findings ??= this.lint(open.document, ruleLevels(rules, others)).filter(
      (finding) => !isLeftToOthers(finding, rules, others),
    );
    return open.findings;
  }

  /** A rule that throws must not keep the others from reporting. */
  private lint(document: LintDocument, levels: RuleLevels): readonly LintFinding[] {
    try {
      return document.findings(levels);
    } catch {
      return RULES.flatMap((rule) => {
        try {
          return document.findings(levels, [rule]);
        } catch (error) {
          this.post({ kind: 'fault', text: `${rule.id} failed: ${error instanceof Error ? error.stack : error}` });
          return [];
        }
      });
    }
  }

  private answer(open: Open | undefined, { id, version, question }: Extract<ToLinter, { kind: 'ask' }>): void {
    let answer: unknown = null;
    try {
      if (open?.version === version) answer = this.answerTo(open, question);
    } catch (error) {
      this.post({ kind: 'fault', text: String(error instanceof Error ? error.stack : error) });
    }
    this.post({ kind: 'answer', id, answer });
  }

  private answerTo(open: Open, question: Question): LockAnswer | DocumentEdit[] | null {
    if (question.what === 'lock') return lockAnswer(open, this.parse(open), question);
    const wanted = this.findingsOf(open).filter(({ rule }) => question.rule === null || rule === question.rule);
    const fixes = compatibleFixes(wanted.filter(hasFix));
    return fixes.flatMap(({ fix }) => open.places.editsOf(fix.edits) ?? []);
  }
}

function hasFix(finding: LintFinding): finding is LintFinding & { fix: Fix } {
  return finding.fix !== undefined;
}

const observedAs = new Map(RULES.map(({ id, observedAs: rules }) => [id, rules ?? []]));

function editorFinding(
  places: DocumentPlaces,
  finding: LintFinding,
  comment: TextEdit | undefined,
): EditorFinding | undefined {
  const { rule, severity, message, fix } = finding;
  const place = places.placeOf(placeAlone(finding));
  if (!place) return undefined;
  const edits = fix && places.editsOf(fix.edits);
  const [ignore] = (comment && places.editsOf([comment])) ?? [];
  return {
    rule,
    severity,
    message,
    place,
    related: finding.related.flatMap(({ text, ...other }) => {
      const at = places.placeOf(other);
      return at ? [{ place: at, text }] : [];
    }),
    ...(fix && edits ? { fix: { title: fix.title, edits } } : {}),
    ...(ignore ? { ignore } : {}),
    observedAs: observedAs.get(rule) ?? [],
  };
}

function placeAlone({ line, column, endLine, endColumn }: TextPlace): TextPlace {
  return { line, column, endLine, endColumn };
}

function lockAnswer(
  { places }: Open,
  { module }: LintDocument,
  { document, line, column }: Extract<Question, { what: 'lock' }>,
): LockAnswer | null {
  const offset = places.offsetOf(document, line, column);
  const use = offset < 0 ? undefined : lockUseAt(module, offset);
  const at = use && places.placeOf(use.at);
  if (!use || !at) return null;
  const notTaken = use.notTaken.flatMap(({ name, how, ...place }) => {
    const found = places.placeOf(place);
    return found ? [{ ...found, name, how }] : [];
  });
  const taken = use.taken.flatMap((place) => places.placeOf(place) ?? []);
  return { name: use.name, kind: use.kind, guards: use.guards, at, taken, notTaken };
}
