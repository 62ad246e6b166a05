/** What people are told about a run beside its picture. */
import type { RunInfo } from '../../common/trace';
import type { Model } from './model';
import { placeName } from './names';

const MOST_MUTED_NAMES = 8;

/** About a program that did not come to its own end; '' when it did or goes on. */
export function cutOffSentence({ state, exitCode }: RunInfo): string {
  if (state.kind !== 'ended' || state.how === 'exited') return '';
  const signal = exitCode !== null && exitCode < 0 ? ` by signal ${-exitCode}` : '';
  const what = { killed: `killed${signal}`, stopped: 'stopped', timeout: 'stopped, since its time was up' }[state.how];
  return `The program was ${what}; what was going on then is cut off.`;
}

/** About functions whose spans are no longer recorded; '' when there are none. */
export function mutedSentence({ muted, sites }: Model): string {
  const all = [...muted].flatMap((row) => {
    const site = sites[row - 1];
    return site && site.function !== '' ? [site.function] : [];
  });
  const names = [...new Set(all)];
  if (names.length === 0) return '';
  const shown = names.slice(0, MOST_MUTED_NAMES).join(', ');
  const more = names.length > MOST_MUTED_NAMES ? ` and ${names.length - MOST_MUTED_NAMES} more` : '';
  return `Short functions that are called often are shown only at first: ${shown}${more}.`;
}

const MOST_SAMPLED_PLACES = 5;

/** About accesses of which only a sample is recorded; '' when there are none. */
export function sampledSentence({ sampled, sites }: Model): string {
  const places = [...new Set([...sampled].map((row) => placeName(sites[row - 1])))].filter((place) => place !== '');
  if (places.length === 0) return '';
  const shown = places.slice(0, MOST_SAMPLED_PLACES).join(', ');
  const more = places.length > MOST_SAMPLED_PLACES ? ` and ${places.length - MOST_SAMPLED_PLACES} more` : '';
  return `Lines that access shared variables very often were only sampled, so races there can be missed: ${shown}${more}.`;
}
