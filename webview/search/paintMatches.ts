/** Draws what a search found: matches framed, the rest of the lanes pale, ticks in the minimap. */

import type { View } from '../bars';
import type { Surface } from '../feature';
import { momentsOf } from '../findings';
import { isUnitLane } from '../laneOrder/arrangement';
import { FUNCTION_ROW_HEIGHT, LANE_HEIGHT, type Lane } from '../lanes';
import { type MarkedRows, stripsOf } from '../markedRows';
import type { Store } from '../store';
import { joined, rest, type Strip, VEIL } from '../strips';
import { touched } from '../touched';
import type { Track } from '../track';
import type { Found } from './found';

export interface Matches {
  readonly store: Store;
  readonly found: Found;
  readonly marked: MarkedRows;
}

const TICK_PIXELS = 2;

export function paintMatches(
  { context, theme, width }: Surface,
  { store, found, marked }: Matches,
  lanes: readonly Lane[],
  scrollTop: number,
  view: View,
  now: number,
): void {
  for (const lane of lanes) {
    if (!isUnitLane(lane)) continue;
    const isMeant = found.units.has(lane.unit);
    const { calls, waits } = stripsOf(marked, store, lane.unit, view, now);
    const top = lane.top - scrollTop;
    row(top + 2, LANE_HEIGHT - 4, joined([...calls.flatMap((level) => level ?? []), ...waits]), isMeant);
    for (let depth = 0; depth < lane.functionRows; depth++) {
      // The row of a loop's steps shows other units.
      if (!store.unitSpans[lane.unit]?.[depth]) continue;
      row(
        top + LANE_HEIGHT + depth * FUNCTION_ROW_HEIGHT - 1,
        FUNCTION_ROW_HEIGHT,
        joined(calls[depth] ?? []),
        isMeant,
      );
    }
    if (isMeant) {
      context.fillStyle = theme.foreground;
      context.fillRect(0, top + 2, 3, LANE_HEIGHT - 4);
    }
  }

  function row(top: number, height: number, strips: readonly Strip[], isMeant: boolean): void {
    context.fillStyle = theme.background;
    context.globalAlpha = VEIL;
    if (!isMeant) for (const { from, to } of rest(strips, width)) context.fillRect(from, top, to - from, height);
    context.globalAlpha = 1;
    context.strokeStyle = theme.foreground;
    context.lineWidth = 1.5;
    for (const { from, to } of strips)
      context.strokeRect(from + 0.5, top + 0.75, Math.max(1, to - from - 1), height - 1.5);
  }
}

/** Which columns of the minimap have a match. */
export function matchColumns({ store, found, marked }: Matches, width: number, now: number): Uint8Array {
  const columns = new Uint8Array(Math.max(1, Math.ceil(width)));
  const nanosPerPixel = Math.max(1, now) / columns.length;
  const mark = (from: number, to: number): void => {
    const last = Math.min(columns.length - 1, Math.floor(to / nanosPerPixel));
    for (let i = Math.max(0, Math.floor(from / nanosPerPixel)); i <= last; i++) columns[i] = 1;
  };
  // One match is marked where it begins, or a long one would hide all others.
  const markTrack = (track: Track | undefined): void => {
    for (let at = track; at; at = at.overlapping)
      for (const { from, to, count } of touched(at, 0, now, nanosPerPixel)) mark(from, count > 1 ? to : from);
  };
  for (const levels of marked.spans.values()) for (const track of levels) markTrack(track);
  for (const track of marked.waitTracks.values()) markTrack(track);
  for (const id of found.units) mark(store.units[id].start, store.units[id].start);
  for (const finding of found.findings) for (const { time } of momentsOf(finding)) mark(time, time);
  return columns;
}

export function paintMatchColumns({ context, theme, height }: Surface, columns: Uint8Array): void {
  // With a rim, since below may be any colour.
  context.fillStyle = theme.background;
  for (const [i, has] of columns.entries()) if (has) context.fillRect(i - 1, 0, TICK_PIXELS + 2, height / 2 + 1);
  context.fillStyle = theme.foreground;
  for (const [i, has] of columns.entries()) if (has) context.fillRect(i, 0, TICK_PIXELS, height / 2);
}
