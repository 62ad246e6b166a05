/** Bars as SVG shapes: the forms that the painter draws on the canvas. Pure. */
import { escapeXml } from '../../common/escapeXml';
import { type Bar, SHARE_PIXELS } from '../bars';
import { inkOf, type Theme, unitColour } from '../theme';

const HATCH = 7;

/** A pattern of lines for each colour of the palette, and for grey (-1). */
export function hatches(theme: Theme): string {
  return [-1, ...theme.units.keys()]
    .map((place) => {
      const line = `<path d="M-1 8L8 -1M-8 8L1 -1M6 8L15 -1" stroke="${unitColour(theme, place)}" stroke-width="1.6"/>`;
      return `<pattern id="hatch${place}" width="${HATCH}" height="${HATCH}" patternUnits="userSpaceOnUse">${line}</pattern>`;
    })
    .join('');
}

/** `laneTop` is the top of the bar's lane, in pixels of the chart. */
export function barShapes(bar: Bar, laneTop: number, theme: Theme): readonly string[] {
  const y = laneTop + bar.top;
  const { x0, height } = bar;
  const width = bar.x1 - x0;
  const colour = unitColour(theme, bar.colour);
  const rim = bordered(theme) && width > 3 ? [outline(bar, y, theme.foreground, 1)] : [];
  switch (bar.form) {
    case 'alive':
      return [rect(x0, y, width, height, colour, 0.45)];
    case 'running':
      if (bar.shares) return sharesUp(bar, bar.shares, y, colour, theme);
      return [rect(x0, y, Math.max(1, width - (width > 4 ? 1 : 0)), height, colour, 1, 2), ...rim];
    case 'ready':
    case 'queued':
      return [rect(x0, y, width, height, colour, 0.75)];
    case 'gil':
      return [rect(x0, y - 1, width, 2, colour, 0.75), rect(x0, y + 3, width, 2, colour, 0.75)];
    case 'blocked':
      return width > 3 ? [outline(bar, y, colour, 0.6)] : [];
    case 'waiting':
    case 'idle':
      return bar.shares ? sharesDown(bar, bar.shares, y, colour, theme) : waiting(bar, y, colour, theme);
    case 'function':
      return [rect(x0, y, Math.max(1, width - 0.5), height, colour, bar.count > 1 ? 0.25 : 0.4, 2), ...rim];
    case 'mark': {
      const middle = round((x0 + bar.x1) / 2);
      return [`<path d="M${middle - 4} ${y + 1}l8 8m0 -8l-8 8" stroke="${theme.error}" stroke-width="2" fill="none"/>`];
    }
    case 'note':
      return [];
    default:
      return bar.form satisfies never;
  }
}

/** The words on a bar, '' for none; `shorten` makes them as long as there is room. */
export function barText(
  bar: Bar,
  laneTop: number,
  theme: Theme,
  shorten: (words: string, room: number) => string,
): string {
  const words = bar.text === '' ? '' : shorten(bar.text, bar.textWidth);
  if (words === '') return '';
  const isOnColour = bar.form === 'running' && !bar.shares;
  const isPlain = isOnColour || bar.form === 'function' || bar.form === 'mark' || bar.form === 'note';
  const muted = bar.form === 'idle' || bar.form === 'note' ? theme.muted : theme.foreground;
  const colour = isOnColour ? inkOf(theme, bar.colour) : bar.form === 'mark' ? theme.error : muted;
  // A rim of the ground around the letters, else the lines run through them.
  const rim = isPlain
    ? ''
    : ` stroke="${theme.background}" stroke-width="3.5" stroke-linejoin="round" paint-order="stroke"`;
  const y = round(laneTop + bar.top + bar.height / 2 + theme.fontPixels * 0.36);
  return `<text x="${round(bar.textFrom)}" y="${y}" fill="${colour}"${rim}>${escapeXml(words)}</text>`;
}

function waiting(bar: Bar, y: number, colour: string, theme: Theme): readonly string[] {
  const width = bar.x1 - bar.x0;
  const isIdle = bar.form === 'idle';
  return [
    // What was drawn below must not shine through.
    ...(isIdle ? [] : [rect(bar.x0, y, width, bar.height, theme.background, 1)]),
    rect(bar.x0, y, width, bar.height, colour, isIdle ? 0.1 : 0.16, 2),
    rect(bar.x0, y, width, bar.height, `url(#hatch${bar.colour})`, isIdle ? 0.28 : 0.6, 2),
    ...(width > 3 ? [outline(bar, y, colour, isIdle ? 0.35 : 0.85)] : []),
  ];
}

/** Too narrow to be told apart: as high as the part of the time that they take, on a pale ground. */
function sharesUp(bar: Bar, shares: Float32Array, y: number, colour: string, theme: Theme): readonly string[] {
  const shapes = [rect(bar.x0, y, bar.x1 - bar.x0, bar.height, colour, 0.18)];
  for (const [i, share] of shares.entries()) {
    if (share <= 0) continue;
    const left = Math.max(bar.x0, 0) + i * SHARE_PIXELS;
    const high = Math.max(1.5, Math.min(1, share) * bar.height);
    const fill = bar.columnColours ? unitColour(theme, bar.columnColours[i]) : colour;
    shapes.push(rect(left, y + bar.height - high, Math.min(SHARE_PIXELS, bar.x1 - left), high, fill, 0.85));
  }
  return shapes;
}

/** Waits hang down, so that running stands below. */
function sharesDown(bar: Bar, shares: Float32Array, y: number, colour: string, theme: Theme): readonly string[] {
  const columns = Array.from(shares, (share, i) => {
    const left = Math.max(bar.x0, 0) + i * SHARE_PIXELS;
    const width = Math.max(0, Math.min(SHARE_PIXELS, bar.x1 - left));
    const high = Math.max(1.5, Math.min(1, share) * bar.height);
    return `M${round(left)} ${y}h${round(width)}v${round(high)}h${round(-width)}z`;
  }).join('');
  return [
    rect(bar.x0, y, bar.x1 - bar.x0, bar.height, theme.background, 1),
    `<path d="${columns}" fill="${colour}" fill-opacity="0.2"/>`,
    `<path d="${columns}" fill="url(#hatch${bar.colour})" fill-opacity="${bar.form === 'idle' ? 0.28 : 0.6}"/>`,
  ];
}

function rect(x: number, y: number, width: number, height: number, fill: string, opacity: number, radius = 0): string {
  const corners = radius > 0 && width >= 4 ? ` rx="${radius}"` : '';
  const pale = opacity < 1 ? ` fill-opacity="${opacity}"` : '';
  return `<rect x="${round(x)}" y="${round(y)}" width="${round(Math.max(0, width))}" height="${round(height)}"${corners} fill="${fill}"${pale}/>`;
}

function outline(bar: Bar, y: number, colour: string, opacity: number): string {
  const width = round(Math.max(1, bar.x1 - bar.x0 - 1));
  const place = `x="${round(bar.x0 + 0.5)}" y="${round(y + 0.5)}" width="${width}" height="${round(bar.height - 1)}"`;
  return `<rect ${place} rx="2" fill="none" stroke="${colour}" stroke-opacity="${opacity}"/>`;
}

function bordered(theme: Theme): boolean {
  return theme.kind === 'highContrast' || theme.kind === 'highContrastLight';
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
