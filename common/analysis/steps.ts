/** Rows between two chances to do something else: a millisecond of work or two. */
const ROWS_A_STEP = 2048;

/** Goes over rows [first, last) at a time, and tells after each step how many are done. */
export function* inSteps(length: number, work: (first: number, last: number) => void): Generator<number, void> {
  for (let first = 0; first < length; first += ROWS_A_STEP) {
    const last = Math.min(length, first + ROWS_A_STEP);
    work(first, last);
    yield last;
  }
}
