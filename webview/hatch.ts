/** Hatching for what waits: one pattern a colour, made when it is first needed. */

const SIZE = 7;

export class Hatches {
  private readonly patterns = new Map<string, { pattern: CanvasPattern; shift: number }>();

  constructor(private readonly ratio: number) {}

  /**
   * Lines of the colour on nothing. `shift` moves them with the picture, in pixels, so that they stand still on the bar
   * while it glides.
   */
  pattern(context: CanvasRenderingContext2D, colour: string, shift: number): CanvasPattern | string {
    let known = this.patterns.get(colour);
    if (!known) {
      const pattern = context.createPattern(this.tile(colour), 'repeat');
      // No pattern means no memory for seven pixels; a plain colour still shows where the bar is.
      if (!pattern) return colour;
      known = { pattern, shift: Number.NaN };
      this.patterns.set(colour, known);
    }
    if (known.shift !== shift) {
      known.shift = shift;
      known.pattern.setTransform(new DOMMatrix().translate(shift % SIZE, 0).scale(1 / this.ratio));
    }
    return known.pattern;
  }

  private tile(colour: string): HTMLCanvasElement {
    const tile = document.createElement('canvas');
    const pixels = Math.round(SIZE * this.ratio);
    tile.width = pixels;
    tile.height = pixels;
    const context = tile.getContext('2d') as CanvasRenderingContext2D;
    context.strokeStyle = colour;
    context.lineWidth = 1.6 * this.ratio;
    context.beginPath();
    for (const offset of [-pixels, 0, pixels]) {
      context.moveTo(offset - 1, pixels + 1);
      context.lineTo(offset + pixels + 1, -1);
    }
    context.stroke();
    return tile;
  }
}
