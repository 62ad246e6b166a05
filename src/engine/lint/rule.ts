/** What a rule of the linter is. Each is one file in `rules/`, with a page in `docs/rules/ID.md`. */
import type { Severity } from '../../../common/finding';
import type { TextEdit } from './finding';
import type { Module } from './model/module';
import type { SyntaxNode } from './syntax/node';

export interface LintRule {
  /** `THR102`: the group, then a number. */
  readonly id: string;
  /** `acquire-without-finally`. */
  readonly name: string;
  /** The title of its page: a short sentence without a full stop. */
  readonly title: string;
  readonly severity: Severity;
  /** It reports only where the settings name it. */
  readonly isOptIn?: boolean;
  /** It reports nothing in notebooks, whose cells no other process imports. */
  readonly isForFilesOnly?: boolean;
  /** Codes of ruff and pylint that report the same; where one of these tools is at work, ours steps back. */
  readonly alsoReportedBy?: { readonly ruff?: readonly string[]; readonly pylint?: readonly string[] };
  /** Ids of the rules that see the same fault in a run. */
  readonly observedAs?: readonly string[];
  /** Looks at a whole module; must not throw on any text. */
  check(module: Module, report: Report): void;
}

export type Report = (finding: RuleFinding) => void;

export interface RuleFinding {
  /** What is underlined. */
  readonly node: SyntaxNode;
  readonly message: string;
  /** When it is not that of the rule. */
  readonly severity?: Severity;
  readonly related?: readonly { readonly node: SyntaxNode; readonly text: string }[];
  /** Code by which ruff reports this one, where it reports not all that the rule does. */
  readonly ruff?: string;
  /** Where it can be mended safely. */
  readonly fix?: { readonly title: string; readonly edits: readonly TextEdit[] };
}
