/** How many of some stretches lie over each other: [time, how many from then on], in the order of time. */
export function* busyEdges(starts: Float64Array, ends: Float64Array, length: number): Generator<[number, number]> {
  const begins = starts.slice(0, length).sort();
  const finishes = ends.slice(0, length).sort();
  let [begun, finished] = [0, 0];
  while (finished < length) {
    const nextBegin = begun < length ? (begins[begun] as number) : Number.POSITIVE_INFINITY;
    const time = Math.min(nextBegin, finishes[finished] as number);
    const before = begun - finished;
    while (begun < length && begins[begun] === time) begun++;
    while (finished < length && finishes[finished] === time) finished++;
    if (begun - finished !== before) yield [time, begun - finished];
  }
}
