/**
 * How long many things took, in little memory: the first values as they are, and once there are more than that only how
 * many fell between which bounds. From then on quantiles are right to about 2 %, and `isExact` is false.
 */

const EXACT_UP_TO = 256;
/** Equal parts of an octave, by the leading bits of a double: the middle of a part is at most 1.6 % off. */
const PART_BITS = 5;
const PARTS = 1 << PART_BITS;
/** 2^48 nanoseconds are three days. */
const OCTAVES = 48;
/** Exponents of doubles count from here. */
const EXPONENT_OF_ONE = 1023;

/** A double and its bits, the higher half second. */
const double = new Float64Array(1);
const bits = new Uint32Array(double.buffer);

export class Distribution {
  count = 0;
  sum = 0;
  min = Number.POSITIVE_INFINITY;
  max = 0;
  private values: number[] | undefined = [];
  private parts: Uint32Array | undefined;

  add(nanos: number): void {
    this.count++;
    this.sum += nanos;
    if (nanos < this.min) this.min = nanos;
    if (nanos > this.max) this.max = nanos;
    if (!this.values) {
      this.addToParts(nanos);
      return;
    }
    this.values.push(nanos);
    if (this.values.length > EXACT_UP_TO) this.spill(this.values);
  }

  /** Whether quantiles are those of the values themselves. */
  get isExact(): boolean {
    return this.values !== undefined;
  }

  /** The smallest value that at least this share of all (0 to 1) do not exceed; NaN without values. */
  quantile(share: number): number {
    if (this.count === 0) return Number.NaN;
    const rank = Math.max(1, Math.ceil(share * this.count));
    if (this.values) {
      this.values.sort((a, b) => a - b);
      return this.values[rank - 1] as number;
    }
    const { parts = new Uint32Array() } = this;
    let seen = 0;
    for (let part = 0; part < parts.length; part++) {
      seen += parts[part] as number;
      if (seen >= rank) return Math.min(this.max, Math.max(this.min, middleOf(part)));
    }
    return this.max;
  }

  /** How many values lie in each of so many equal parts of the way from the shortest to the longest, on a scale of factors. */
  histogram(bars: number): Uint32Array {
    const counts = new Uint32Array(bars);
    const low = Math.log2(Math.max(1, this.min));
    const width = Math.max(1e-9, Math.log2(Math.max(1, this.max)) - low);
    const put = (exponent: number, count: number): void => {
      const bar = Math.max(0, Math.min(bars - 1, Math.floor(((exponent - low) / width) * bars)));
      counts[bar] = (counts[bar] as number) + count;
    };
    for (const value of this.values ?? []) put(Math.log2(Math.max(1, value)), 1);
    for (const [part, count] of (this.parts ?? []).entries()) if (count > 0) put(Math.log2(middleOf(part)), count);
    return counts;
  }

  private spill(values: readonly number[]): void {
    this.values = undefined;
    this.parts = new Uint32Array(OCTAVES * PARTS);
    for (const value of values) this.addToParts(value);
  }

  private addToParts(nanos: number): void {
    const part = partOf(nanos);
    const { parts } = this;
    if (parts) parts[part] = (parts[part] as number) + 1;
  }
}

function partOf(nanos: number): number {
  if (nanos <= 1) return 0;
  double[0] = nanos;
  const part = ((bits[1] as number) >>> (20 - PART_BITS)) - (EXPONENT_OF_ONE << PART_BITS);
  return Math.min(OCTAVES * PARTS - 1, part);
}

function middleOf(part: number): number {
  return 2 ** (part >> PART_BITS) * (1 + ((part & (PARTS - 1)) + 0.5) / PARTS);
}
