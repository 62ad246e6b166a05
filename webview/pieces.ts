/**
 * What of a track is worth drawing in a window: each row that is wide enough by itself, and what is narrower together
 * with its neighbours. The number of pieces and of steps depends on the pixels, not on the rows.
 */
import type { Track } from './track';

/** Rows [first, last) of a track, seen as one. */
export interface Piece {
  readonly from: number;
  readonly to: number;
  readonly first: number;
  readonly last: number;
}

/** Narrower than this many pixels a row is not told apart from its neighbours. */
export const MERGED_BELOW_PIXELS = 2;

export function piecesOf(track: Track | undefined, from: number, to: number, nanosPerPixel: number): Piece[] {
  const pieces: Piece[] = [];
  if (!track) return pieces;
  const wide = nanosPerPixel * MERGED_BELOW_PIXELS;
  const isWide = (index: number): boolean => track.end(index) - track.start(index) >= wide;
  let first = track.firstEndingAfter(from);
  const stop = track.firstFrom(to, first);
  while (first < stop) {
    let last = first + 1;
    // Each two rounds go on by a pixel at least, since what starts within a pixel of the end is taken in at once.
    while (!isWide(last - 1)) {
      let next = Math.min(stop, track.firstFrom(track.end(last - 1) + nanosPerPixel, last));
      // Rows do not overlap, so only the last of those that start within a pixel can be wide.
      if (next > last && isWide(next - 1)) next--;
      if (next <= last) break;
      last = next;
    }
    pieces.push({ from: track.start(first), to: track.end(last - 1), first, last });
    first = last;
  }
  return pieces;
}
