/**
 * How much ran at once, in equal parts of a stretch of time: for the band below the cores and for the minimap. Pure.
 */
import { COLOUR_COUNT } from '../common/palette';
import { colourOf } from './colours';
import type { Store } from './store';
import type { Track } from './track';

export interface Load {
  readonly from: number;
  readonly to: number;
  /** Mean number of threads on a core, for each part. */
  readonly running: Float32Array;
  /** Mean number of threads that wanted a core or the GIL and did not have it. */
  readonly wanting: Float32Array;
  /** Mean number of running threads of each colour: `colours[place][part]`. */
  readonly colours: readonly Float32Array[];
}

const RUNNING = 0;
const READY = 1;
const GIL = 2;

/** Of all threads, or of those that are `counted`. */
export function loadOf(
  store: Store,
  from: number,
  to: number,
  parts: number,
  now: number,
  counted: (unit: number) => boolean = () => true,
): Load {
  const part = (to - from) / parts;
  const running = new Float32Array(parts);
  const wanting = new Float32Array(parts);
  const colours = Array.from({ length: COLOUR_COUNT }, () => new Float32Array(parts));
  for (const [unit, states] of store.unitStates.entries()) {
    if (!states || !counted(unit)) continue;
    addTrack(colours[Math.max(0, colourOf(store, unit))], states[RUNNING]);
    addTrack(wanting, states[READY]);
    addTrack(wanting, states[GIL]);
  }
  for (const open of store.openStates) {
    if (!counted(open.unit)) continue;
    if (open.state === RUNNING) addStretch(colours[Math.max(0, colourOf(store, open.unit))], open.start, now);
    if (open.state === READY || open.state === GIL) addStretch(wanting, open.start, now);
  }
  for (const colour of colours) for (let i = 0; i < parts; i++) running[i] += colour[i];
  return { from, to, running, wanting, colours };

  function addTrack(target: Float32Array, track: Track | undefined): void {
    if (!track) return;
    const first = track.firstEndingAfter(from);
    const last = track.firstFrom(to, first);
    // Few rows are added one by one; of many only the sums are asked, so that the work depends on the parts.
    if (last - first < parts * 4) {
      for (let i = first; i < last; i++) addStretch(target, track.start(i), track.end(i));
      return;
    }
    const covered = track.coveredParts(from, part, parts, to);
    for (let i = 0; i < parts; i++) target[i] += covered[i] / part;
  }

  function addStretch(target: Float32Array, start: number, end: number): void {
    const left = Math.max(start, from);
    const right = Math.min(end, to);
    if (right <= left) return;
    const lastPart = Math.min(parts - 1, Math.floor((right - from) / part));
    for (let i = Math.floor((left - from) / part); i <= lastPart; i++) {
      const within = Math.min(right, from + (i + 1) * part) - Math.max(left, from + i * part);
      target[i] += Math.max(0, within) / part;
    }
  }
}
