/**
 * One colour a unit. Derived from the Okabe-Ito colours, which colour-blind eyes tell apart, and darkened or lightened
 * until each has 3:1 against the theme's background (as WCAG asks of graphics); neighbours in the list differ most.
 */
import type { Unit } from './trace';

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

/** Units have colours in the order in which they were made, so that neighbours differ; others are grey. */
export function hasColour({ kind }: Unit): boolean {
  return kind === 'thread' || kind === 'task';
}
