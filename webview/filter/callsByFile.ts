/** How many calls there are of each file; looks at each row once, in slices. */
import { RESUMED } from '../markedRows';
import type { Sliced } from '../slices';
import { JOB, type Store } from '../store';

export class CallsByFile implements Sliced {
  private bySite = new Uint32Array(256);
  private seen = 0;
  private readonly table: Store['spans'];

  constructor(private readonly store: Store) {
    this.table = store.spans;
  }

  get isStale(): boolean {
    return this.store.spans !== this.table;
  }

  get isComplete(): boolean {
    return this.seen === this.store.spans.length;
  }

  advance(rows: number): boolean {
    const { store } = this;
    if (this.bySite.length <= store.sites.length) {
      const wider = new Uint32Array(store.sites.length * 2);
      wider.set(this.bySite);
      this.bySite = wider;
    }
    const { bySite } = this;
    const { site, flags } = store.spans.columns;
    const to = Math.min(store.spans.length, this.seen + rows);
    for (let row = this.seen; row < to; row++) if (!(flags[row] & (JOB | RESUMED))) bySite[site[row]]++;
    this.seen = to;
    return this.isComplete;
  }

  /** The most called first. */
  counts(): readonly (readonly [file: string, calls: number])[] {
    const counts = new Map<string, number>();
    for (const [row, site] of this.store.sites.entries()) {
      const calls = this.bySite[row + 1] ?? 0;
      if (site && calls > 0) counts.set(site.file, (counts.get(site.file) ?? 0) + calls);
    }
    return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  }
}

/** By site row + 1: 1 for those in one of the files. */
export function sitesIn(store: Store, files: ReadonlySet<string>): Uint8Array {
  const sites = new Uint8Array(store.sites.length + 1);
  for (const [row, site] of store.sites.entries()) if (site && files.has(site.file)) sites[row + 1] = 1;
  return sites;
}
