/** Findings as views show them: with what their rules say, without those that comments in the source say to ignore. */
import type { Finding, ShownFinding } from '../../common/finding';
import type { Site } from '../../common/trace';
import { kindOf, titleOf } from './detect/rules';
import { isIgnored, type LineReader } from './ignored';

export function shownFindings(
  findings: readonly Finding[],
  sites: readonly Site[],
  lineOf: LineReader,
): readonly ShownFinding[] {
  return findings
    .filter((finding) => !isIgnored(finding, sites, lineOf))
    .map((finding) => ({ ...finding, title: titleOf(finding.rule), kind: kindOf(finding.rule) }));
}
