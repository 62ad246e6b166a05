/** What the editor and the linter's thread tell each other: plain data. Places are in documents: a file, or the cells of a notebook. */
import type { Severity } from '../../../common/finding';
import type { TextPlace } from '../../engine/lint/finding';
import type { RuleWords } from '../../engine/lint/levels';
import type { TextChange } from '../../engine/lint/linter';
import type { LockUse } from '../../engine/lint/lockUse';
import type { NotebookCell } from '../../engine/lint/notebook';
import type { OtherLinters } from '../../engine/lint/otherLinters';

/** One module: a text, or all cells of a notebook. */
export type LintSource = string | readonly NotebookCell[];

export interface LintSettings {
  readonly rules: RuleWords;
  readonly others: OtherLinters;
}

/** `key` names a module, `version` rises with each message about it. */
export type ToLinter =
  | {
      readonly kind: 'open';
      readonly key: string;
      readonly version: number;
      readonly source: LintSource;
      readonly settings: LintSettings;
    }
  | {
      readonly kind: 'change';
      readonly key: string;
      readonly version: number;
      /** One after the other. */
      readonly changes: readonly TextChange[];
      /** Of the text behind them; when it is another one, the linter asks for all of it. */
      readonly length: number;
    }
  | { readonly kind: 'settings'; readonly key: string; readonly version: number; readonly settings: LintSettings }
  | { readonly kind: 'close'; readonly key: string }
  | {
      readonly kind: 'ask';
      readonly key: string;
      readonly version: number;
      readonly id: number;
      readonly question: Question;
    };

export type FromLinter =
  | {
      readonly kind: 'findings';
      readonly key: string;
      readonly version: number;
      readonly findings: readonly EditorFinding[];
    }
  /** The text that the linter has is not the one that is meant. */
  | { readonly kind: 'lost'; readonly key: string }
  | { readonly kind: 'answer'; readonly id: number; readonly answer: unknown }
  /** Something in the linter went wrong; for the log. */
  | { readonly kind: 'fault'; readonly text: string };

export type Question =
  /** Answered by a LockAnswer, or null where no lock is. */
  | { readonly what: 'lock'; readonly document: number; readonly line: number; readonly column: number }
  /** Of all findings of a rule, or of all rules. Answered by a list of DocumentEdit. */
  | { readonly what: 'fixAll'; readonly rule: string | null };

/** A place in one of the documents of a module: 0 in a file, the number among all cells in a notebook. */
export interface DocumentPlace extends TextPlace {
  readonly document: number;
}

export interface DocumentEdit extends DocumentPlace {
  readonly text: string;
}

export interface EditorFinding {
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  readonly place: DocumentPlace;
  readonly related: readonly { readonly place: DocumentPlace; readonly text: string }[];
  readonly fix?: { readonly title: string; readonly edits: readonly DocumentEdit[] };
  /** Puts a comment there that hides it; undefined where none can stand. */
  readonly ignore?: DocumentEdit;
  /** Rules of runs that see the same fault. */
  readonly observedAs: readonly string[];
}

/** A lock, with its places in the documents. */
export interface LockAnswer extends Pick<LockUse, 'name' | 'kind' | 'guards'> {
  readonly at: DocumentPlace;
  readonly taken: readonly DocumentPlace[];
  readonly notTaken: readonly (DocumentPlace & Pick<LockUse['notTaken'][number], 'name' | 'how'>)[];
}
