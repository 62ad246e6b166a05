/**
 * Fits Amdahl's law to measured times: with a serial part s, n workers take T(n) = T(1) (s + (1 - s) / n). G. M. Amdahl,
 * "Validity of the single processor approach to achieving large scale computing capabilities", 1967. Pure.
 */

/** A measured time with so many workers. */
export interface ScalingTime {
  readonly workers: number;
  readonly nanos: number;
}

export interface AmdahlFit {
  /** Part of the work that does not get faster with workers, 0 to 1. */
  readonly serial: number;
  /** Speed-up with any number of workers: 1 / serial; null without a limit. */
  readonly limit: number | null;
  /** Root of the mean square of measured minus fitted, as a part of the time with one worker. */
  readonly error: number;
  /** Whether the times follow the law at all. */
  readonly follows: boolean;
}

/** Further off than this part of T(1), the law says something else than the times. */
const MOST_ERROR = 0.08;
/** A serial part below this is none: the limit would be beyond any machine's cores. */
const NO_SERIAL = 0.001;

/** The serial part that fits best by least squares; undefined without a time of one worker and of more. */
export function fitAmdahl(times: readonly ScalingTime[]): AmdahlFit | undefined {
  const one = times.find(({ workers }) => workers === 1)?.nanos;
  const more = times.filter(({ workers }) => workers > 1);
  if (!one || more.length === 0) return undefined;
  // T(n) / T(1) - 1/n = s (1 - 1/n): a line through the origin.
  let [product, square] = [0, 0];
  for (const { workers, nanos } of more) {
    const x = 1 - 1 / workers;
    product += (nanos / one - 1 / workers) * x;
    square += x * x;
  }
  const serial = Math.min(1, Math.max(0, product / square));
  const squares = more.map(({ workers, nanos }) => (nanos / one - (serial + (1 - serial) / workers)) ** 2);
  const error = Math.sqrt(squares.reduce((sum, each) => sum + each, 0) / more.length);
  return { serial, limit: serial < NO_SERIAL ? null : 1 / serial, error, follows: error <= MOST_ERROR };
}

export function speedupBy({ serial }: AmdahlFit, workers: number): number {
  return 1 / (serial + (1 - serial) / workers);
}

/** The fewest workers beyond which nothing measured is a tenth faster; the last ones when it still grows. */
export function kneeOf(times: readonly ScalingTime[]): number {
  const sorted = [...times].sort((a, b) => a.workers - b.workers);
  for (const [i, { workers, nanos }] of sorted.entries()) {
    const best = Math.min(...sorted.slice(i).map((each) => each.nanos));
    if (best > nanos / WORTH_IT) return workers;
  }
  return sorted.at(-1)?.workers ?? 1;
}

const WORTH_IT = 1.1;
