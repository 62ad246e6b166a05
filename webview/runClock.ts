/**
 * What time it is in the program, between the messages that say so. Time passes there as it does here, so the picture
 * glides; when all threads sleep, no records come and time passes all the same.
 */
export class RunClock {
  /** The program's time less ours in nanoseconds, as of the message that came with the least delay. */
  private offset = Number.NaN;

  received(now: number, isLive: boolean, milliseconds: number): void {
    const offset = now - milliseconds * 1e6;
    if (!isLive || now <= 0) this.offset = Number.NaN;
    else if (!(this.offset >= offset)) this.offset = offset;
  }

  /** Another run begins. */
  forget(): void {
    this.offset = Number.NaN;
  }

  now(recorded: number, isLive: boolean, milliseconds: number): number {
    if (!isLive || Number.isNaN(this.offset)) return recorded;
    return Math.max(recorded, this.offset + milliseconds * 1e6);
  }
}
