/** What hands do on the chart: wheel, pinch and drag, by d3-zoom, which knows the differences of devices. */
import { pointer, select } from 'd3-selection';
import { type D3ZoomEvent, zoom, zoomIdentity } from 'd3-zoom';
import type { TimeWindow } from './timeWindow';

/** A transform of 1 shows this many nanoseconds. Fixed, since the run's length changes while it lives. */
const UNIT_NANOS = 1e9;

export interface GestureCallbacks {
  /** The window has changed. */
  moved(): void;
  /** A drag went up or down by so many pixels. */
  scrolled(pixels: number): void;
  /** A button goes down; true when that is meant for somebody else. */
  taken?(event: MouseEvent): boolean;
}

export function addGestures(surface: HTMLElement, time: TimeWindow, callbacks: GestureCallbacks): void {
  const width = (): number => Math.max(1, surface.clientWidth);
  const behaviour = zoom<HTMLElement, unknown>()
    .clickDistance(4)
    .scaleExtent([1e-6, 1e8])
    .extent(() => [
      [0, 0],
      [width(), 1],
    ])
    .filter((event: MouseEvent) => {
      if (event.button || isPan(event) || event.altKey) return false;
      return event.type !== 'mousedown' || !(callbacks.taken?.(event) || event.shiftKey);
    })
    .on('zoom', (event: D3ZoomEvent<HTMLElement, unknown>) => {
      const source = event.sourceEvent as Event | null;
      if (!source) return;
      const nanosPerPixel = UNIT_NANOS / width() / event.transform.k;
      const from = -event.transform.x * nanosPerPixel;
      time.set(from, from + width() * nanosPerPixel);
      if (source instanceof MouseEvent && source.type === 'mousemove') callbacks.scrolled(-source.movementY);
      callbacks.moved();
    });

  // The window moves by keys and by itself, too: each gesture starts from where it is now. Captured, so before d3's own.
  const bring = (): void => {
    const scale = UNIT_NANOS / time.length;
    const transform = zoomIdentity.translate((-time.from * width()) / time.length, 0).scale(scale);
    behaviour.transform(select(surface), transform);
  };
  for (const name of ['mousedown', 'wheel', 'touchstart'])
    surface.addEventListener(name, bring, { capture: true, passive: true });

  select(surface).call(behaviour).on('dblclick.zoom', null);
  surface.addEventListener(
    'wheel',
    (event) => {
      if (!isPan(event)) return;
      event.preventDefault();
      const pixels = (event.deltaX || event.deltaY) * (event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1);
      const shift = (pixels * time.length) / width();
      time.set(time.from + shift, time.to + shift);
      callbacks.moved();
    },
    { passive: false },
  );
}

/** Time under a pointer. */
export function timeAt(event: MouseEvent, surface: HTMLElement, time: TimeWindow): number {
  return time.from + (pointer(event, surface)[0] / Math.max(1, surface.clientWidth)) * time.length;
}

/** Sideways on a touchpad, or the wheel with Shift. */
function isPan(event: MouseEvent): boolean {
  if (!(event instanceof WheelEvent) || event.ctrlKey) return false;
  return event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY);
}
