/**
 * From a recorder's id (two 32-bit words) to a number that is not 0; 0 means unknown.
 *
 * Open addressing over typed arrays: no object and no string for an id, and an absurd id from a damaged file costs no
 * more than any other.
 */
export class IdMap {
  private capacity = 64;
  private used = 0;
  private highs = new Uint32Array(this.capacity);
  private lows = new Uint32Array(this.capacity);
  private values = new Uint32Array(this.capacity);

  get(high: number, low: number): number {
    return this.values[this.slot(high, low)] as number;
  }

  set(high: number, low: number, value: number): void {
    let slot = this.slot(high, low);
    if (this.values[slot] === 0) {
      this.used++;
      if (this.used * 2 > this.capacity) {
        this.grow();
        slot = this.slot(high, low);
      }
      this.highs[slot] = high;
      this.lows[slot] = low;
    }
    this.values[slot] = value;
  }

  private slot(high: number, low: number): number {
    const mask = this.capacity - 1;
    let hash = Math.imul(low, 0x9e3779b1) ^ Math.imul(high, 0x85ebca6b);
    hash ^= hash >>> 15;
    let slot = hash & mask;
    const { values, lows, highs } = this;
    while (values[slot] !== 0 && (lows[slot] !== low >>> 0 || highs[slot] !== high >>> 0)) slot = (slot + 1) & mask;
    return slot;
  }

  private grow(): void {
    const { highs, lows, values } = this;
    this.capacity *= 2;
    this.highs = new Uint32Array(this.capacity);
    this.lows = new Uint32Array(this.capacity);
    this.values = new Uint32Array(this.capacity);
    for (let i = 0; i < values.length; i++) {
      if (values[i] === 0) continue;
      const slot = this.slot(highs[i] as number, lows[i] as number);
      this.highs[slot] = highs[i] as number;
      this.lows[slot] = lows[i] as number;
      this.values[slot] = values[i] as number;
    }
  }
}
