/**
 * What each line of code did in a run: when it ran, in which unit, where it waited. Follows a trace that grows, each row
 * once; what a picture of a line needs is then there, whatever the number of rows.
 *
 * A `def` line has the calls of its function as well (from the spans): so a function's line tells what became of it.
 */
import type { Finding } from '../../common/finding';
import { COLOUR_COUNT, hasColour } from '../../common/palette';
import type { LineTable, OpenSpan, OpenWait, Site, SpanTable, Unit, WaitTable } from '../../common/trace';
import { JOB_FLAG, STEP_FLAG } from './activity';
import { Buckets, bucketWidth } from './lineActivityBuckets';
import { type LineStrip, type OpenStretch, stripOf } from './lineActivityStrip';

/** As much of a trace as is needed. */
export interface LineSource {
  readonly units: readonly Unit[];
  readonly sites: readonly Site[];
  readonly lines: LineTable;
  readonly spans: SpanTable;
  readonly waits: WaitTable;
  readonly findings: readonly Pick<Finding, 'id' | 'locations'>[];
  /** Latest time recorded. */
  readonly now: number;
  openSpans(): readonly OpenSpan[];
  openWaits(): readonly OpenWait[];
}

/** Sums over all units; times in nanoseconds. */
export interface LineFigures {
  /** Executions. */
  readonly count: number;
  /** With the calls that the line makes, and its waits. */
  readonly total: number;
  readonly waits: number;
  readonly waiting: number;
  /** Calls of the function that is defined there. */
  readonly calls: number;
  readonly callTime: number;
  /** It ran at least so often, and the time is not known exactly. */
  readonly isSampled: boolean;
}

/** What units did at a site: one unit, or all further ones of one colour. */
export interface SiteActivity {
  readonly colour: number;
  readonly buckets: Buckets;
}

interface Sums {
  count: number;
  total: number;
  waits: number;
  waiting: number;
  calls: number;
  callTime: number;
  isSampled: boolean;
}

interface AtSite extends Sums {
  /** By unit row; from MOST_UNITS on by colour, as -2 - place. */
  readonly units: Map<number, SiteActivity>;
}

/** Flags of a line's row. */
export const SAMPLED_LINE = 1;
/** Flag of a span that goes on with a call which was suspended. */
const RESUMED_SPAN = 2;
/** So many units have buckets of their own at a site, before only their colour is told: tasks can be without number. */
const MOST_UNITS = 24;

export class LineActivity {
  private readonly bySite: (AtSite | undefined)[] = [];
  /** File, then line: site rows. */
  private readonly files = new Map<string, Map<number, number[]>>();
  /** Site rows whose definition was not read yet. */
  private unplaced: number[] = [];
  private readonly ordinals: number[] = [];
  private coloured = 0;
  private read = { sites: 0, lines: 0, spans: 0, waits: 0 };
  private width = bucketWidth(0);
  private going = new Map<number, OpenStretch[]>();
  private found = new Map<number, number[]>();
  private findings: LineSource['findings'] | undefined;

  constructor(private readonly source: LineSource) {}

  /** Takes in what came since the last time, `most` rows of each table; true when that is all. */
  update(most = Number.POSITIVE_INFINITY): boolean {
    const { source, read } = this;
    const until = (at: number, { length }: { readonly length: number }): number => Math.min(length, at + most);
    const [lines, spans, waits] = [
      until(read.lines, source.lines),
      until(read.spans, source.spans),
      until(read.waits, source.waits),
    ];
    this.width = Math.max(this.width, bucketWidth(source.now));
    this.takeUnits();
    this.takeSites();
    for (; read.lines < lines; read.lines++) this.takeLine(read.lines);
    for (; read.spans < spans; read.spans++) this.takeSpan(read.spans);
    for (; read.waits < waits; read.waits++) this.takeWait(read.waits);
    this.takeOpen();
    this.takeFindings();
    return lines === source.lines.length && spans === source.spans.length && waits === source.waits.length;
  }

  /** Whether anything of a file is known. */
  has(file: string): boolean {
    return this.files.has(file);
  }

  /** Whether the line ran, waited, or has something to tell. */
  isActive(file: string, line: number): boolean {
    return this.sitesOf(file, line).some(
      (site) => this.bySite[site] !== undefined || this.going.has(site) || this.found.has(site),
    );
  }

  /** Rows of the sites at a line: one a process, and one for each place in it. */
  sitesOf(file: string, line: number): readonly number[] {
    return this.files.get(file)?.get(line) ?? [];
  }

  /** The line's time from 0 to `until` in columns, in at most so many rows of units. */
  strip(file: string, line: number, until: number, columns: number, rows: number): LineStrip {
    const sites = this.sitesOf(file, line);
    const activities = sites.flatMap((site) => [...(this.bySite[site]?.units ?? [])]);
    const open = sites.flatMap((site) => this.going.get(site) ?? []);
    return stripOf({ activities, open, until, now: this.source.now, columns, rows });
  }

  figures(file: string, line: number): LineFigures {
    const sums = noSums();
    for (const site of this.sitesOf(file, line)) {
      const at = this.bySite[site];
      if (!at) continue;
      sums.count += at.count;
      sums.total += at.total;
      sums.waits += at.waits;
      sums.waiting += at.waiting;
      sums.calls += at.calls;
      sums.callTime += at.callTime;
      sums.isSampled ||= at.isSampled;
    }
    return sums;
  }

  /** Ids of the findings that name the line. */
  findingsAt(file: string, line: number): readonly number[] {
    return [...new Set(this.sitesOf(file, line).flatMap((site) => this.found.get(site) ?? []))];
  }

  /** Place in the palette, -1 for grey. */
  colourOf(unit: number): number {
    return this.ordinals[unit] ?? -1;
  }

  private takeUnits(): void {
    const { units } = this.source;
    for (let id = this.ordinals.length; id < units.length; id++) {
      this.ordinals.push(hasColour(units[id] as Unit) ? this.coloured++ % COLOUR_COUNT : -1);
    }
  }

  private takeSites(): void {
    const { sites } = this.source;
    for (; this.read.sites < sites.length; this.read.sites++) this.unplaced.push(this.read.sites);
    this.unplaced = this.unplaced.filter((row) => !this.place(row, sites[row] as Site));
  }

  private place(row: number, { file, line }: Site): boolean {
    if (file === '' || line === 0) return false;
    const lines = this.files.get(file) ?? new Map<number, number[]>();
    this.files.set(file, lines);
    const rows = lines.get(line);
    if (rows) rows.push(row);
    else lines.set(line, [row]);
    return true;
  }

  private takeLine(row: number): void {
    const { unit, start, end, site, count, flags } = this.source.lines.columns;
    const at = this.note(site[row] as number, unit[row] as number, start[row] as number, end[row] as number, false);
    if (!at) return;
    at.count += count[row] as number;
    at.total += (end[row] as number) - (start[row] as number);
    if ((flags[row] as number) & SAMPLED_LINE) at.isSampled = true;
  }

  private takeSpan(row: number): void {
    const { unit, start, end, site, flags } = this.source.spans.columns;
    // What a job runs is told by its thread as well.
    if ((flags[row] as number) & (STEP_FLAG | JOB_FLAG)) return;
    const at = this.note(site[row] as number, unit[row] as number, start[row] as number, end[row] as number, false);
    if (!at) return;
    if (!((flags[row] as number) & RESUMED_SPAN)) at.calls++;
    at.callTime += (end[row] as number) - (start[row] as number);
  }

  private takeWait(row: number): void {
    const { unit, start, end, site } = this.source.waits.columns;
    const at = this.note(site[row] as number, unit[row] as number, start[row] as number, end[row] as number, true);
    if (!at) return;
    at.waits++;
    at.waiting += (end[row] as number) - (start[row] as number);
  }

  private note(reference: number, unit: number, from: number, to: number, waits: boolean): AtSite | undefined {
    if (reference === 0 || !(to >= from)) return undefined;
    const at = this.bySite[reference - 1] ?? { ...noSums(), units: new Map<number, SiteActivity>() };
    this.bySite[reference - 1] = at;
    const colour = this.colourOf(unit);
    const key = at.units.has(unit) || at.units.size < MOST_UNITS ? unit : -2 - colour;
    const activity = at.units.get(key) ?? { colour, buckets: new Buckets() };
    at.units.set(key, activity);
    activity.buckets.add(from, to, waits, this.width);
    return at;
  }

  private takeOpen(): void {
    this.going = new Map();
    const add = (site: number, unit: number, from: number, to: number, waits: boolean): void => {
      if (site === 0) return;
      const known = this.going.get(site - 1);
      const stretch = { unit, colour: this.colourOf(unit), from, to, waits };
      if (known) known.push(stretch);
      else this.going.set(site - 1, [stretch]);
    };
    for (const { site, unit, start, flags } of this.source.openSpans())
      if (!(flags & JOB_FLAG)) add(site, unit, start, Number.NaN, false);
    for (const { site, unit, start, end } of this.source.openWaits()) add(site, unit, start, end, true);
  }

  private takeFindings(): void {
    const { findings } = this.source;
    if (findings === this.findings) return;
    this.findings = findings;
    this.found = new Map();
    for (const { id, locations } of findings) {
      for (const { site } of locations) {
        if (site === 0) continue;
        this.found.set(site - 1, [...(this.found.get(site - 1) ?? []), id]);
      }
    }
  }
}

function noSums(): Sums {
  return { count: 0, total: 0, waits: 0, waiting: 0, calls: 0, callTime: 0, isSampled: false };
}
