/**
 * One interpreter of one process: its texts, sites and ids. A forked child's space looks up in its parent's what it has
 * not defined itself.
 */
import type { UnitState } from '../../common/trace';
import { decodeUtf8 } from './bytes';
import { IdMap } from './idMap';
import type { SegmentHeader } from './segment';

/** Bit 52 of an id, as a bit of its upper word: the id is the same in all spaces. */
export const GLOBAL_BIT = 1 << 20;

/** A site as it was recorded; its texts may come later. */
export interface RawSite {
  readonly fileText: number;
  readonly functionText: number;
  readonly line: number;
  readonly endLine: number;
  readonly column: number;
  readonly endColumn: number;
  /** About when it was defined, to tell what a forked child inherited. */
  readonly at: number;
}

export class Space {
  readonly ids = new IdMap();
  /** Variables by id. */
  readonly variables = new IdMap();
  /** Row of the process or interpreter unit, -1 before its process_begin was read. */
  unit = -1;
  parent: Space | null = null;
  /** Number of the stream that wrote process_begin: ids of smaller streams were inherited from the parent. */
  firstStream = 0;
  /** Whether process_begin was read (or given up on), so that the rest can be understood. */
  begun = false;
  /** When this space began to record, on the trace's clock. */
  begin = 0;
  /** Units that live here. */
  readonly units: number[] = [];
  /** Whether its units were ended after its end. */
  closed = false;
  /** When process_end was recorded, NaN until then; nanoseconds since the origin. */
  ended = Number.NaN;
  /** How it ended, as process_end tells. */
  endState: UnitState = 'finished';
  /** Main thread's unit, -1 unknown. */
  mainThread = -1;
  /** What has to be added to this space's times to put them on the trace's clock. */
  shift = 0;
  readonly siteRows: number[] = [];
  private readonly texts = new Map<number, { text: string; at: number }>();
  private readonly parts = new Map<number, number[]>();
  private readonly sites = new Map<number, RawSite>();
  /** The smallest numbers that this space itself gave out: what it inherited has smaller ones. */
  private firstOwnText = Number.POSITIVE_INFINITY;
  private firstOwnSite = Number.POSITIVE_INFINITY;

  constructor(
    readonly header: SegmentHeader,
    readonly globals: IdMap,
  ) {}

  /** The map that holds an id: the global one, this space's or that of the ancestor that gave the id out. */
  mapOf(high: number): IdMap {
    if (high & GLOBAL_BIT) return this.globals;
    let space: Space = this;
    while (space.parent && high < space.firstStream) space = space.parent;
    return space.ids;
  }

  /** As `mapOf`, for variables. */
  variablesOf(high: number): IdMap {
    let space: Space = this;
    while (space.parent && high < space.firstStream) space = space.parent;
    return space.variables;
  }

  addTextPart(id: number, bytes: ArrayLike<number>, length: number, more: boolean, at: number): void {
    this.firstOwnText = Math.min(this.firstOwnText, id);
    const known = this.parts.get(id);
    if (!known && !more) {
      this.texts.set(id, { text: decodeUtf8(bytes, 0, length), at });
      return;
    }
    const all = known ?? [];
    for (let i = 0; i < length; i++) all.push(bytes[i] as number);
    if (more) {
      this.parts.set(id, all);
      return;
    }
    this.parts.delete(id);
    this.texts.set(id, { text: decodeUtf8(all, 0, all.length), at });
  }

  addSite(id: number, site: RawSite): void {
    this.firstOwnSite = Math.min(this.firstOwnSite, id);
    this.sites.set(id, site);
  }

  /** The text of an id; undefined when it is not defined (yet). */
  text(id: number): string | undefined {
    if (id === 0) return '';
    const own = this.texts.get(id);
    if (own) return own.text;
    if (id >= this.firstOwnText) return undefined;
    for (const [space, until] of this.ancestors()) {
      const inherited = space.texts.get(id);
      if (inherited && inherited.at <= until) return inherited.text;
    }
    return undefined;
  }

  /** A site and the space whose texts it refers to. */
  site(id: number): { readonly site: RawSite; readonly space: Space } | undefined {
    const own = this.sites.get(id);
    if (own) return { site: own, space: this };
    if (id >= this.firstOwnSite) return undefined;
    for (const [space, until] of this.ancestors()) {
      const inherited = space.sites.get(id);
      if (inherited && inherited.at <= until) return { site: inherited, space };
    }
    return undefined;
  }

  /** Parents, each with the time at which this space's line left it. */
  private *ancestors(): Generator<[Space, number]> {
    let child: Space = this;
    // A damaged trace could name a space as its own ancestor; real ones are never this deep.
    for (let depth = 0; child.parent && depth < 64; depth++) {
      yield [child.parent, child.begin];
      child = child.parent;
    }
  }
}
