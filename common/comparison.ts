/** What a page that shows several runs under each other is told: who they are, what they came to, and their traces. */
import type { TraceDelta } from './protocol';

export interface ComparedRun {
  /** Short: stands above its lanes and at the head of its column. */
  readonly title: string;
  readonly note: string;
}

export type FigureUnit = 'ns' | 'count' | 'share' | 'bytes' | 'times' | 'cores';

/** A figure of each run. */
export interface FigureRow {
  readonly name: string;
  /** What exactly it is. */
  readonly title: string;
  readonly unit: FigureUnit;
  /** Null where it is not known or there is none. */
  readonly values: readonly (number | null)[];
  /** Smallest and largest of several measurements of each value, where there were several. */
  readonly spreads?: readonly (readonly [number, number] | null)[];
  /** Which way is better, '' when neither. */
  readonly better: 'less' | 'more' | '';
}

export interface FigureTable {
  readonly title: string;
  /** Heads of the values, where they are not those of the runs. */
  readonly columns?: readonly string[];
  readonly rows: readonly FigureRow[];
  /** What is left out or doubtful, '' when nothing is. */
  readonly note: string;
}

/** Speed-up by workers, to be drawn. */
export interface ScalingPicture {
  /** Ascending by workers; `spread` is the speed-up of the slowest and of the fastest run. */
  readonly points: readonly {
    readonly workers: number;
    readonly speedup: number;
    readonly spread: readonly [number, number];
  }[];
  /** 0 when not known. */
  readonly cores: number;
  /** Workers beyond which nothing is gained; null while that is not known. */
  readonly knee: number | null;
  /** Amdahl's law where the times follow it: workers and speed-up along its curve. */
  readonly law: { readonly words: string; readonly curve: readonly (readonly [number, number])[] } | null;
  /** What is to be seen, for those who do not see it. */
  readonly words: string;
}

/** Replaces what was told before. */
export interface Comparison {
  readonly kind: 'comparison';
  readonly title: string;
  /** What goes on, '' when all is there. */
  readonly progress: string;
  readonly runs: readonly ComparedRun[];
  /** What it comes to, a sentence each. */
  readonly sentences: readonly string[];
  /** The figures that the sentences rest on. */
  readonly evidence: readonly string[];
  readonly tables: readonly FigureTable[];
  readonly scaling?: ScalingPicture;
  /** Whether the host can keep what is told as a file. */
  readonly canSave?: boolean;
}

/** What the trace of a run gained. */
export interface RunDelta {
  readonly kind: 'runDelta';
  /** Place in `runs`. */
  readonly run: number;
  readonly delta: TraceDelta;
}

export type ComparisonMessage = Comparison | RunDelta;

export type ComparisonRequest =
  | { readonly kind: 'ready' }
  /** Show this line of a run in the editor. */
  | {
      readonly kind: 'reveal';
      readonly run: number;
      readonly file: string;
      readonly line: number;
      readonly column: number;
    }
  /** Show the run in a timeline of its own. */
  | { readonly kind: 'open'; readonly run: number }
  /** Keep the figures as JSON. */
  | { readonly kind: 'save' };
