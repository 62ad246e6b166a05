/** Does long work in slices, so that the picture moves in between. */

const SLICE_MS = 8;

export interface SlicedWork {
  cancel(): void;
}

/** Calls back with the share that is done after each slice, and with the result. */
export function inSlices<Result>(
  work: Generator<number, Result>,
  progressed: (share: number) => void,
  finished: (result: Result) => void,
): SlicedWork {
  let timer = setTimeout(slice, 0);
  function slice(): void {
    const begun = performance.now();
    for (;;) {
      const step = work.next();
      if (step.done) {
        finished(step.value);
        return;
      }
      if (performance.now() - begun < SLICE_MS) continue;
      progressed(step.value);
      timer = setTimeout(slice, 0);
      return;
    }
  }
  return { cancel: () => clearTimeout(timer) };
}
