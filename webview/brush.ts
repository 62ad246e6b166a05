/**
 * Fills and outlines of bars that do not overlap are drawn as one path for each style: a canvas without a graphics card
 * takes as long for the call as for the pixels. Styles lie above each other as they were first asked for, outlines on top.
 */
type Paint = string | CanvasPattern;

interface Stroke {
  readonly style: Paint;
  readonly alpha: number;
  readonly path: Path2D;
}

/** In a narrower one a rounded corner would not be seen. */
const ROUND_FROM_PIXELS = 4;

export class Brush {
  private fills: Stroke[] = [];
  private lines: Stroke[] = [];

  constructor(private readonly context: CanvasRenderingContext2D) {}

  rect(style: Paint, alpha: number, x: number, y: number, width: number, height: number): void {
    pathOf(this.fills, style, alpha).rect(x, y, width, height);
  }

  round(style: Paint, alpha: number, x: number, y: number, width: number, height: number): void {
    const path = pathOf(this.fills, style, alpha);
    if (width < ROUND_FROM_PIXELS) path.rect(x, y, width, height);
    else path.roundRect(x, y, width, height, 2);
  }

  /** A line of one pixel inside of the rectangle. */
  outline(style: string, alpha: number, x: number, y: number, width: number, height: number, radius: number): void {
    pathOf(this.lines, style, alpha).roundRect(x + 0.5, y + 0.5, Math.max(1, width - 1), height - 1, radius);
  }

  /** Draws what was asked for: before anything that overlaps it, and at the end. */
  flush(): void {
    const { context, fills, lines } = this;
    for (const { style, alpha, path } of fills) {
      context.globalAlpha = alpha;
      context.fillStyle = style;
      context.fill(path);
    }
    for (const { style, alpha, path } of lines) {
      context.globalAlpha = alpha;
      context.strokeStyle = style;
      context.lineWidth = 1;
      context.stroke(path);
    }
    context.globalAlpha = 1;
    this.fills = [];
    this.lines = [];
  }
}

function pathOf(strokes: Stroke[], style: Paint, alpha: number): Path2D {
  for (const stroke of strokes) if (stroke.style === style && stroke.alpha === alpha) return stroke.path;
  const path = new Path2D();
  strokes.push({ style, alpha, path });
  return path;
}
