/** How figures of a comparison are said. */
import { MODE_WORDS } from '../../../common/modeWords';
import type { Mode } from '../../../common/trace';
import { duration } from '../reportText';

/** `in threads`; at the beginning of a sentence `In threads`. */
export function modeName(mode: Mode, isFirst = false): string {
  const words = MODE_WORDS[mode];
  return isFirst ? words.charAt(0).toUpperCase() + words.slice(1) : words;
}

export const taking = duration;

export function percent(share: number): string {
  return `${Math.round(100 * share)} %`;
}

/** An average number of things: `1.9`. */
export function count(number: number): string {
  return number.toFixed(1);
}

/** `1.9 times`. */
export function times(factor: number): string {
  return `${factor.toFixed(1)} times`;
}

/** `12 B`, `3.4 KiB`, `5.6 MiB`. */
export function bytes(number: number): string {
  if (number < 1024) return `${Math.round(number)} B`;
  const units = ['KiB', 'MiB', 'GiB', 'TiB'];
  let [value, at] = [number / 1024, 0];
  for (; value >= 1024 && at < units.length - 1; at++) value /= 1024;
  return `${value.toFixed(1)} ${units[at]}`;
}
