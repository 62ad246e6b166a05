/**
 * One colour a unit. Derived from the Okabe-Ito colours, which colour-blind eyes tell apart, and darkened or lightened
 * until each has 3:1 against the theme's background (as WCAG asks of graphics); neighbours in the list differ most.
 */
import type { Store } from './store';

export type ThemeKind = 'light' | 'dark' | 'highContrast' | 'highContrastLight';

const LIGHT = [
  '#2f7fc4',
  '#bf7400',
  '#12876d',
  '#9557b2',
  '#c8553a',
  '#1c8ba6',
  '#5f8510',
  '#c2497f',
  '#8d7a26',
  '#66788a',
];
const DARK = [
  '#5a9bd8',
  '#e69f00',
  '#2aa98c',
  '#b37bcb',
  '#e0775a',
  '#56bfd6',
  '#93b53a',
  '#db73a6',
  '#cdb54f',
  '#8f9fae',
];
const HIGH_CONTRAST = [
  '#6cb6ff',
  '#ffb52e',
  '#3fd0ab',
  '#d39cf0',
  '#ff9275',
  '#76e1f7',
  '#b3db4a',
  '#ff94c6',
  '#f0d868',
  '#b8c7d6',
];

export const PALETTES: Readonly<Record<ThemeKind, readonly string[]>> = {
  light: LIGHT,
  dark: DARK,
  highContrast: HIGH_CONTRAST,
  highContrastLight: LIGHT,
};

/** Threads that the trace does not know, and what stands for many. */
export const GREY: Readonly<Record<ThemeKind, string>> = {
  light: '#80868b',
  dark: '#868a90',
  highContrast: '#c0c0c0',
  highContrastLight: '#6b6f74',
};

export const COLOUR_COUNT = LIGHT.length;

/** Place in the palette, -1 for grey: in the order in which the units were made, so that neighbours differ. */
export function colourOf(store: Store, id: number): number {
  const unit = store.units[id];
  if (!unit) return -1;
  if (unit.kind === 'job') return unit.parent >= 0 ? colourOf(store, unit.parent) : -1;
  return unit.kind === 'process' || unit.kind === 'interpreter' ? -1 : (store.ordinals[id] ?? 0) % COLOUR_COUNT;
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
