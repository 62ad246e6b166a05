/**
 * Which stretch of time is shown. Either it stands still, or it follows the end while the program runs; what the user
 * does by hand stops the following.
 */

/** A window of less is not asked for: the clock's own step is some tens of nanoseconds. */
const SHORTEST = 200;
/** While it follows, the whole run is shown up to this length; after that the last so many nanoseconds glide by. */
const LONGEST_FOLLOWED = 10e9;
/** A program that has just begun is not shown in less than this: else the first bars would race to the left. */
const SHORTEST_FOLLOWED = 0.5e9;
const GLIDE_MS = 160;

export class TimeWindow {
  from = 0;
  to = SHORTEST_FOLLOWED;
  following = true;
  /** The user chose the window since it was last fitted; the end of the run then leaves it alone. */
  chosen = false;
  /** Latest time that there is something to see of. */
  private extent = 0;
  private followed: number | undefined;
  private glide: { from: number; to: number; targetFrom: number; targetTo: number; since: number } | undefined;

  constructor(private readonly calm: () => boolean) {}

  get length(): number {
    return this.to - this.from;
  }

  /** It is on its way to another stretch. */
  get isGliding(): boolean {
    return this.glide !== undefined;
  }

  /** Moves on to a time in milliseconds; true while it moves by itself. */
  advance(extent: number, milliseconds: number): boolean {
    this.extent = extent;
    if (this.following) {
      this.glide = undefined;
      const length = this.followed ?? Math.min(LONGEST_FOLLOWED, Math.max(SHORTEST_FOLLOWED, extent));
      this.to = Math.max(extent, length);
      this.from = this.to - length;
      return true;
    }
    if (!this.glide) return false;
    const part = Math.min(1, (milliseconds - this.glide.since) / GLIDE_MS);
    const eased = 1 - (1 - part) ** 3;
    this.from = this.glide.from + (this.glide.targetFrom - this.glide.from) * eased;
    this.to = this.glide.to + (this.glide.targetTo - this.glide.to) * eased;
    if (part === 1) this.glide = undefined;
    return part < 1;
  }

  /** Shows this stretch, as the hand moves it. */
  set(from: number, to: number): void {
    this.stopFollowing();
    this.glide = undefined;
    [this.from, this.to] = this.clamp(from, to);
  }

  /** Shows this stretch, gliding there. */
  glideTo(from: number, to: number): void {
    this.stopFollowing();
    const [targetFrom, targetTo] = this.clamp(from, to);
    if (this.calm()) {
      this.from = targetFrom;
      this.to = targetTo;
      return;
    }
    this.glide = { from: this.from, to: this.to, targetFrom, targetTo, since: performance.now() };
  }

  /** Larger factors show less. The time at `center` stays where it is. */
  zoom(center: number, factor: number): void {
    const { from, to } = this.glide ? { from: this.glide.targetFrom, to: this.glide.targetTo } : this;
    const length = Math.max(SHORTEST, (to - from) / factor);
    const share = (center - from) / (to - from);
    this.glideTo(center - share * length, center + (1 - share) * length);
  }

  /** By a part of what is shown. */
  pan(part: number): void {
    const { from, to } = this.glide ? { from: this.glide.targetFrom, to: this.glide.targetTo } : this;
    this.glideTo(from + part * (to - from), to + part * (to - from));
  }

  /** Shows all. */
  glideToAll(extent: number): void {
    this.extent = Math.max(this.extent, extent);
    this.glideTo(0, Math.max(extent, SHORTEST));
    this.chosen = false;
  }

  /** Shows all at once; a picture that nobody has seen yet need not glide. */
  showAll(extent: number): void {
    this.following = false;
    this.glide = undefined;
    this.from = 0;
    this.to = extent > 0 ? extent : SHORTEST_FOLLOWED;
  }

  /** As it was when the page was last there. */
  restore(from: number, to: number): void {
    this.stopFollowing();
    this.from = from;
    this.to = to;
  }

  /** Keeps the end at the right edge from here on, with as much before it as is shown now if the user chose that. */
  follow(): void {
    this.followed = this.chosen ? Math.min(this.length, Math.max(this.extent, SHORTEST_FOLLOWED)) : undefined;
    this.following = true;
  }

  /** The program has ended: nothing to follow any more. */
  settle(extent: number): void {
    if (!this.following) return;
    this.following = false;
    if (!this.chosen) this.glideToAll(extent);
  }

  private stopFollowing(): void {
    this.following = false;
    this.chosen = true;
  }

  /** At least a tenth of the window has something in it, and it is never longer than a little more than the run. */
  private clamp(from: number, to: number): [number, number] {
    const extent = Math.max(this.extent, SHORTEST);
    const middle = (from + to) / 2;
    const length = Math.min(Math.max(to - from, SHORTEST), extent * 1.25);
    const start = Math.min(Math.max(middle - length / 2, -length * 0.9), extent - length * 0.1);
    return [start, start + length];
  }
}
