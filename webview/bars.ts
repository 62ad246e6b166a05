/** What a picture is made of: bars in lanes. */
import type { OpenCoreSpan, OpenWait } from '../common/trace';
import type { SpanReference } from './functionSegments';
import { LANE_HEIGHT } from './lanes';

/** The stretch of time that is shown, and in how many pixels. */
export interface View {
  readonly from: number;
  readonly to: number;
  readonly width: number;
}

/**
 * The form tells the state. alive: it exists, nothing more is known. running: on a core. ready: wants a core. gil: wants
 * the GIL. blocked: in a call that is not recorded. waiting: for what the words say. idle: waits for work. function: a
 * span of an opened lane. queued: made, not begun. mark: a bad end. note: words alone.
 */
export type Form =
  | 'alive'
  | 'running'
  | 'ready'
  | 'gil'
  | 'blocked'
  | 'waiting'
  | 'idle'
  | 'function'
  | 'queued'
  | 'mark'
  | 'note';

/** What a bar stands for. */
export type Source =
  | { readonly kind: 'wait'; readonly row: number }
  | { readonly kind: 'openWait'; readonly wait: OpenWait }
  | SpanReference
  | { readonly kind: 'core'; readonly row: number }
  | { readonly kind: 'openCore'; readonly span: OpenCoreSpan }
  | {
      readonly kind: 'state';
      readonly unit: number;
      /** Place in THREAD_STATES. */
      readonly state: number;
      readonly from: number;
      /** NaN while it goes on. */
      readonly to: number;
      /** Concluded, not recorded. */
      readonly derived: boolean;
    }
  | { readonly kind: 'unit'; readonly unit: number }
  | { readonly kind: 'hold'; readonly row: number }
  | { readonly kind: 'object'; readonly object: number }
  | {
      readonly kind: 'merged';
      readonly what: MergedWhat;
      readonly count: number;
      readonly from: number;
      readonly to: number;
    };

export type MergedWhat =
  | 'wait'
  | 'function call'
  | 'step'
  | 'job'
  | 'stretch on the core'
  | 'hold'
  | 'stretch'
  | 'unit';

export interface Bar {
  readonly form: Form;
  /** Index of the lane. */
  readonly lane: number;
  /** Pixels from the left edge of the chart. */
  readonly x0: number;
  readonly x1: number;
  /** Pixels from the top of the lane. */
  readonly top: number;
  readonly height: number;
  /** Place in the palette, -1 for grey. */
  readonly colour: number;
  /** Rows that it stands for; more than one means that they are too narrow to be told apart. */
  readonly count: number;
  readonly source: Source;
  /** Words on it, '' for none. They stand from `textFrom` on for `textWidth` pixels at most. */
  text: string;
  textFrom: number;
  textWidth: number;
  /** For merged rows: the part of each column of SHARE_PIXELS that they take, 0 to 1. */
  readonly shares?: Float32Array;
  /** For merged rows of many units: whose colour each column has. */
  columnColours?: Int8Array;
}

export const SHARE_PIXELS = 2;

const FULL = { top: 4, height: LANE_HEIGHT - 8 };
const THIN = { top: LANE_HEIGHT / 2 - 2, height: 4 };
const MIDDLE = { top: 7, height: LANE_HEIGHT - 14 };

/** Where in its lane a bar stands, by its form. */
export const PLACES: Readonly<Record<Form, { readonly top: number; readonly height: number }>> = {
  alive: { top: LANE_HEIGHT / 2 - 1, height: 2 },
  running: FULL,
  ready: THIN,
  gil: THIN,
  queued: THIN,
  blocked: MIDDLE,
  waiting: FULL,
  idle: MIDDLE,
  function: FULL,
  mark: { top: LANE_HEIGHT / 2 - 5, height: 10 },
  note: FULL,
};
