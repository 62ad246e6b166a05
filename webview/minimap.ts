/** The whole run in one strip: how much ran when, in the units' colours, and which part of it the chart shows. */
import type { Load } from './load';
import type { Theme } from './theme';
import type { TimeWindow } from './timeWindow';

const HANDLE_PIXELS = 6;
/** A part of the run gets a column of so many pixels. */
export const COLUMN_PIXELS = 6;

export class Minimap {
  private drag: { kind: 'move' | 'from' | 'to'; grip: number } | undefined;
  private extent = 1;
  /** What ran: it is the same from frame to frame while only the window moves. */
  private readonly ground = document.createElement('canvas');
  private groundOf: readonly unknown[] = [];

  constructor(
    private readonly canvas: HTMLCanvasElement,
    private readonly time: TimeWindow,
    private readonly moved: () => void,
  ) {
    canvas.addEventListener('pointerdown', (event) => this.grab(event));
    canvas.addEventListener('pointermove', (event) => this.pull(event));
    canvas.addEventListener('pointerup', () => (this.drag = undefined));
    canvas.addEventListener('pointercancel', () => (this.drag = undefined));
  }

  draw(load: Load, extent: number, theme: Theme, ratio: number): void {
    this.extent = Math.max(1, extent);
    const [width, height] = [this.canvas.clientWidth, this.canvas.clientHeight];
    const [wide, high] = [Math.round(width * ratio), Math.round(height * ratio)];
    if (this.canvas.width !== wide) this.canvas.width = wide;
    if (this.canvas.height !== high) this.canvas.height = high;
    const context = this.canvas.getContext('2d') as CanvasRenderingContext2D;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, width, height);
    // 1. What ran.
    const asked = [load, this.extent, theme, wide, high];
    if (asked.some((value, i) => value !== this.groundOf[i])) this.drawGround(load, theme, ratio, wide, high);
    this.groundOf = asked;
    if (wide > 0 && high > 0) context.drawImage(this.ground, 0, 0, width, height);
    // 2. What the chart does not show, paler; a frame with two handles around what it does.
    const [x0, x1] = this.edges();
    context.fillStyle = theme.background;
    context.globalAlpha = 0.65;
    context.fillRect(0, 0, Math.max(0, x0), height);
    context.fillRect(x1, 0, Math.max(0, width - x1), height);
    context.globalAlpha = 1;
    context.fillStyle = theme.focus;
    context.fillRect(x0, 0, 2, height);
    context.fillRect(x1 - 2, 0, 2, height);
    context.fillRect(x0, 0, x1 - x0, 1);
    context.fillRect(x0, height - 1, x1 - x0, 1);
  }

  /** Stacked by colour; as high as the busiest part. */
  private drawGround(load: Load, theme: Theme, ratio: number, wide: number, high: number): void {
    const { ground } = this;
    [ground.width, ground.height] = [wide, high];
    const [width, height] = [wide / ratio, high / ratio];
    const context = ground.getContext('2d') as CanvasRenderingContext2D;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    const top = Math.max(1, ...load.running);
    const part = ((load.to - load.from) / this.extent / load.running.length) * width;
    for (let i = 0; i < load.running.length; i++) {
      let y = height - 1;
      for (const [place, colour] of load.colours.entries()) {
        const tall = (colour[i] / top) * (height - 4);
        if (tall <= 0) continue;
        context.fillStyle = theme.units[place];
        context.fillRect(i * part, y - tall, Math.max(0.75, part - 1), tall);
        y -= tall;
      }
    }
  }

  /** The shown part in pixels; never too narrow to be seen and taken hold of. */
  private edges(): [number, number] {
    const width = this.canvas.clientWidth;
    const x0 = Math.min(width - 6, Math.max(0, (this.time.from / this.extent) * width));
    const x1 = Math.min(width, Math.max(x0 + 6, (this.time.to / this.extent) * width));
    return [x0, x1];
  }

  private grab(event: PointerEvent): void {
    if (event.button !== 0) return;
    this.canvas.setPointerCapture(event.pointerId);
    const [x0, x1] = this.edges();
    const x = event.offsetX;
    if (x1 - x0 > 3 * HANDLE_PIXELS && Math.abs(x - x0) <= HANDLE_PIXELS) this.drag = { kind: 'from', grip: 0 };
    else if (x1 - x0 > 3 * HANDLE_PIXELS && Math.abs(x - x1) <= HANDLE_PIXELS) this.drag = { kind: 'to', grip: 0 };
    else {
      const at = this.timeOf(x);
      const inside = x >= x0 && x <= x1;
      this.drag = { kind: 'move', grip: inside ? at - this.time.from : this.time.length / 2 };
      if (!inside) this.pull(event);
    }
  }

  private pull(event: PointerEvent): void {
    if (!this.drag) return;
    const at = this.timeOf(event.offsetX);
    const { from, to, length } = this.time;
    if (this.drag.kind === 'move') this.time.set(at - this.drag.grip, at - this.drag.grip + length);
    else if (this.drag.kind === 'from') this.time.set(Math.min(at, to - length * 0.01), to);
    else this.time.set(from, Math.max(at, from + length * 0.01));
    this.moved();
  }

  private timeOf(x: number): number {
    return (x / Math.max(1, this.canvas.clientWidth)) * this.extent;
  }
}
