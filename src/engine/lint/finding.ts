/** What the linter says about a text: pure data, the same for the editor, the command line and tests. */
import type { Severity } from '../../../common/finding';

/** A piece of a text. Lines count from 1, columns from 0 in UTF-16 units; the end is behind the last character. */
export interface TextPlace {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** A second place that a finding rests on. */
export interface RelatedPlace extends TextPlace {
  /** What is there, in a few words: `taken here first`. */
  readonly text: string;
}

/** Offsets in UTF-16 units from the start of the text; nothing of the text overlaps with another edit of the same fix. */
export interface TextEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export interface Fix {
  /** What it does, as an action: `Use with`. */
  readonly title: string;
  readonly edits: readonly TextEdit[];
}

export interface LintFinding extends TextPlace {
  /** Id of its rule: `THR102`. */
  readonly rule: string;
  readonly severity: Severity;
  /** One or two sentences for people, with names. */
  readonly message: string;
  readonly related: readonly RelatedPlace[];
  readonly fix?: Fix;
  /** Code by which ruff reports the same, where that is told for each finding. */
  readonly ruff?: string;
}
