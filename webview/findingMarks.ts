/** What findings add to the picture: a mark at each place, and what joins the places of the selected one. Pure. */
import type { Severity, ShownFinding } from '../common/finding';
import { cycleOf, momentsOf, RANKS } from './findings';
import { HEADING_HEIGHT, LANE_HEIGHT, type Lane } from './lanes';
import type { Place } from './marks';

/** A sign at a moment of a lane. In pixels of the canvas. */
export interface FindingMark {
  readonly x: number;
  readonly y: number;
  readonly severity: Severity;
  readonly finding: number;
  readonly strong: boolean;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** What joins the places of a finding. In pixels of the canvas. */
export type FindingLink =
  /** Two accesses between which nothing orders them; the stretch from one to the other is shaded. */
  | { readonly kind: 'unordered'; readonly from: Point; readonly to: Point; readonly severity: Severity }
  /** From each of a cycle to the one that it waits for. */
  | { readonly kind: 'waitsFor'; readonly from: Point; readonly to: Point; readonly severity: Severity };

/** Marks of one lane that are closer are one, that of the gravest. */
const CLOSE_PIXELS = 7;
/** Half of a mark's width; it is hit a little beyond. */
export const MARK_RADIUS = 6;
/** A mark further outside is not drawn. */
const OUTSIDE_PIXELS = 20;
/** Beyond this a canvas loses exactness, and nobody sees it. */
const FAR = 4000;

export function findingMarks(
  place: Place,
  width: number,
  height: number,
  selected: number | undefined,
): readonly FindingMark[] {
  const marks: FindingMark[] = [];
  const byLane = new Map<number, FindingMark[]>();
  // The selected one's marks are drawn in any case, then the gravest.
  const rank = ({ id, severity }: ShownFinding): number => (id === selected ? -1 : RANKS[severity]);
  for (const finding of [...place.store.findings].sort((a, b) => rank(a) - rank(b))) {
    for (const { unit, time } of momentsOf(finding)) {
      const index = place.laneOfUnit(unit);
      const point = pointOf(place, unit, time);
      if (!point || point.x < -OUTSIDE_PIXELS || point.x > width + OUTSIDE_PIXELS) continue;
      if (point.y < -OUTSIDE_PIXELS || point.y > height + OUTSIDE_PIXELS) continue;
      const known = byLane.get(index) ?? [];
      if (known.some(({ x }) => Math.abs(x - point.x) < CLOSE_PIXELS)) continue;
      const mark = { ...point, severity: finding.severity, finding: finding.id, strong: finding.id === selected };
      byLane.set(index, [...known, mark]);
      marks.push(mark);
    }
  }
  // What is drawn later lies above.
  return marks.reverse();
}

export function findingLinks(place: Place, finding: ShownFinding | undefined): readonly FindingLink[] {
  if (!finding) return [];
  const { severity } = finding;
  const cycle = cycleOf(finding);
  if (cycle) {
    const points = cycle.map(({ unit, time }) => pointOf(place, unit, time));
    return points.flatMap((from, index) => {
      const to = points[(index + 1) % points.length];
      return from && to ? [{ kind: 'waitsFor' as const, from, to, severity }] : [];
    });
  }
  const [first, ...others] = momentsOf(finding);
  const other = others.find(({ unit, time }) => unit !== first?.unit || time !== first.time);
  const from = first && pointOf(place, first.unit, first.time);
  const to = other && pointOf(place, other.unit, other.time);
  return from && to ? [{ kind: 'unordered', from, to, severity }] : [];
}

/** The finding whose mark is at a point, undefined where there is none. */
export function findingAt(marks: readonly FindingMark[], x: number, y: number): number | undefined {
  const reach = MARK_RADIUS + 2;
  return marks.findLast((mark) => Math.abs(mark.x - x) <= reach && Math.abs(mark.y - y) <= reach)?.finding;
}

function pointOf(place: Place, unit: number, time: number): Point | undefined {
  const lane: Lane | undefined = place.lanes[place.laneOfUnit(unit)];
  if (!lane) return undefined;
  const middle = (lane.kind === 'process' || lane.kind === 'interpreter' ? HEADING_HEIGHT : LANE_HEIGHT) / 2;
  const x = Math.max(-FAR, Math.min(FAR, place.x(time)));
  return { x, y: lane.top - place.scrollTop + middle };
}
