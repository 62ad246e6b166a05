/** Findings as they come in: equal ones are counted, the first one stays. */
import type { Finding } from '../../../common/finding';
import type { Reported } from './detector';
import { ruleOf } from './rules';

/** More than these are not kept: a program with so many has one cause, and a damaged trace has none. */
const MOST_FINDINGS = 1000;

export class Findings {
  private readonly list: Finding[] = [];
  private readonly rows = new Map<string, number>();
  /** Row of the one that the run was to confirm and has, -1 none. */
  private confirmed = -1;
  private isConfirmed: (finding: Pick<Finding, 'rule' | 'locations'>) => boolean = () => false;
  /** By row: the value of `changes` at which it last changed. */
  readonly revisions: number[] = [];
  /** Counts changes. */
  changes = 0;
  /** Findings that were not kept. */
  left = 0;

  get all(): readonly Finding[] {
    return this.list;
  }

  /** Adds what was confirmed; in the place of the finding that it is, when that is there, and of what comes later and is it. */
  confirm(confirmed: Reported, isSame: (finding: Pick<Finding, 'rule' | 'locations'>) => boolean): void {
    if (this.confirmed === -1) {
      this.confirmed = this.list.findIndex(isSame);
      if (this.confirmed === -1) this.confirmed = this.list.length;
    }
    const row = this.confirmed;
    if (row === this.list.length) this.add(confirmed);
    else {
      const { key, ...facts } = confirmed;
      this.list[row] = { ...(this.list[row] as Finding), ...facts };
      this.revisions[row] = ++this.changes;
    }
    this.isConfirmed = isSame;
  }

  add({ key, ...reported }: Reported): void {
    if (this.isConfirmed(reported)) return;
    const fullKey = `${reported.rule} ${key}`;
    const row = this.rows.get(fullKey);
    if (row !== undefined) {
      const known = this.list[row] as Finding;
      this.list[row] = { ...known, count: known.count + 1 };
      this.revisions[row] = ++this.changes;
      return;
    }
    if (this.list.length === MOST_FINDINGS) {
      this.left++;
      return;
    }
    const id = this.list.length;
    const severity = reported.severity ?? ruleOf(reported.rule)?.severity ?? 'warning';
    this.rows.set(fullKey, id);
    this.list.push({ ...reported, id, severity, grade: reported.grade ?? '', count: 1 });
    this.revisions.push(++this.changes);
  }
}
