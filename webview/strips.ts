/** Stretches of a lane in pixels: which of it is meant, and which is the rest. Pure. */

/** How much of the ground lies over what is not meant. */
export const VEIL = 0.72;

export interface Strip {
  readonly from: number;
  readonly to: number;
}

/** Strips in order, without overlaps; such as are nearer than a pixel become one. */
export function joined(strips: readonly Strip[]): Strip[] {
  const sorted = [...strips].sort((a, b) => a.from - b.from);
  const result: { from: number; to: number }[] = [];
  for (const strip of sorted) {
    const last = result.at(-1);
    if (last && strip.from <= last.to + 1) last.to = Math.max(last.to, strip.to);
    else result.push({ ...strip });
  }
  return result;
}

/** What of 0 to `width` lies outside of strips that are in order. */
export function rest(strips: readonly Strip[], width: number): Strip[] {
  const result: Strip[] = [];
  let from = 0;
  for (const strip of strips) {
    if (strip.from > from) result.push({ from, to: Math.min(strip.from, width) });
    from = Math.max(from, strip.to);
  }
  if (from < width) result.push({ from, to: width });
  return result;
}

/** What lies in both, each in order. */
export function common(one: readonly Strip[], other: readonly Strip[]): Strip[] {
  const result: Strip[] = [];
  for (let i = 0, k = 0; i < one.length && k < other.length; ) {
    const from = Math.max(one[i].from, other[k].from);
    const to = Math.min(one[i].to, other[k].to);
    if (to > from) result.push({ from, to });
    if (one[i].to < other[k].to) i++;
    else k++;
  }
  return result;
}
