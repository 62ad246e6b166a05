/** Findings that the user does not want to see: a comment `# interleave: ignore[RULE]` on one of their lines says so. */
import type { FindingLocation } from '../../common/finding';
import type { Site } from '../../common/trace';

/** Text of a line (from 1) of a file, undefined when it cannot be read. */
export type LineReader = (file: string, line: number) => string | undefined;

/** Several rules are separated by commas; a family, such as `race`, means all of its rules. */
const COMMENT = /#\s*interleave:\s*ignore\[([^\]]*)\]/i;

/** Whether a line of any of its locations bears a comment that names the finding's rule. */
export function isIgnored(
  { rule, locations }: { readonly rule: string; readonly locations: readonly FindingLocation[] },
  sites: readonly Site[],
  lineOf: LineReader,
): boolean {
  return locations.some(({ site }) => {
    const place = sites[site - 1];
    if (!place || place.line === 0) return false;
    const words = COMMENT.exec(lineOf(place.file, place.line) ?? '')?.[1] ?? '';
    return words.split(',').some((word) => isOf(rule, word.trim()));
  });
}

/** The line with a comment that ignores the rule, also where it ignores others already. */
export function withIgnoreComment(line: string, rule: string): string {
  const known = COMMENT.exec(line);
  if (!known) return `${line.trimEnd()}  # interleave: ignore[${rule}]`;
  const rules = (known[1] as string).split(',').map((word) => word.trim());
  if (rules.some((word) => isOf(rule, word))) return line;
  const all = [...rules.filter((word) => word !== ''), rule].join(', ');
  return `${line.slice(0, known.index)}# interleave: ignore[${all}]${line.slice(known.index + known[0].length)}`;
}

function isOf(rule: string, word: string): boolean {
  return word !== '' && (word === rule || rule.startsWith(`${word}.`));
}
