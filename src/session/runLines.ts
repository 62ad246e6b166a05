import type { LineStretch, ShowLine } from '../../common/protocol';
import { LineActivity, type LineFigures } from '../engine/lineActivity';
import { frameLength } from '../engine/lineActivityBuckets';
import { lineDetails, lineStretches, type UnitAtLine } from '../engine/lineActivityDetails';
import type { LineStrip, StripCell } from '../engine/lineActivityStrip';
import { countWords, figureWords, longestWaitWords, timeWords, waitingTime } from '../engine/lineActivityWords';
import { unitName } from '../engine/names';
import { duration } from '../engine/reportText';
import type { Trace } from '../engine/trace';
import type { Findings } from './findings';

/** More stretches of a line are not told apart in the timeline; the longest ones are. */
const MOST_STRETCHES = 2000;

/** What of a line is to be shown on the timeline: all of it, what one unit did, or its longest wait. */
export interface LinePart {
  readonly unit?: number;
  readonly longestWait?: true;
}

/** Figures in words: how often, how long in all, how long it waited. */
export type FigureCells = readonly [count: string, time: string, waiting: string];

export interface LineInWords {
  /** Who was there longest comes first. */
  readonly units: readonly {
    readonly unit: number;
    readonly name: string;
    readonly cells: readonly (StripCell | undefined)[];
    readonly figures: FigureCells;
  }[];
  /** The further units together; undefined when there are none. */
  readonly rest: { readonly units: number; readonly figures: FigureCells } | undefined;
  /** '' when it never waited. */
  readonly longestWait: string;
  readonly isSampled: boolean;
  /** False when only its waits are known. */
  readonly isCounted: boolean;
}

/** What the lines of files did in a run, for the editor. Files as the trace names them, lines from 1. */
export class RunLines {
  private readonly activity: LineActivity;

  constructor(
    private readonly trace: Trace,
    private readonly findings: Findings,
  ) {
    // The findings that are shown, in place of all that were made.
    const shown = { findings: { get: () => findings.all() } };
    this.activity = new LineActivity(Object.create(trace, shown));
  }

  /** Length of the time that strips show: the run's, or one in which a run that goes on has room. */
  get until(): number {
    const { now, run } = this.trace;
    return run.state.kind === 'ended' || run.state.kind === 'failed' ? now : frameLength(now);
  }

  /** Takes in what came since the last time, so many rows of each table at most; true when that is all. */
  update(mostRows: number): boolean {
    return this.activity.update(mostRows);
  }

  has(file: string): boolean {
    return this.activity.has(file);
  }

  isActive(file: string, line: number): boolean {
    return this.activity.isActive(file, line);
  }

  hasFinding(file: string, line: number): boolean {
    return this.activity.findingsAt(file, line).length > 0;
  }

  /** The text of a line as it ran. */
  lineAsRun(file: string, line: number): string | undefined {
    return this.findings.lineAsRun(file, line);
  }

  strip(file: string, line: number, columns: number, rows: number): LineStrip {
    return this.activity.strip(file, line, this.until, columns, rows);
  }

  /** `12× · 3.4 ms · waited 2.1 ms`; '' when there is nothing to tell. */
  figures(file: string, line: number): string {
    return figureWords(this.activity.figures(file, line));
  }

  /** All that is known of a line; of so many units each by itself. */
  inWords(file: string, line: number, columns: number, mostUnits: number): LineInWords {
    const { trace, activity, until } = this;
    const { units, longest } = lineDetails(trace, activity, activity.sitesOf(file, line), until, columns);
    const rest = units.slice(mostUnits);
    return {
      units: units.slice(0, mostUnits).map((each) => ({
        ...{ unit: each.unit, name: unitName(trace, each.unit), cells: each.cells },
        figures: figureCells(each),
      })),
      rest: rest.length > 0 ? { units: rest.length, figures: figureCells(sumOf(rest)) } : undefined,
      longestWait: longest ? longestWaitWords(trace, longest) : '',
      isSampled: units.some(({ isSampled }) => isSampled),
      isCounted: units.some(({ count, calls }) => count > 0 || calls > 0),
    };
  }

  timeInWords(nanoseconds: number): string {
    return duration(nanoseconds);
  }

  /** What the timeline is told to show a line. */
  toShow(file: string, line: number, part: LinePart = {}): ShowLine {
    const stretches = this.stretches(file, line, part);
    return { kind: 'showLine', file, line, stretches, figures: this.figures(file, line) };
  }

  private stretches(file: string, line: number, { unit, longestWait }: LinePart): readonly LineStretch[] {
    const { trace, activity, until } = this;
    const sites = activity.sitesOf(file, line);
    const longest = longestWait ? lineDetails(trace, activity, sites, until, 1).longest : undefined;
    if (longest) {
      const to = longest.isOver ? longest.to : Number.NaN;
      return [{ unit: longest.unit, from: longest.from, to, waits: true }];
    }
    const all = lineStretches(trace, sites, MOST_STRETCHES);
    return unit === undefined ? all : all.filter((stretch) => stretch.unit === unit);
  }
}

function figureCells(figures: LineFigures): FigureCells {
  return [countWords(figures), timeWords(figures), waitingTime(figures)];
}

function sumOf(units: readonly UnitAtLine[]): LineFigures {
  const add = (of: (unit: UnitAtLine) => number): number => units.reduce((sum, unit) => sum + of(unit), 0);
  return {
    count: add(({ count }) => count),
    total: add(({ total }) => total),
    waits: add(({ waits }) => waits),
    waiting: add(({ waiting }) => waiting),
    calls: add(({ calls }) => calls),
    callTime: add(({ callTime }) => callTime),
    isSampled: units.some(({ isSampled }) => isSampled),
  };
}
