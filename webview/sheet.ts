/**
 * The sheet on which a layout puts its bars. Times become pixels here and nowhere else; all that it does for a bar costs
 * its pixels, not its rows.
 */
import { type Bar, type Form, type MergedWhat, PLACES, SHARE_PIXELS, type Source, type View } from './bars';
import { type Piece, piecesOf } from './pieces';
import type { Store } from './store';
import type { Track } from './track';

/** A bar before it has a place: a stretch of time and what it says. */
export interface Stretch {
  readonly form: Form;
  readonly from: number;
  readonly to: number;
  readonly lane: number;
  readonly colour: number;
  readonly source: Source;
  readonly count?: number;
  readonly shares?: Float32Array;
  readonly place?: { readonly top: number; readonly height: number };
}

const TEXT_PADDING = 5;
/** Below this no words are tried. */
const TEXT_FROM_PIXELS = 22;
/** Of a name that is cut this much is left, or it says nothing. */
const LEAST_CHARACTERS = 5;

export class Sheet {
  readonly bars: Bar[] = [];
  readonly nanosPerPixel: number;
  /** Where what goes on ends: now, or the edge. */
  readonly end: number;

  constructor(
    readonly store: Store,
    readonly view: View,
    readonly now: number,
    /** Mean width of a character in pixels. */
    private readonly characterWidth: number,
  ) {
    this.nanosPerPixel = (view.to - view.from) / Math.max(1, view.width);
    this.end = Math.min(view.to, now);
  }

  x(time: number): number {
    return (time - this.view.from) / this.nanosPerPixel;
  }

  add(stretch: Stretch): Bar {
    const { form, lane, colour, source, count = 1, shares, place = PLACES[form] } = stretch;
    // Two pixels beyond the edges: enough to hide the ends, and no number that a canvas cannot take.
    const x0 = Math.max(-2, this.x(stretch.from));
    const x1 = Math.min(this.view.width + 2, Math.max(this.x(stretch.to), this.x(stretch.from) + 1));
    const words = { text: '', textFrom: 0, textWidth: 0 };
    const bar: Bar = { form, lane, x0, x1, ...place, colour, count, source, ...words, ...(shares ? { shares } : {}) };
    this.bars.push(bar);
    return bar;
  }

  /** The same again over a part of it. */
  addPart(bar: Bar, x0: number, x1: number, source: Source): Bar {
    const part: Bar = { ...bar, x0, x1, source, text: '' };
    this.bars.push(part);
    return part;
  }

  isInView(from: number, to: number): boolean {
    return from < this.view.to && to > this.view.from;
  }

  pieces(track: Track | undefined): Piece[] {
    return piecesOf(track, this.view.from, this.view.to, this.nanosPerPixel);
  }

  hasRoom(bar: Bar): boolean {
    return Math.min(bar.x1, this.view.width) - Math.max(bar.x0, 0) >= TEXT_FROM_PIXELS;
  }

  /** Writes the first of the variants for which there is room, else what fits of the last. */
  putText(bar: Bar, variants: readonly string[], x0 = bar.x0, x1 = bar.x1): void {
    if (!this.hasRoom(bar)) return;
    const from = Math.max(x0, 0) + TEXT_PADDING;
    const width = Math.min(x1, this.view.width) - from - 2;
    const last = variants.at(-1) ?? '';
    const text = variants.find((variant) => variant.length * this.characterWidth <= width) ?? last;
    if (width < this.characterWidth * Math.min(LEAST_CHARACTERS, text.length)) return;
    bar.text = text;
    bar.textFrom = from;
    bar.textWidth = width;
  }

  /** The part of each column that the rows of a piece cover. */
  shares(track: Track, piece: Piece): Float32Array {
    const until = Math.min(this.view.to, piece.to);
    const { from, length, count } = this.columns(piece);
    const covered = track.coveredParts(from, length, count, until);
    return Float32Array.from(covered, (nanos, i) => {
      const start = from + i * length;
      return nanos / Math.max(Math.min(until, start + length) - start, this.nanosPerPixel);
    });
  }

  /** Who was there in the middle of each column, or next. */
  columnColours(track: Track, piece: Piece, colour: (row: number) => number): Int8Array {
    const { from, length, count } = this.columns(piece);
    const colours = new Int8Array(count);
    for (let i = 0, index = piece.first; i < count; i++) {
      index = Math.min(track.firstEndingAfter(from + (i + 0.5) * length, index), piece.last - 1);
      colours[i] = colour(track.rows[index]);
    }
    return colours;
  }

  /** The columns of a piece, as far as it is in view: the first one's begin, their length in time, and their number. */
  private columns(piece: Piece): { from: number; length: number; count: number } {
    const from = Math.max(this.view.from, piece.from);
    const length = SHARE_PIXELS * this.nanosPerPixel;
    return { from, length, count: Math.max(1, Math.ceil((Math.min(this.view.to, piece.to) - from) / length)) };
  }
}

export function isOne(piece: Piece): boolean {
  return piece.last === piece.first + 1;
}

export function merged(what: MergedWhat, piece: Piece): Source {
  return { kind: 'merged', what, count: piece.last - piece.first, from: piece.from, to: piece.to };
}

/** Row of the longest of the first rows of a piece; it gives a merged piece its colour. */
export function longestRow(track: Track, piece: Piece): number {
  let longest = piece.first;
  // Sixteen, since looking at all of them would make the cost depend on the rows.
  for (let i = piece.first + 1; i < Math.min(piece.last, piece.first + 16); i++) {
    if (track.end(i) - track.start(i) > track.end(longest) - track.start(longest)) longest = i;
  }
  return track.rows[longest];
}
