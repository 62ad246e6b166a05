/** Draws the critical path: what lies on it stays as it is, the rest is dimmed, and a line joins it through the lanes. */
import type { PathSegment } from '../../common/analysis/criticalPath';
import type { Surface } from '../feature';
import { HEADING_HEIGHT, LANE_HEIGHT, type Lane } from '../lanes';
import { pathInView } from './pathInView';

export interface PathPicture {
  readonly lanes: readonly Lane[];
  readonly laneOfUnit: (unit: number) => number;
  readonly scrollTop: number;
  readonly from: number;
  readonly to: number;
}

const DIMMED = 0.62;

interface Stroke {
  readonly x0: number;
  readonly x1: number;
  readonly top: number;
  readonly height: number;
}

export function paintPath(surface: Surface, segments: readonly PathSegment[], picture: PathPicture): void {
  const { context, width, height, theme } = surface;
  const strokes = strokesOf(surface, segments, picture);
  // 1. A veil with holes where the path is.
  context.beginPath();
  context.rect(0, 0, width, height);
  for (const { x0, x1, top, height: high } of strokes) context.rect(x0, top, Math.max(1, x1 - x0), high);
  context.fillStyle = theme.background;
  context.globalAlpha = DIMMED;
  context.fill('evenodd');
  context.globalAlpha = 1;
  // 2. The line along the feet of the bars and from lane to lane, kept apart from them by a rim of the ground.
  context.lineJoin = 'round';
  for (const [colour, thick] of [
    [theme.background, 5],
    [theme.foreground, 2],
  ] as const) {
    context.strokeStyle = colour;
    context.lineWidth = thick;
    context.beginPath();
    for (const [i, { x0, x1, top, height: high }] of strokes.entries()) {
      const y = top + high - 2;
      if (i === 0) context.moveTo(x0, y);
      else context.lineTo(x0, y);
      context.lineTo(Math.max(x1, x0 + 1), y);
    }
    context.stroke();
  }
}

/** Where the segments in view stand; those of units without a lane in the picture are left out. */
function strokesOf({ x, width }: Surface, segments: readonly PathSegment[], picture: PathPicture): Stroke[] {
  const { lanes, laneOfUnit, scrollTop, from, to } = picture;
  const strokes: Stroke[] = [];
  for (const segment of pathInView(segments, from, to, (to - from) / Math.max(1, width))) {
    const lane = lanes[laneOfUnit(segment.unit)];
    if (!lane) continue;
    const isHeading = lane.kind === 'process' || lane.kind === 'interpreter';
    const [x0, x1] = [Math.max(-4, x(segment.from)), Math.min(width + 4, x(segment.to))];
    const place = { top: lane.top - scrollTop, height: isHeading ? HEADING_HEIGHT : LANE_HEIGHT };
    const last = strokes.at(-1);
    // One after the other in one lane are one hole; else rounding would leave hair lines of the veil.
    if (last && last.top === place.top && x0 <= last.x1 + 1) strokes[strokes.length - 1] = { ...last, x1 };
    else strokes.push({ x0: Math.max(x0, last?.x1 ?? x0), x1, ...place });
  }
  return strokes;
}
