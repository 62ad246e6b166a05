/**
 * Messages between the host and a timeline webview. Host to webview: one snapshot, then what was gained since.
 * Webview to host: ready, reveal, the few commands of the panel's own buttons, and what is to be saved or copied.
 */
import type { RunAdvice } from './advice';
import type { ShownFinding } from './finding';
import type { TableSlice } from './table';
import type {
  CoreInfo,
  Mark,
  Note,
  OpenCoreSpan,
  OpenSpan,
  OpenState,
  OpenWait,
  Problem,
  RunInfo,
  SharedObject,
  Site,
  Unit,
} from './trace';

/** What the trace gained since the last message. After `reset: true` it is the whole trace so far. */
export interface TraceDelta {
  readonly kind: 'delta';
  /** The webview forgets all that it has before it takes this in. */
  readonly reset: boolean;
  readonly run: RunInfo;
  readonly cores: CoreInfo;
  /** Latest time recorded, nanoseconds since the origin. */
  readonly now: number;
  /** Units that are new or changed; each replaces the one with its id. */
  readonly units: readonly Unit[];
  /** Sites from row `sitesFrom` on: usually the new ones, earlier ones again when their definition came late. */
  readonly sitesFrom: number;
  readonly sites: readonly Site[];
  /** Objects that are new or changed; each replaces the one with its id. */
  readonly objects: readonly SharedObject[];
  readonly spans: TableSlice;
  readonly waits: TableSlice;
  readonly holds: TableSlice;
  readonly coreSpans: TableSlice;
  readonly states: TableSlice;
  readonly depths: TableSlice;
  readonly openSpans: readonly OpenSpan[];
  readonly openWaits: readonly OpenWait[];
  readonly openCoreSpans: readonly OpenCoreSpan[];
  readonly openStates: readonly OpenState[];
  /** All findings known so far, in the order in which they were made; null when they are as in the last message. */
  readonly findings: readonly ShownFinding[] | null;
  /** Patterns that cost time, as far as they are known; null when they are as in the last message. */
  readonly advice: RunAdvice | null;
  /** The program's own marks that were not told of before, in no order. */
  readonly marks: readonly Mark[];
  /** What the reader wrote, all of it; null when it is as in the last message. */
  readonly notes: readonly Note[] | null;
  /** All problems known so far. */
  readonly problems: readonly Problem[];
  /** Number of records that could not be written. */
  readonly dropped: number;
}

/** Selects a finding and shows it. */
export interface ShowFinding {
  readonly kind: 'showFinding';
  readonly id: number;
}

/** Shows where a line of the user's code ran; `file` as the trace names it. */
export interface ShowLine {
  readonly kind: 'showLine';
  readonly file: string;
  /** From 1; 0 for no line. */
  readonly line: number;
  /** When, in the order of time; without, what the page has of the line itself counts: waits, and calls of its function. */
  readonly stretches?: readonly LineStretch[];
  /** How often it ran, how long, and how long it waited, in words. */
  readonly figures?: string;
  /** Only outline it, where it is in view. */
  readonly isHint?: true;
}

/** A stretch of time in which a unit was at a line. */
export interface LineStretch {
  readonly unit: number;
  readonly from: number;
  /** NaN while it goes on. */
  readonly to: number;
  readonly waits: boolean;
}

export type HostMessage = TraceDelta | ShowFinding | ShowLine;

export type WebviewMessage =
  | { readonly kind: 'ready' }
  /** Show this line in the editor. */
  | { readonly kind: 'reveal'; readonly file: string; readonly line: number; readonly column: number }
  | { readonly kind: 'command'; readonly command: PanelCommand }
  /** Mark these lines in the editor: they are those of what is selected. */
  | { readonly kind: 'selected'; readonly places: readonly { readonly file: string; readonly line: number }[] }
  /** Ask for a place, `name` being the file's proposed name, and write this there. */
  | { readonly kind: 'save'; readonly name: string; readonly content: string | Uint8Array }
  /** Keep these notes with the trace, in place of those before. */
  | { readonly kind: 'notes'; readonly notes: readonly Note[] }
  /** Put this on the clipboard: the page may not do it itself. */
  | { readonly kind: 'copy'; readonly text: string };

export type PanelCommand = 'stop' | 'runAgain' | 'save' | 'export';
