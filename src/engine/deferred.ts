/** What has to wait for a text, site or unit that is defined in another stream, which was not read as far yet. */
export class Deferred {
  private waiting: (() => boolean)[] = [];
  private definitions = 0;
  private definitionsTried = 0;

  /** Runs `fill` now or, while it returns false, again after more was defined. */
  whenKnown(fill: () => boolean): void {
    if (!fill()) this.waiting.push(fill);
  }

  /** Tells that something was defined, so that what waits is worth another try. */
  defined(): void {
    this.definitions++;
  }

  retry(): void {
    if (this.definitions === this.definitionsTried || this.waiting.length === 0) return;
    this.definitionsTried = this.definitions;
    const tried = this.waiting;
    this.waiting = [];
    for (const fill of tried) this.whenKnown(fill);
  }
}
