/** What the pointer does on the chart: it says what is below it, selects, zooms into what is merged, opens lines. */
import type { Chart, ChartState } from './chart';
import type { Choices } from './choices';
import { describe } from './describe';
import type { Feature } from './feature';
import { timeAt } from './gestures';
import type { Selection } from './selection';
import type { Store } from './store';
import type { TimeWindow } from './timeWindow';
import { Tooltip } from './tooltip';

const ZOOM_INTO_MERGED = 4;

export interface PointingCallbacks {
  /** Something has to be drawn again. */
  changed(): void;
  opened(selection: Selection | undefined): void;
}

export class Pointing {
  /** What is below the pointer. */
  hovered: Selection | undefined;
  private pointer: { x: number; y: number; clientX: number; clientY: number } | undefined;
  private readonly tooltip: Tooltip;

  constructor(
    private readonly canvas: HTMLCanvasElement,
    tooltip: HTMLElement,
    private readonly store: Store,
    private readonly chart: Chart,
    private readonly choices: Choices,
    private readonly time: TimeWindow,
    private readonly features: () => readonly Feature[],
    private readonly callbacks: PointingCallbacks,
  ) {
    this.tooltip = new Tooltip(tooltip);
    canvas.addEventListener('mousemove', (event) => {
      this.pointer = { x: event.offsetX, y: event.offsetY, clientX: event.clientX, clientY: event.clientY };
      this.isTaken(event);
      callbacks.changed();
    });
    canvas.addEventListener('mouseleave', () => {
      this.pointer = undefined;
      callbacks.changed();
    });
    canvas.addEventListener('mousedown', () => canvas.focus({ preventScroll: true }));
    canvas.addEventListener('mouseup', (event) => this.isTaken(event));
    canvas.addEventListener('click', (event) => this.click(event));
    canvas.addEventListener('dblclick', (event) => this.doubleClick(event));
  }

  /** Pixels from the left edge, NaN when it is elsewhere. */
  get x(): number {
    return this.pointer?.x ?? Number.NaN;
  }

  /** Time below the pointer, NaN when it is elsewhere. */
  get pointedTime(): number {
    return this.time.from + (this.x / Math.max(1, this.canvas.clientWidth)) * this.time.length;
  }

  /** Whether a feature takes it for itself. */
  isTaken(event: MouseEvent): boolean {
    const at = timeAt(event, this.canvas, this.time);
    return this.features().some((feature) => feature.pointer?.(event, at));
  }

  /** Finds out what is below the pointer in a picture, and says it. */
  hover(state: ChartState): void {
    const { pointer } = this;
    const hit = pointer && this.chart.hit(pointer.x, pointer.y, state);
    const selection = hit?.selection;
    this.hovered = selection;
    this.canvas.classList.toggle('on-bar', selection !== undefined);
    const onBand = hit?.lane?.kind === 'band' ? this.chart.loadAt(this.pointedTime) : undefined;
    const description = selection ? describe(this.store, selection, state.now) : onBand;
    if (description && pointer) this.tooltip.show(description, pointer.clientX, pointer.clientY);
    else this.tooltip.hide();
  }

  private click(event: MouseEvent): void {
    const { drawn } = this.choices;
    if (!drawn || this.isTaken(event)) return;
    const { selection, lane, from } = this.chart.hit(event.offsetX, event.offsetY, drawn);
    if (lane?.kind === 'folded') this.choices.toggle(lane);
    else this.choices.select(selection, lane?.key ?? '', from);
  }

  private doubleClick(event: MouseEvent): void {
    const { drawn } = this.choices;
    if (!drawn) return;
    const { selection } = this.chart.hit(event.offsetX, event.offsetY, drawn);
    if (selection?.kind !== 'merged') {
      this.callbacks.opened(selection);
      return;
    }
    this.time.zoom(timeAt(event, this.canvas, this.time), ZOOM_INTO_MERGED);
    this.callbacks.changed();
  }
}
