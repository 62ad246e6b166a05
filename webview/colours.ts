/** Which colour of the palette a unit has, and what is read well on it. */
import { COLOUR_COUNT, hasColour } from '../common/palette';
import type { Store } from './store';

/** Place in the palette, -1 for grey: in the order in which the units were made, so that neighbours differ. */
export function colourOf(store: Store, id: number): number {
  const unit = store.units[id];
  if (!unit) return -1;
  if (unit.kind === 'job') return unit.parent >= 0 ? colourOf(store, unit.parent) : -1;
  return hasColour(unit) ? (store.ordinals[id] ?? 0) % COLOUR_COUNT : -1;
}

/** Black or white, whichever is read better on a colour (`#rrggbb`). */
export function inkOn(colour: string): '#000000' | '#ffffff' {
  return contrast(colour, '#ffffff') >= contrast(colour, '#000000') ? '#ffffff' : '#000000';
}

/** Ratio of contrast as WCAG defines it, 1 to 21. */
export function contrast(one: string, other: string): number {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(colour: string): number {
  const [red, green, blue] = [1, 3, 5]
    .map((place) => Number.parseInt(colour.slice(place, place + 2), 16) / 255)
    .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
