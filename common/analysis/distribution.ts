/**
 * How long many things took, in little memory: the first values as they are, and once there are more than that only how
 * many fell between which bounds. From then on quantiles are right to about 2 %, and `isExact` is false.
 */

const EXACT_UP_TO = 256;
/** Parts of an octave; a part is 4.4 % wide, its middle at most 2.2 % off. */
const PARTS = 16;
/** 2^48 nanoseconds are three days. */
const OCTAVES = 48;

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
      if (seen >= rank) return Math.min(this.max, Math.max(this.min, 2 ** ((part + 0.5) / PARTS)));
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
    for (const [part, count] of (this.parts ?? []).entries()) if (count > 0) put((part + 0.5) / PARTS, count);
    return counts;
  }

  private spill(values: readonly number[]): void {
    this.values = undefined;
    this.parts = new Uint32Array(OCTAVES * PARTS);
    for (const value of values) this.addToParts(value);
  }

  private addToParts(nanos: number): void {
    const part = nanos <= 1 ? 0 : Math.min(OCTAVES * PARTS - 1, Math.floor(Math.log2(nanos) * PARTS));
    const { parts } = this;
    if (parts) parts[part] = (parts[part] as number) + 1;
  }
}
