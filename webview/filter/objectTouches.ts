/** Who waited for an object and who held it, and when. Looks at each wait once, in slices. */
import { MarkedRows } from '../markedRows';
import type { Sliced } from '../slices';
import type { Store } from '../store';
import { Track } from '../track';

export class ObjectTouches implements Sliced {
  readonly waits: MarkedRows;
  /** Holds by unit. */
  readonly holds = new Map<number, Track>();
  /** Units that waited for it or held it. */
  readonly units = new Set<number>();
  private holdsSeen = 0;

  constructor(
    private readonly store: Store,
    /** Row + 1. */
    readonly object: number,
  ) {
    const objects = new Uint8Array(object + 1);
    objects[object] = 1;
    this.waits = new MarkedRows(store, { sites: new Uint8Array(0), objects });
  }

  get isComplete(): boolean {
    return this.waits.isComplete && this.holdsSeen === (this.store.objectHolds[this.object - 1]?.length ?? 0);
  }

  advance(rows: number): boolean {
    const { store, units } = this;
    const found = this.waits.version;
    this.waits.advance(rows);
    if (this.waits.version !== found) for (const unit of this.waits.waitTracks.keys()) units.add(unit);
    for (const wait of store.openWaits) {
      if (wait.object !== this.object) continue;
      units.add(wait.unit);
      if (wait.heldBy > 0) units.add(wait.heldBy - 1);
    }
    this.lookAtHolds(rows);
    return this.isComplete;
  }

  private lookAtHolds(rows: number): void {
    const all = this.store.objectHolds[this.object - 1] ?? [];
    const { unit } = this.store.holds.columns;
    const to = Math.min(all.length, this.holdsSeen + rows);
    for (let i = this.holdsSeen; i < to; i++) {
      const row = all[i];
      const track = this.holds.get(unit[row]) ?? new Track(this.store.holds);
      if (track.length === 0) this.holds.set(unit[row], track);
      track.add(row);
      this.units.add(unit[row]);
    }
    this.holdsSeen = to;
  }
}
