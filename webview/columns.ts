/** Columns of merged bars as they are drawn: those of one height and colour next to each other are one block. Pure. */
import { type Bar, SHARE_PIXELS } from './bars';

/** Pixels from the left edge, on the edges of the screen's own pixels, where a canvas draws fastest. */
export interface Block {
  readonly from: number;
  readonly to: number;
  readonly height: number;
  /** Place in the palette. */
  readonly colour: number;
}

/** A column in which anything was is seen, however little. */
const LEAST_PIXELS = 1.5;

/** `ratio` is how many pixels of the screen make one of the page. */
export function blocksOf({ x0, x1, height, colour, shares, columnColours }: Bar, ratio: number): Block[] {
  const blocks: Block[] = [];
  const snapped = (pixels: number): number => Math.round(pixels * ratio) / ratio;
  const left = Math.max(x0, 0);
  let last: { from: number; to: number; height: number; colour: number } | undefined;
  for (let i = 0; shares && i < shares.length; i++) {
    if (shares[i] <= 0) {
      last = undefined;
      continue;
    }
    const to = snapped(Math.min(left + (i + 1) * SHARE_PIXELS, x1));
    const high = snapped(Math.max(LEAST_PIXELS, Math.min(1, shares[i]) * height));
    const place = columnColours ? columnColours[i] : colour;
    if (last && last.height === high && last.colour === place) {
      last.to = to;
      continue;
    }
    const from = snapped(left + i * SHARE_PIXELS);
    last = { from, to: Math.max(to, from + 1 / ratio), height: high, colour: place };
    blocks.push(last);
  }
  return blocks;
}
