/** The calls by which a place was reached, as far as they were told (`call` in the schema). */
import type { Model } from '../model';

const MOST_STEPS = 64;

/** The calls that lead from the function of one place to another place, outermost first; empty when none is known. */
export function callsBetween(model: Model, from: number, to: number): number[] {
  const wanted = functionOf(model, from);
  if (wanted === '' || wanted === functionOf(model, to)) return [];
  const paths: number[][] = [[to]];
  const seen = new Set([to]);
  for (let path = paths.shift(); path && seen.size < MOST_STEPS; path = paths.shift()) {
    for (const caller of model.callers.get(path[0] as number) ?? []) {
      if (seen.has(caller)) continue;
      seen.add(caller);
      if (functionOf(model, caller) === wanted) return [caller, ...path.slice(0, -1)];
      paths.push([caller, ...path]);
    }
  }
  return [];
}

/** The place from which a function was called that both of two places were reached from, as two calls in it. */
export function commonCallers(model: Model, a: number, b: number): [number, number] | undefined {
  for (const first of model.callers.get(a) ?? []) {
    const second = (model.callers.get(b) ?? []).find((each) => functionOf(model, each) === functionOf(model, first));
    if (second !== undefined) return [first, second];
  }
  return undefined;
}

function functionOf(model: Model, site: number): string {
  const place = model.sites[site - 1];
  return place && place.line !== 0 ? `${place.file}:${place.function}` : '';
}
