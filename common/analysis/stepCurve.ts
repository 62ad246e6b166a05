/** How many there were at each moment, from when each came and went: who waits for a lock, items of a queue. */
export class StepCurve {
  /** When the number changes, and to what. */
  readonly times: Float64Array;
  readonly levels: Int32Array;
  /** The number times nanoseconds, from the first change up to each. */
  private readonly sums: Float64Array;
  /** The largest number, and when it was first reached (NaN without any change). */
  readonly most: number = 0;
  readonly mostAt: number = Number.NaN;
  readonly least: number = 0;

  /** Takes the arrays over and sorts them. Where one goes and another one comes at the same time there is no peak. */
  constructor(came: Float64Array, went: Float64Array) {
    came.sort();
    went.sort();
    const length = came.length + went.length;
    this.times = new Float64Array(length);
    this.levels = new Int32Array(length);
    this.sums = new Float64Array(length);
    for (let i = 0, up = 0, down = 0, level = 0, sum = 0; i < length; i++) {
      const isDown = up === came.length || (down < went.length && (went[down] as number) <= (came[up] as number));
      const time = (isDown ? went[down++] : came[up++]) as number;
      if (i > 0) sum += level * (time - (this.times[i - 1] as number));
      level += isDown ? -1 : 1;
      this.times[i] = time;
      this.levels[i] = level;
      this.sums[i] = sum;
      if (level > this.most) [this.most, this.mostAt] = [level, time];
      if (level < this.least) this.least = level;
    }
  }

  at(time: number): number {
    const index = this.lastUntil(time);
    return index < 0 ? 0 : (this.levels[index] as number);
  }

  /** Mean of a stretch of time. */
  mean(from: number, to: number): number {
    return to > from ? (this.sumUntil(to) - this.sumUntil(from)) / (to - from) : this.at(from);
  }

  private sumUntil(time: number): number {
    const index = this.lastUntil(time);
    if (index < 0) return 0;
    return (this.sums[index] as number) + (this.levels[index] as number) * (time - (this.times[index] as number));
  }

  private lastUntil(time: number): number {
    let low = 0;
    let high = this.times.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.times[middle] as number) <= time) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }
}
