/**
 * What a lane shows at each pixel: the kind of stretch that covers most of it. Cost and output depend on pixels, however
 * many stretches there are.
 */

/** A run of pixels that show the same: kind from 1, 0 is nothing. */
export interface PixelRun {
  readonly kind: number;
  readonly from: number;
  readonly to: number;
}

export class Coverage {
  private readonly covered: Float32Array;

  /** `kinds` is the largest kind that will be added. */
  constructor(
    private readonly pixels: number,
    private readonly kinds: number,
  ) {
    this.covered = new Float32Array(pixels * kinds);
  }

  /** Adds a stretch of a kind (from 1) between two places in pixels. */
  add(kind: number, from: number, to: number): void {
    const start = Math.max(0, from);
    const end = Math.min(this.pixels, to);
    for (let pixel = Math.floor(start); pixel < end; pixel++) {
      const at = pixel * this.kinds + kind - 1;
      this.covered[at] = (this.covered[at] as number) + Math.min(end, pixel + 1) - Math.max(start, pixel);
    }
  }

  /** Shows between two places in pixels what another lane shows there. */
  copy(other: Coverage, from: number, to: number): void {
    const [start, end] = [
      Math.max(0, Math.floor(from)),
      Math.min(this.pixels, Math.max(Math.ceil(to), Math.floor(from) + 1)),
    ];
    this.covered.set(other.covered.subarray(start * this.kinds, end * this.kinds), start * this.kinds);
  }

  *runs(): Generator<PixelRun> {
    let from = 0;
    let kind = this.kindAt(0);
    for (let pixel = 1; pixel <= this.pixels; pixel++) {
      const next = pixel < this.pixels ? this.kindAt(pixel) : -1;
      if (next === kind) continue;
      if (kind !== 0) yield { kind, from, to: pixel };
      from = pixel;
      kind = next;
    }
  }

  /** Anything at all is shown, however short; only among several does the longest win. */
  private kindAt(pixel: number): number {
    let best = 0;
    let most = 0;
    for (let kind = 0; kind < this.kinds; kind++) {
      const covered = this.covered[pixel * this.kinds + kind] as number;
      if (covered > most) {
        most = covered;
        best = kind + 1;
      }
    }
    return best;
  }
}
