/** How each rule is to be reported, by the words of the user's settings. */
import type { Severity } from '../../../common/finding';
import type { LintFinding } from './finding';
import type { RuleLevels } from './linter';
import { isReportedByOthers, type OtherLinters } from './otherLinters';
import type { LintRule } from './rule';
import { RULES } from './rules';

/** By id, name or group (`THR`) of a rule, or `ALL`: `error`, `warning`, `info`, `off` or `on`. Other words mean nothing. */
export type RuleWords = Readonly<Record<string, unknown>>;

const SEVERITIES: ReadonlySet<unknown> = new Set<Severity>(['error', 'warning', 'info']);

/** A rule that another linter reports is off, unless it is named itself. */
export function ruleLevels(words: RuleWords, others: OtherLinters, rules: readonly LintRule[] = RULES): RuleLevels {
  const said = new Map(Object.entries(words).map(([key, word]) => [key.trim().toUpperCase(), word]));
  return Object.fromEntries(rules.map((rule) => [rule.id, levelOf(rule, said, others)]));
}

/** Whether another linter shows the very same finding. One of a rule that is named itself is shown in any case. */
export function isLeftToOthers({ rule: id, ruff }: LintFinding, words: RuleWords, others: OtherLinters): boolean {
  if (ruff === undefined || !isReportedByOthers({ alsoReportedBy: { ruff: [ruff] } }, others)) return false;
  const name = RULES.find((rule) => rule.id === id)?.name.toUpperCase();
  return !Object.entries(words).some(([key, word]) => {
    const said = key.trim().toUpperCase();
    return (said === id || said === name) && levelFor(word) !== undefined;
  });
}

function levelOf(
  rule: LintRule,
  said: ReadonlyMap<string, unknown>,
  others: OtherLinters,
): Severity | 'off' | 'default' {
  const own = levelFor(said.get(rule.id) ?? said.get(rule.name.toUpperCase()));
  if (own) return own;
  const ofGroup = levelFor(said.get(rule.id.replace(/\d+$/, '')) ?? said.get('ALL'));
  const isOff = ofGroup === 'off' || isReportedByOthers(rule, others);
  if (isOff) return 'off';
  // A severity for a group does not switch on those of its rules that are off.
  const isLeftOff = rule.isOptIn === true && ofGroup !== 'default';
  return isLeftOff ? 'off' : (ofGroup ?? 'default');
}

function levelFor(word: unknown): Severity | 'off' | 'default' | undefined {
  if (word === 'on') return 'default';
  if (word === 'off') return 'off';
  return SEVERITIES.has(word) ? (word as Severity) : undefined;
}
