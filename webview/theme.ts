/** The colours and fonts of the picture: VS Code's own, read where CSS has resolved them. */
import { GREY, PALETTES, type ThemeKind } from '../common/palette';
import { inkOn } from './colours';

export interface Theme {
  readonly kind: ThemeKind;
  readonly background: string;
  readonly foreground: string;
  readonly muted: string;
  /** Between lanes, and for the grid of times. */
  readonly line: string;
  /** Behind the lane with the selection. */
  readonly selectedLane: string;
  readonly focus: string;
  readonly error: string;
  readonly warning: string;
  readonly font: string;
  readonly fontPixels: number;
  /** Colours of units by place in the palette. */
  readonly units: readonly string[];
  readonly grey: string;
}

export function readTheme(root: HTMLElement): Theme {
  const style = getComputedStyle(root);
  const colour = (name: string): string => style.getPropertyValue(`--interleave-${name}`).trim();
  const kind = themeKind();
  return {
    kind,
    background: colour('background'),
    foreground: colour('foreground'),
    muted: colour('muted'),
    line: colour('line'),
    selectedLane: colour('selected-lane'),
    focus: colour('focus'),
    error: colour('error'),
    warning: colour('warning'),
    font: style.fontFamily,
    fontPixels: 11,
    units: PALETTES[kind],
    grey: GREY[kind],
  };
}

/** Colour of a place in the palette, and black or white to write on it. */
export function unitColour(theme: Theme, place: number): string {
  return place < 0 ? theme.grey : theme.units[place];
}

export function inkOf(theme: Theme, place: number): string {
  return inkOn(unitColour(theme, place));
}

/** Calls back when the user changes the theme; VS Code then changes the body's class and the root's variables. */
export function onThemeChanged(changed: () => void): void {
  const observer = new MutationObserver(changed);
  observer.observe(document.body, {
    attributes: true,
    attributeFilter: ['class', 'data-vscode-theme-kind', 'data-vscode-theme-id'],
  });
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['style', 'class'] });
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', changed);
}

function themeKind(): ThemeKind {
  const classes = document.body.classList;
  if (classes.contains('vscode-high-contrast-light')) return 'highContrastLight';
  if (classes.contains('vscode-high-contrast')) return 'highContrast';
  if (classes.contains('vscode-light')) return 'light';
  if (classes.contains('vscode-dark')) return 'dark';
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}
