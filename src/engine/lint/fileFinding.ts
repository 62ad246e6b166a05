/** Findings with the files that they are in, as the command line tells them. */
import type { LintFinding, RelatedPlace, TextPlace } from './finding';

/** In a notebook lines count from the first one of the cell. */
export interface FilePlace extends TextPlace {
  /** Of a notebook: from 1 among all its cells, also those with text. */
  readonly cell?: number;
}

export interface FileFinding extends FilePlace, Pick<LintFinding, 'rule' | 'severity' | 'message'> {
  /** Path, as the user named it or what is around it. */
  readonly file: string;
  readonly related: readonly (FilePlace & Pick<RelatedPlace, 'text'>)[];
  /** The text of its first line. */
  readonly source: string;
  /** Only when it can be made in this file. */
  readonly fix?: FileFix;
}

export interface FileFix {
  readonly title: string;
  readonly edits: readonly (FilePlace & { readonly text: string })[];
}
