/** When a track has rows, those together that are less than a gap apart. Pure; costs gaps, not rows. */
import type { Strip } from './strips';

/** As much of a track as this asks for. */
export interface TouchedTrack {
  readonly length: number;
  start(index: number): number;
  end(index: number): number;
  firstEndingAfter(time: number): number;
}

export interface Touched extends Strip {
  /** Rows in it. */
  readonly count: number;
}

/** Stretches of time in order, at least a gap apart from each other. */
export function touched(track: TouchedTrack, from: number, to: number, gap: number): Touched[] {
  const found: Touched[] = [];
  let index = track.firstEndingAfter(from);
  while (index < track.length && track.start(index) < to) {
    const first = index;
    let end = track.end(index);
    for (;;) {
      // What ends within a gap is taken in at once; the row after that goes on with it when it begins within one.
      const next = nextEndingAfter(track, index, end + gap);
      if (next - 1 > index) end = track.end(next - 1);
      index = next;
      if (next >= track.length || track.start(next) > end + gap || end > to) break;
      end = track.end(next);
    }
    found.push({ from: track.start(first), to: end, count: index - first });
  }
  return found;
}

/** The first index after this one whose row ends after a time: in ever larger steps, since it is near. */
function nextEndingAfter(track: TouchedTrack, index: number, time: number): number {
  let step = 1;
  let low = index + 1;
  while (low + step < track.length && track.end(low + step) <= time) {
    low += step;
    step *= 2;
  }
  let high = Math.min(track.length, low + step);
  while (low < high) {
    const middle = (low + high) >> 1;
    if (track.end(middle) <= time) low = middle + 1;
    else high = middle;
  }
  return low;
}
