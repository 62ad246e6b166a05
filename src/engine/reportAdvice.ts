/** Advice as the report has it: with names, files and lines. */
import type { AdviceCertainty } from '../../common/advice';
import { baseName, objectName } from './names';
import type { Trace } from './trace';

export interface ReportAdvice {
  /** Id of the pattern; docs/patterns has a page on each. */
  readonly id: string;
  readonly title: string;
  readonly text: string;
  /** Part of the run, 0 to 1; null when it is not a part of the time. */
  readonly share: number | null;
  readonly certainty: AdviceCertainty;
  readonly remedy: string;
  readonly objects: readonly string[];
  readonly stretches: readonly { readonly unit: number; readonly fromNs: number; readonly toNs: number }[];
  /** The one to change first. */
  readonly places: readonly { readonly file: string | null; readonly line: number | null; readonly role: string }[];
}

export function reportAdvice(trace: Trace): ReportAdvice[] {
  return trace.advice.all.map(({ id, title, text, share, certainty, remedy, objects, stretches, places }) => ({
    id,
    title,
    text,
    share,
    certainty,
    remedy,
    objects: objects.map((object) => objectName(trace, object)),
    stretches: stretches.map(({ unit, from, to }) => ({ unit, fromNs: from, toNs: to })),
    places: places.map(({ site, role }) => {
      const place = trace.sites[site - 1];
      return { file: place?.file || null, line: place?.line || null, role };
    }),
  }));
}

/** What patterns were not looked for, as a problem. */
export function limitsOf({ advice }: Trace): string[] {
  return advice.limits === '' ? [] : [advice.limits];
}

/** For a terminal: what it is, what is to be seen, what to do. */
export function adviceLines(all: readonly ReportAdvice[]): string[] {
  return all.flatMap(({ id, title, text, certainty, remedy, places }) => {
    const where = places.map(
      ({ file, line, role }) => `  ${file === null ? '?' : `${baseName(file)}:${line}`}  ${role}`,
    );
    return ['', `Advice: ${title} [${id}], ${certainty}`, `  ${text}`, ...where, `  ${remedy}`];
  });
}
