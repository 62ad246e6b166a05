/** The catalogue of rules: each detector brings its own entries. */
import type { Rule } from '../../../common/finding';
import { DETECTORS } from './detectors';

export const RULES: readonly Rule[] = DETECTORS.flatMap(({ rules }) => rules);

const byId = new Map(RULES.map((rule) => [rule.id, rule]));

/** The rule of an id; undefined for one that a newer Interleave found. */
export function ruleOf(id: string): Rule | undefined {
  return byId.get(id);
}
