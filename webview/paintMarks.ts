/** Draws what lies over the bars: frames around what is selected, arrows, and the lines of now and of the pointer. */
import type { Scene } from './paint';
import type { Theme } from './theme';

/** A line from what was released to what it woke. In pixels of the canvas. */
export interface Arrow {
  readonly fromX: number;
  readonly fromY: number;
  readonly toX: number;
  readonly toY: number;
  readonly strong: boolean;
}

/** A stretch of a lane with a frame around it. In pixels of the canvas. */
export interface Frame {
  readonly x0: number;
  readonly x1: number;
  readonly y: number;
  readonly height: number;
  /** selected: what the details tell of. focused: where the keyboard is. held: who held what the selected wait is for. */
  readonly kind: 'selected' | 'focused' | 'held';
}

export function paintFrame(context: CanvasRenderingContext2D, frame: Frame, theme: Theme): void {
  context.strokeStyle = frame.kind === 'held' ? theme.warning : theme.focus;
  context.lineWidth = frame.kind === 'focused' ? 1 : 2;
  context.setLineDash(frame.kind === 'focused' ? [3, 2] : []);
  if (frame.kind === 'held') {
    context.beginPath();
    context.moveTo(frame.x0, frame.y + frame.height + 2);
    context.lineTo(Math.max(frame.x1, frame.x0 + 2), frame.y + frame.height + 2);
    context.stroke();
  } else {
    context.beginPath();
    context.roundRect(frame.x0 - 1, frame.y - 1, Math.max(frame.x1 - frame.x0, 2) + 2, frame.height + 2, 3);
    context.stroke();
  }
  context.setLineDash([]);
}

export function paintLines(context: CanvasRenderingContext2D, scene: Scene): void {
  if (!Number.isNaN(scene.nowX)) {
    context.fillStyle = scene.theme.focus;
    context.fillRect(scene.nowX - 1, 0, 2, scene.height);
  }
  if (Number.isNaN(scene.cursorX)) return;
  context.fillStyle = scene.theme.focus;
  context.globalAlpha = 0.7;
  context.fillRect(Math.round(scene.cursorX), 0, 1, scene.height);
  context.globalAlpha = 1;
}

export function paintArrow(context: CanvasRenderingContext2D, arrow: Arrow, theme: Theme): void {
  const { fromX, fromY, toX, toY } = arrow;
  const down = Math.sign(toY - fromY) || 1;
  const bend = Math.max(14, Math.min(48, Math.abs(toX - fromX) / 2));
  context.globalAlpha = arrow.strong ? 1 : 0.7;
  // A line of the ground around it keeps it apart from the bars that it crosses.
  for (const [colour, width] of [
    [theme.background, 4],
    [theme.foreground, 1.5],
  ] as const) {
    context.strokeStyle = colour;
    context.lineWidth = width;
    context.beginPath();
    context.moveTo(fromX, fromY);
    context.bezierCurveTo(
      fromX + bend * 0.2,
      fromY + (toY - fromY) * 0.5,
      toX - bend * 0.2,
      toY - (toY - fromY) * 0.35,
      toX,
      toY - down * 5,
    );
    context.stroke();
  }
  context.fillStyle = theme.foreground;
  context.beginPath();
  context.arc(fromX, fromY, 2.5, 0, 7);
  context.moveTo(toX, toY);
  context.lineTo(toX - 4, toY - down * 7);
  context.lineTo(toX + 4, toY - down * 7);
  context.fill();
  context.globalAlpha = 1;
}
