/** In which epoch each thread was at any time: what was told later has to be put where it belongs. */

/** Of each thread; before the oldest one that is kept nothing is known. */
const MOST_MOMENTS = 4096;

interface History {
  readonly times: number[];
  readonly epochs: number[];
}

export class Epochs {
  private readonly histories = new Map<number, History>();

  /** Tells in which epoch a thread is after a fact. */
  note(thread: number, epoch: number, time: number): void {
    const history = this.histories.get(thread) ?? { times: [], epochs: [] };
    this.histories.set(thread, history);
    if (history.epochs[history.epochs.length - 1] === epoch) return;
    if (history.times.length >= MOST_MOMENTS) {
      history.times.splice(0, MOST_MOMENTS / 2);
      history.epochs.splice(0, MOST_MOMENTS / 2);
    }
    history.times.push(time);
    history.epochs.push(epoch);
  }

  /** The epoch that a thread was in at a time; what it did right then belongs to the one that began before. */
  at(thread: number, time: number): number {
    const history = this.histories.get(thread);
    if (!history) return 1;
    let low = 0;
    let high = history.times.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((history.times[middle] as number) <= time) low = middle + 1;
      else high = middle;
    }
    return history.epochs[low - 1] ?? 1;
  }
}
