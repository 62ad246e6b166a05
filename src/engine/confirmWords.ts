/** How it is said that a finding was confirmed, or why it was not. */
import { PASSING, type Pause } from './confirmPlan';
import * as words from './detect/words';
import type { Model } from './model';

/** Between what a unit is held, and what it means that another one passed. */
const MEANINGS: Readonly<Record<string, readonly [string, string]>> = {
  'race.data': ['between its read and its write', 'what one of them wrote is lost'],
  'race.check-then-act': ['between its check and its act', 'it acted on what was no longer so'],
  'race.lazy-init': ['between its check and its act', 'both made one'],
  'race.iteration': ['in its loop', 'the container changed while it was gone through'],
  'race.multi-variable': ['between the two', 'the one was new while the other was old'],
  'atomicity.split-section': ['between the two sections', 'what one of them wrote is lost'],
  'atomicity.await': ['at its await', 'it acted on what was no longer so'],
  'atomicity.value': ['between its read and its write', 'what one of them wrote is lost'],
};

interface Place {
  /** Unit row of who is there. */
  readonly unit: number;
  /** Site row + 1. */
  readonly site: number;
}

/** One was held, another one passed meanwhile. */
export function overtakenSentence(
  model: Model,
  rule: string,
  hold: Place & { readonly failed: boolean },
  by: { readonly by: number; readonly site: number },
): string {
  const [where, meaning] = MEANINGS[rule] ?? ['there', 'the order was the other one'];
  const who = words.unit(model, hold.unit);
  const failure = hold.failed ? `, and ${who} failed with an exception` : '';
  return `${who} was held ${where} at ${words.place(model, hold.site)}, and ${words.unit(model, by.by)} passed ${words.placeBeside(model, by.site, hold.site)} meanwhile: ${meaning}${failure}.`;
}

/** What is known of a run that did not show its finding. */
export interface Missed {
  /** Those that were held between read and write, or before a lock. */
  readonly holds: readonly Place[];
  /** Whether somebody passed while one was held. */
  readonly wasPassed: boolean;
  /** Whether the places of the finding were met at all. */
  readonly isThere: boolean;
}

export function whyNot(model: Model, pauses: readonly Pause[], { holds, wasPassed, isThere }: Missed): string {
  const isOrder = pauses.some(({ what }) => what === 'lock');
  const places = linesOf(pauses.filter(({ what }) => !PASSING.has(what)));
  const [hold] = holds;
  if (!hold) {
    return isOrder && isThere
      ? `nobody had to be held at ${places}, since the lock was another's already, and no deadlock came of it.`
      : `no second thread was there when ${places} was reached, or it was never reached.`;
  }
  const times = holds.length === 1 ? 'once' : `${holds.length} times`;
  const held = `${words.unit(model, hold.unit)} was held at ${words.place(model, hold.site)} (${times} in all)`;
  if (isOrder) return `${held}, but nobody took the other lock in time.`;
  if (wasPassed) return `${held}, but those who passed did so with other objects.`;
  return `${held}, but nobody else came by in time; something seems to keep the others away.`;
}

function linesOf(pauses: readonly Pause[]): string {
  return words.list([...new Set(pauses.map(({ file, line }) => `${file.replace(/.*[\\/]/, '')}:${line}`))]);
}
