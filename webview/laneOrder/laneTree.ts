/** Lanes as a tree, and back to a list. Pure. */
import type { Lane } from '../lanes';

export interface LaneNode {
  readonly lane: Lane;
  readonly inside: LaneNode[];
}

/** A lane is in the nearest one above it whose level is lower. */
export function laneTree(lanes: readonly Lane[]): LaneNode[] {
  const roots: LaneNode[] = [];
  const around: LaneNode[] = [];
  for (const lane of lanes) {
    while (around.length > 0 && (around.at(-1) as LaneNode).lane.level >= lane.level) around.pop();
    const node: LaneNode = { lane, inside: [] };
    (around.at(-1)?.inside ?? roots).push(node);
    around.push(node);
  }
  return roots;
}

/** From top to bottom, each at its new height and level. */
export function linesUp(nodes: readonly LaneNode[]): Lane[] {
  const lanes: Lane[] = [];
  let top = 0;
  const add = (inside: readonly LaneNode[], level: number): void => {
    for (const node of inside) {
      lanes.push({ ...node.lane, top, level });
      top += node.lane.height;
      add(node.inside, level + 1);
    }
  };
  add(nodes, 0);
  return lanes;
}

export interface Siblings {
  /** Key of the lane in which they are, '' for none. */
  readonly parent: string;
  readonly keys: readonly string[];
}

/** A lane and those beside which it stands, in order; undefined when there is no such lane. */
export function siblingsOf(lanes: readonly Lane[], key: string): Siblings | undefined {
  const find = (parent: string, nodes: readonly LaneNode[]): Siblings | undefined => {
    if (nodes.some(({ lane }) => lane.key === key)) return { parent, keys: nodes.map(({ lane }) => lane.key) };
    for (const { lane, inside } of nodes) {
      const found = find(lane.key, inside);
      if (found) return found;
    }
    return undefined;
  };
  return find('', laneTree(lanes));
}
