/** From finding to finding: one that is asked for is shown as soon as its lanes are there, new ones are announced. */
import type { ShownFinding } from '../common/finding';
import type { Choices } from './choices';
import { findingOf, neighbourOf } from './findings';
import type { Store } from './store';

export class FindingWalk {
  /** Id of a finding that is to be shown. */
  private asked: number | undefined;
  /** How many findings were told to readers of the screen. */
  private announced = 0;

  constructor(
    private readonly store: Store,
    private readonly choices: Choices,
    private readonly announcer: HTMLElement,
    /** Something has to be drawn again. */
    private readonly changed: () => void,
  ) {}

  show(id: number): void {
    this.asked = id;
    this.changed();
  }

  /** Shows what was asked for, when it is there; `prepare` is called right before. */
  showAsked(prepare: () => void): void {
    const { asked } = this;
    if (asked === undefined || !findingOf(this.store, asked)) return;
    this.asked = undefined;
    prepare();
    this.choices.jump({ kind: 'finding', id: asked });
  }

  step(direction: 1 | -1): void {
    const { selection } = this.choices;
    const current = selection?.kind === 'finding' ? selection.id : undefined;
    const next = neighbourOf(this.store, current, direction);
    if (next) this.show(next.id);
  }

  /** Tells readers of the screen that something was found. */
  announce(): void {
    const { findings } = this.store;
    if (findings.length > this.announced) {
      const latest = findings[findings.length - 1] as ShownFinding;
      this.announcer.textContent = `Found: ${latest.title}. ${latest.message}`;
    }
    this.announced = findings.length;
  }
}
