/** Hatching for what waits: one pattern a look, made when it is first needed. */

const SIZE = 7;

/** What is in a tile: lines of the colour over a tint of it, over the ground. */
export interface Look {
  readonly colour: string;
  /** '' when what lies below shines through. */
  readonly ground: string;
  /** How strong the tint and the lines are, 0 to 1. */
  readonly tint: number;
  readonly lines: number;
}

export class Hatches {
  private readonly patterns = new Map<string, { pattern: CanvasPattern; shift: number }>();

  constructor(private readonly ratio: number) {}

  /**
   * All of a look at once, to be filled in one go. `shift` moves it with the picture, in pixels, so that it stands still on
   * the bar while it glides; by whole pixels of the screen, which is drawn fastest.
   */
  pattern(context: CanvasRenderingContext2D, look: Look, shift: number): CanvasPattern | string {
    const key = `${look.colour} ${look.ground} ${look.tint} ${look.lines}`;
    let known = this.patterns.get(key);
    if (!known) {
      const pattern = context.createPattern(this.tile(look), 'repeat');
      // No pattern means no memory for seven pixels; a plain colour still shows where the bar is.
      if (!pattern) return look.colour;
      known = { pattern, shift: Number.NaN };
      this.patterns.set(key, known);
    }
    if (known.shift !== shift) {
      known.shift = shift;
      known.pattern.setTransform(
        new DOMMatrix().scale(1 / this.ratio).translate(Math.round((shift % SIZE) * this.ratio), 0),
      );
    }
    return known.pattern;
  }

  private tile({ colour, ground, tint, lines }: Look): HTMLCanvasElement {
    const tile = document.createElement('canvas');
    const pixels = Math.round(SIZE * this.ratio);
    tile.width = pixels;
    tile.height = pixels;
    const context = tile.getContext('2d') as CanvasRenderingContext2D;
    if (ground !== '') {
      context.fillStyle = ground;
      context.fillRect(0, 0, pixels, pixels);
    }
    context.globalAlpha = tint;
    context.fillStyle = colour;
    context.fillRect(0, 0, pixels, pixels);
    context.globalAlpha = lines;
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
