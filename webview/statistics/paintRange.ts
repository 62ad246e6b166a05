/** The range over the chart and the minimap: a band with its length. */
import type { Range } from '../../common/analysis/statistics';
import type { Surface } from '../feature';
import { durationText } from '../timeText';

const GRIP_PIXELS = 22;

export function paintRange(surface: Surface, range: Range): void {
  const { context, x, theme, height, width } = surface;
  const [x0, x1] = [x(range.from), x(range.to)];
  if (x1 < 0 || x0 > width) return;
  paintBand(surface, range);
  // 1. Grips, where the edges can be taken.
  context.fillStyle = theme.focus;
  for (const edge of [x0, x1]) {
    context.fillRect(Math.round(edge), 0, 1, height);
    context.fillRect(Math.round(edge) - 1, height / 2 - GRIP_PIXELS / 2, 3, GRIP_PIXELS);
  }
  // 2. Its length, in a box that stays in view.
  const words = durationText(range.to - range.from);
  context.font = `${theme.fontPixels}px ${theme.font}`;
  context.textBaseline = 'middle';
  const wide = context.measureText(words).width + 12;
  const left = Math.max(2, Math.min(width - wide - 2, (Math.max(0, x0) + Math.min(width, x1)) / 2 - wide / 2));
  const middle = height - 14;
  context.fillStyle = theme.background;
  context.fillRect(left, middle - 9, wide, 18);
  context.strokeStyle = theme.focus;
  context.lineWidth = 1;
  context.strokeRect(left + 0.5, middle - 8.5, wide - 1, 17);
  context.fillStyle = theme.foreground;
  context.fillText(words, left + 6, middle + 0.5);
}

export function paintBand({ context, x, theme, height }: Surface, { from, to }: Range): void {
  context.fillStyle = theme.focus;
  context.globalAlpha = 0.14;
  context.fillRect(x(from), 0, Math.max(1, x(to) - x(from)), height);
  context.globalAlpha = 1;
}
