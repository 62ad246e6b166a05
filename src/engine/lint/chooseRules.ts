/** Which rules are wanted, by words of the user. */
import type { RuleLevels } from './linter';
import type { LintRule } from './rule';
import { RULES } from './rules';

export interface RuleChoice {
  readonly levels: RuleLevels;
  /** Words that name no rule. */
  readonly unknown: readonly string[];
}

/**
 * Words are ids, names, groups (`THR`), `ALL` and `DEFAULT`; without `selected` the default rules are meant. What is
 * ignored is so in any case.
 */
export function chooseRules(selected: readonly string[] | undefined, ignored: readonly string[]): RuleChoice {
  const wanted = selected ?? ['DEFAULT'];
  const unknown = [...wanted, ...ignored].filter((word) => !RULES.some((rule) => isMeant(rule, word)) && !isSet(word));
  const levels = RULES.map((rule) => {
    const isWanted = wanted.some((word) => isMeant(rule, word)) && !ignored.some((word) => isMeant(rule, word));
    return [rule.id, isWanted ? 'default' : 'off'] as const;
  });
  return { levels: Object.fromEntries(levels), unknown };
}

function isMeant({ id, name, isOptIn }: LintRule, word: string): boolean {
  const upper = word.toUpperCase();
  if (upper === 'DEFAULT') return !isOptIn;
  return upper === 'ALL' || upper === id || word.toLowerCase() === name || upper === id.replace(/\d+$/, '');
}

/** Such a word is right also when there is no such rule. */
function isSet(word: string): boolean {
  return ['ALL', 'DEFAULT'].includes(word.toUpperCase());
}
