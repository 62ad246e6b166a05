/** Draws what touches one object: its holds as a line below, waits for others pale. */
import type { Bar } from '../bars';
import type { Surface } from '../feature';
import { isUnitLane } from '../laneOrder/arrangement';
import { LANE_HEIGHT } from '../lanes';
import { stripsOf } from '../markedRows';
import { piecesOf } from '../pieces';
import type { Store } from '../store';
import { common, joined, rest, VEIL } from '../strips';
import type { ObjectTouches } from './objectTouches';
import { barsByLane, type Picture, stripsOfBars } from './paintFilter';

export function paintOtherWaits(
  { context, theme, width }: Surface,
  store: Store,
  { waits }: ObjectTouches,
  picture: Picture,
  scrollTop: number,
): void {
  const byLane = barsByLane(picture);
  context.fillStyle = theme.background;
  context.globalAlpha = VEIL;
  for (let index = picture.first; index < picture.last; index++) {
    const lane = picture.lanes[index];
    if (!isUnitLane(lane)) continue;
    const bars = byLane.get(index) ?? [];
    const isWait = ({ form }: Bar): boolean => form === 'waiting' || form === 'idle';
    const meant = stripsOf(waits, store, lane.unit, picture.view, picture.now).waits;
    const running = stripsOfBars(bars.filter(({ form }) => form === 'running'));
    const others = common(stripsOfBars(bars.filter(isWait)), rest(joined([...meant, ...running]), width));
    for (const { from, to } of others) context.fillRect(from, lane.top - scrollTop + 2, to - from, LANE_HEIGHT - 4);
  }
  context.globalAlpha = 1;
}

/** A line along the foot of a lane for as long as its unit held the object. */
export function paintHolds(
  { context, theme, x }: Surface,
  { holds }: ObjectTouches,
  picture: Picture,
  scrollTop: number,
): void {
  const { view, lanes } = picture;
  context.fillStyle = theme.foreground;
  for (const lane of lanes.slice(picture.first, picture.last)) {
    if (!isUnitLane(lane)) continue;
    const y = lane.top - scrollTop + LANE_HEIGHT - 4;
    for (let track = holds.get(lane.unit); track; track = track.overlapping)
      for (const { from, to } of piecesOf(track, view.from, view.to, (view.to - view.from) / view.width))
        context.fillRect(x(from), y, Math.max(1, x(to) - x(from)), 3);
  }
}
