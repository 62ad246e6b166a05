/** Marks and notes as lines over the picture, their words where there is room. Pure but for the painting. */
import type { Surface } from '../feature';

export interface Flag {
  readonly time: number;
  readonly words: string;
  /** The program's own, or the reader's. */
  readonly kind: 'mark' | 'note';
}

/** A flag with its place in pixels; `room` is what its words have. */
export interface PlacedFlag extends Flag {
  readonly x: number;
  readonly room: number;
  /** How many stand so close that they are drawn as this one. */
  readonly count: number;
}

const CLOSE_PIXELS = 3;
const LEAST_ROOM = 24;
const HEIGHT = 14;

/** The first index whose flag is at this time or later. */
function firstFrom(flags: readonly Flag[], time: number): number {
  let low = 0;
  let high = flags.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((flags[middle] as Flag).time < time) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Those in view, in the order of time as they are given; what is under three pixels from the last one joins it. */
export function placeFlags(
  flags: readonly Flag[],
  { from, to, width }: { readonly from: number; readonly to: number; readonly width: number },
): readonly PlacedFlag[] {
  const perPixel = (to - from) / width;
  const placed: (Flag & { x: number; count: number })[] = [];
  for (let i = firstFrom(flags, from); i < flags.length; i++) {
    const flag = flags[i] as Flag;
    if (flag.time > to) break;
    const x = (flag.time - from) / perPixel;
    const last = placed.at(-1);
    if (last && x - last.x < CLOSE_PIXELS) {
      // All that join it are found by binary search: the cost follows pixels.
      const next = Math.max(i + 1, firstFrom(flags, from + (last.x + CLOSE_PIXELS) * perPixel));
      last.count += next - i;
      i = next - 1;
      continue;
    }
    placed.push({ ...flag, x, count: 1 });
  }
  return placed.map((flag, i) => ({ ...flag, room: (placed[i + 1]?.x ?? width) - flag.x - 4 }));
}

export function paintFlags({ context, theme, height }: Surface, flags: readonly PlacedFlag[]): void {
  context.font = `${theme.fontPixels}px ${theme.font}`;
  context.textBaseline = 'middle';
  for (const { x, words, kind, room, count } of flags) {
    const at = Math.round(x);
    context.fillStyle = kind === 'note' ? theme.focus : theme.foreground;
    context.globalAlpha = kind === 'note' ? 0.8 : 0.5;
    for (let y = 0; y < height; y += kind === 'note' ? 6 : 1) context.fillRect(at, y, 1, kind === 'note' ? 3 : 1);
    context.globalAlpha = 1;
    // A flag for a note, a small triangle for a mark.
    context.beginPath();
    context.moveTo(at, 0);
    context.lineTo(at + (kind === 'note' ? 9 : 5), kind === 'note' ? 4 : 0);
    context.lineTo(at, kind === 'note' ? 8 : 6);
    context.fill();
    const text = count > 1 ? `${words} +${count - 1}` : words;
    if (!text || room < LEAST_ROOM) continue;
    context.save();
    context.beginPath();
    context.rect(at + 10, 0, room - 8, HEIGHT + 2);
    context.clip();
    const wide = context.measureText(text).width;
    context.fillStyle = theme.background;
    context.globalAlpha = 0.85;
    context.fillRect(at + 11, 1, wide + 4, HEIGHT);
    context.globalAlpha = 1;
    context.fillStyle = theme.foreground;
    context.fillText(text, at + 13, 1 + HEIGHT / 2);
    context.restore();
  }
}
