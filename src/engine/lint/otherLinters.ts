/** Other linters in the same editor, which report some of what ours does. */
import type { LintRule } from './rule';

/** What a configuration of ruff selects: codes (`PLW2101`), beginnings of codes (`PLW`), or `ALL`. */
export interface RuffSelection {
  readonly selected: readonly string[];
  readonly ignored: readonly string[];
}

/** Those that look at a file. */
export interface OtherLinters {
  /** null where it does not. */
  readonly ruff: RuffSelection | null;
  /** With the rules that it has switched on from the start. */
  readonly pylint: boolean;
}

export const NO_OTHERS: OtherLinters = { ruff: null, pylint: false };

/** Whether another linter reports the same at work. */
export function isReportedByOthers(
  { alsoReportedBy }: Pick<LintRule, 'alsoReportedBy'>,
  { ruff, pylint }: OtherLinters,
): boolean {
  const byRuff = ruff !== null && (alsoReportedBy?.ruff?.some((code) => isSelected(code, ruff)) ?? false);
  return byRuff || (pylint && (alsoReportedBy?.pylint?.length ?? 0) > 0);
}

/** As ruff itself decides: the longest word that fits counts, and of two as long the one that ignores. */
function isSelected(code: string, { selected, ignored }: RuffSelection): boolean {
  const wanted = longestFit(code, selected);
  return wanted >= 0 && wanted > longestFit(code, ignored);
}

/** Length of the longest word that means a code, 0 for `ALL`, -1 when none does. */
function longestFit(code: string, words: readonly string[]): number {
  const lengths = words.map((word) => (word === 'ALL' ? 0 : word !== '' && code.startsWith(word) ? word.length : -1));
  return Math.max(-1, ...lengths);
}
