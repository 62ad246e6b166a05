/** `value.value += 1` between processes: its lock is held for the read and for the write, but not from one to the other. */
import { KIND, OPERATION } from '../../../common/events';
import type { Rule } from '../../../common/finding';
import type { DetectContext, Detector, DetectorKind } from './detector';
import type { Fact } from './fact';
import * as words from './words';

const RULES: readonly Rule[] = [
  {
    id: 'atomicity.value',
    title: 'Shared value is read and written in two steps',
    kind: 'atomicity',
    severity: 'error',
  },
];

/** Flags of a release: what the lock was held for. */
const ONE_READ = 1;
const ONE_WRITE = 2;
const VALUES: ReadonlySet<number> = new Set([
  OPERATION['multiprocessing.Value.get_lock'],
  OPERATION['multiprocessing.Array.get_lock'],
]);

interface Read {
  readonly object: number;
  readonly site: number;
  readonly time: number;
}

interface Update {
  readonly unit: number;
  readonly read: Read;
  /** Site row + 1 of the write. */
  readonly site: number;
  readonly time: number;
}

class AtomicityOfValues implements Detector {
  /** Unit -> the read that was the last thing it did. */
  private readonly reads = new Map<number, Read>();
  /** Value -> the first update of each unit. */
  private readonly updates = new Map<number, Map<number, Update>>();

  constructor(private readonly context: DetectContext) {}

  on(fact: Fact): void {
    if (fact.kind !== KIND.release || !VALUES.has(fact.operation)) {
      // Taking the same lock again is how the write begins; anything else comes between.
      if (!VALUES.has(fact.operation)) this.reads.delete(fact.unit);
      return;
    }
    const { unit, object, site, time } = fact;
    const read = this.reads.get(unit);
    if (fact.flags & ONE_READ) this.reads.set(unit, { object, site, time });
    else {
      this.reads.delete(unit);
      if (fact.flags & ONE_WRITE && read?.object === object && this.isOneLine(read.site, site))
        this.updated(object, { unit, read, site, time });
    }
  }

  private isOneLine(a: number, b: number): boolean {
    const { sites } = this.context.model;
    const [first, second] = [sites[a - 1], sites[b - 1]];
    return first !== undefined && first.line === second?.line && first.file === second.file;
  }

  private updated(object: number, update: Update): void {
    const updates = this.updates.get(object) ?? new Map<number, Update>();
    this.updates.set(object, updates);
    if (updates.has(update.unit)) return;
    updates.set(update.unit, update);
    const other = [...updates.values()].find(({ unit }) => unit !== update.unit && this.overlap(unit, update.unit));
    if (other) this.report(object, update, other);
  }

  /** Whether two units lived at the same time. */
  private overlap(a: number, b: number): boolean {
    const { model } = this.context;
    const [first, second] = [model.unit(a), model.unit(b)];
    return !(first.end <= second.start) && !(second.end <= first.start);
  }

  /** A process, where it is its main thread that did it. */
  private nameOf(unit: number): string {
    const { model } = this.context;
    const process = model.unitSpaces[unit]?.unit ?? -1;
    return words.unit(model, model.unitSpaces[unit]?.mainThread === unit && process !== -1 ? process : unit);
  }

  private report(object: number, { unit, read, site, time }: Update, other: Update): void {
    const { model } = this.context;
    const name = words.object(model, object);
    const [one, another] = [this.nameOf(unit), this.nameOf(other.unit)];
    this.context.report({
      rule: 'atomicity.value',
      key: words.place(model, site),
      certainty: 'predicted',
      grade: 'real',
      message: `${one} reads ${name} and writes it at ${words.place(model, site)} as two steps, and ${another} does so at the same time: what one of them writes is lost. Hold its lock over both: with ${name}.get_lock().`,
      locations: [
        { site, role: `writes ${name}`, unit, time },
        { site: read.site, role: `reads ${name}`, unit, time: read.time },
        { site: other.site, role: `writes ${name}`, unit: other.unit, time: other.time },
      ],
      units: [unit, other.unit],
      objects: [object],
    });
  }
}

export const ATOMICITY_OF_VALUES: DetectorKind = {
  rules: RULES,
  kinds: [KIND.release, KIND.acquire, KIND.wait, KIND.got, KIND.signal],
  make: (context) => new AtomicityOfValues(context),
};
