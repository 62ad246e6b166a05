/** How sure a finding is and how bad, in words; the same in the report, the Problems list and exports. */
import type { Certainty, Grade, Severity } from './finding';

export const CERTAINTY_WORDS: Readonly<Record<Certainty, string>> = {
  observed: 'seen in this run',
  predicted: 'did not happen in this run, but can',
  confirmed: 'confirmed by a run that was steered to it',
};

export const GRADE_WORDS: Readonly<Record<Grade, string>> = {
  real: 'goes wrong on this interpreter',
  latent: 'hidden by the GIL of this interpreter',
  benign: 'harmless as long as the operation stays atomic',
  '': '',
};

/** `seen in this run; goes wrong on this interpreter`. */
export function certaintyAndGrade(certainty: Certainty, grade: Grade): string {
  return [CERTAINTY_WORDS[certainty], GRADE_WORDS[grade]].filter((words) => words !== '').join('; ');
}

const MANY: Readonly<Record<Severity, readonly [string, string]>> = {
  error: ['error', 'errors'],
  warning: ['warning', 'warnings'],
  info: ['hint', 'hints'],
};

/** `1 error, 2 warnings`; '' without findings. */
export function countWords(findings: readonly { readonly severity: Severity }[]): string {
  return (['error', 'warning', 'info'] as const)
    .flatMap((severity) => {
      const count = findings.filter((finding) => finding.severity === severity).length;
      return count === 0 ? [] : [`${count} ${MANY[severity][count === 1 ? 0 : 1]}`];
    })
    .join(', ');
}
