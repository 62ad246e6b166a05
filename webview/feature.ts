/**
 * A part of the panel that adds to what one can do with the timeline: search, statistics, notes. Features know the parts
 * of the panel by `Instrument` and do not know each other; `features.ts` lists them.
 */
import type { HostMessage } from '../common/protocol';
import type { Site } from '../common/trace';
import type { Chart } from './chart';
import type { Choices } from './choices';
import type { Command } from './command';
import type { Foot } from './foot';
import type { Host } from './host';
import type { Panel } from './panel';
import type { Store } from './store';
import type { Theme } from './theme';
import type { TimeWindow } from './timeWindow';

/** What a feature may use. */
export interface Instrument {
  readonly panel: Panel;
  readonly store: Store;
  readonly chart: Chart;
  readonly choices: Choices;
  readonly time: TimeWindow;
  readonly host: Host;
  readonly foot: Foot;
  /** Time under the pointer; NaN when it is not over the chart. */
  pointerTime(): number;
  /** Latest time of the picture. */
  now(): number;
  /** Draws all again, soon. */
  changed(): void;
  /** Shows a line of code in the editor. */
  open(site: Site): void;
  /** Tells readers of the screen. */
  say(words: string): void;
}

/** A canvas on which a feature draws over what is there, in CSS pixels. */
export interface Surface {
  readonly context: CanvasRenderingContext2D;
  readonly width: number;
  readonly height: number;
  readonly theme: Theme;
  /** Pixels from the left edge. */
  x(time: number): number;
}

export interface Feature {
  readonly commands?: readonly Command[];
  /** What is kept while the page is hidden; JSON. */
  readonly kept?: { readonly name: string; save(): unknown; restore(value: unknown): void };
  /** Draws over the bars, below frames, arrows and marks; `scrollTop` is that of the lanes. */
  paintBars?(surface: Surface, scrollTop: number): void;
  /** Draws over the chart; `scrollTop` is that of the lanes. */
  paintChart?(surface: Surface, scrollTop: number): void;
  paintMinimap?(surface: Surface): void;
  /** At most every quarter of a second, and after each thing that the user did: what is read, not watched. */
  refresh?(now: number): void;
  /** A message of the host that is not about the trace. */
  receive?(message: HostMessage): void;
  /** Another run is shown from now on. */
  forget?(): void;
  /** Esc: closes what it has open; true when there was something. */
  closes?(): boolean;
  /** Esc with nothing open and nothing selected: takes back what it hides; true when there was something. */
  takesBack?(): boolean;
  /** The pointer does something on the chart; true when that was meant for the feature. */
  pointer?(event: MouseEvent, time: number): boolean;
}
