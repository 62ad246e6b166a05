/** The catalogue of rules: each detector brings its own entries. */
import type { FindingKind, Rule } from '../../../common/finding';
import { DETECTORS } from './detectors';

export const RULES: readonly Rule[] = DETECTORS.flatMap(({ rules }) => rules);

const byId = new Map(RULES.map((rule) => [rule.id, rule]));

/** The rule of an id; undefined for one that a newer Interleave found. */
export function ruleOf(id: string): Rule | undefined {
  return byId.get(id);
}

/** For people; the id itself for a rule that is not known. */
export function titleOf(id: string): string {
  return ruleOf(id)?.title ?? id;
}

export function kindOf(id: string): FindingKind {
  return ruleOf(id)?.kind ?? 'hazard';
}
