/** Draws what findings add to the picture. The form tells how grave it is, not the colour alone. */
import type { Severity } from '../common/finding';
import { inkOn } from './colours';
import { type FindingLink, type FindingMark, MARK_RADIUS } from './findingMarks';
import { LANE_HEIGHT } from './lanes';
import type { Theme } from './theme';

export function paintLink(context: CanvasRenderingContext2D, link: FindingLink, theme: Theme): void {
  const colour = severityColour(theme, link.severity);
  if (link.kind === 'unordered') paintStretch(context, link, colour);
  paintCurve(context, link, colour, theme);
}

/** Error: a disc with a sign. Warning: a triangle with one. Info: a ring. */
export function paintFindingMark(context: CanvasRenderingContext2D, mark: FindingMark, theme: Theme): void {
  const { x, y, severity, strong } = mark;
  const colour = severityColour(theme, severity);
  const radius = strong ? MARK_RADIUS + 1 : MARK_RADIUS;
  context.lineWidth = strong ? 4 : 3;
  context.lineJoin = 'round';
  context.strokeStyle = strong ? theme.foreground : theme.background;
  context.fillStyle = severity === 'info' ? theme.background : colour;
  outline(context, x, y, radius, severity);
  context.stroke();
  context.fill();
  if (severity === 'info') {
    context.lineWidth = 2;
    context.strokeStyle = colour;
    outline(context, x, y, radius - 1, severity);
    context.stroke();
    return;
  }
  context.fillStyle = /^#[0-9a-f]{6}$/i.test(colour) ? inkOn(colour) : theme.background;
  const top = severity === 'warning' ? y - 2.5 : y - 3.5;
  context.fillRect(x - 0.9, top, 1.8, 4.5);
  context.fillRect(x - 0.9, top + 5.5, 1.8, 1.8);
}

function outline(context: CanvasRenderingContext2D, x: number, y: number, radius: number, severity: Severity): void {
  context.beginPath();
  if (severity !== 'warning') {
    context.arc(x, y, radius, 0, 2 * Math.PI);
    return;
  }
  context.moveTo(x, y - radius);
  context.lineTo(x + radius, y + radius - 1);
  context.lineTo(x - radius, y + radius - 1);
  context.closePath();
}

/** From the one access to the other, over all lanes between them. */
function paintStretch(context: CanvasRenderingContext2D, { from, to }: FindingLink, colour: string): void {
  const top = Math.min(from.y, to.y) - LANE_HEIGHT / 2;
  const height = Math.abs(from.y - to.y) + LANE_HEIGHT;
  const left = Math.min(from.x, to.x);
  const width = Math.max(1, Math.abs(from.x - to.x));
  context.fillStyle = colour;
  context.globalAlpha = 0.12;
  context.fillRect(left, top, width, height);
  context.globalAlpha = 0.6;
  context.fillRect(left, top, 1, height);
  context.fillRect(left + width, top, 1, height);
  context.globalAlpha = 1;
}

/** Bends to one side of its way, so that there and back are two lines. */
function paintCurve(
  context: CanvasRenderingContext2D,
  { from, to, kind }: FindingLink,
  colour: string,
  theme: Theme,
): void {
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
  const bend = Math.min(60, Math.max(18, length / 3));
  const middle = {
    x: (from.x + to.x) / 2 + ((to.y - from.y) / length) * bend,
    y: (from.y + to.y) / 2 - ((to.x - from.x) / length) * bend,
  };
  for (const [ink, width] of [
    [theme.background, 5],
    [colour, 2],
  ] as const) {
    context.strokeStyle = ink;
    context.lineWidth = width;
    context.beginPath();
    context.moveTo(from.x, from.y);
    context.quadraticCurveTo(middle.x, middle.y, to.x, to.y);
    context.stroke();
  }
  if (kind === 'waitsFor') paintHead(context, middle, to, colour);
}

/** The head of an arrow that comes from `from`, in front of the mark at `to`. */
function paintHead(
  context: CanvasRenderingContext2D,
  from: { readonly x: number; readonly y: number },
  to: { readonly x: number; readonly y: number },
  colour: string,
): void {
  const angle = Math.atan2(to.y - from.y, to.x - from.x);
  const tip = MARK_RADIUS + 3;
  context.save();
  context.translate(to.x, to.y);
  context.rotate(angle);
  context.fillStyle = colour;
  context.beginPath();
  context.moveTo(-tip, 0);
  context.lineTo(-tip - 9, -5);
  context.lineTo(-tip - 9, 5);
  context.fill();
  context.restore();
}

function severityColour(theme: Theme, severity: Severity): string {
  return severity === 'error' ? theme.error : severity === 'warning' ? theme.warning : theme.focus;
}
