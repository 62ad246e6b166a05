/** The advice on a run, looked for about once a second while it runs, and when it is over. */
import { type Advice, NO_ADVICE, type RunAdvice } from '../../../common/advice';
import type { RunTables } from '../../../common/analysis/tables';
import { Look } from './look';
import { PATTERNS } from './patterns';
import { AGAIN_AFTER, MOST_ROWS, MOST_ROWS_LIVE } from './thresholds';

/** All advice on what the tables hold so far; what costs most of the run first. */
export function advise(tables: RunTables): RunAdvice {
  const look = new Look(tables);
  const all = PATTERNS.flatMap(({ id, title, find }) =>
    find(look).map((noticed): Advice => ({ id, title, ...noticed })),
  );
  return { all: all.sort((a, b) => (b.share ?? 0) - (a.share ?? 0)), limits: '' };
}

export class Advising {
  private latest: RunAdvice = NO_ADVICE;
  private again = AGAIN_AFTER;
  private isFinal = false;

  /** The same object as the last time when nothing has changed. */
  of(tables: RunTables, isDone: boolean): RunAdvice {
    if (this.isFinal || (!isDone && tables.now < this.again)) return this.latest;
    this.again = Math.max(tables.now * 1.1, tables.now + AGAIN_AFTER);
    this.isFinal = isDone;
    const made = this.look(tables, isDone);
    if (JSON.stringify(made) !== JSON.stringify(this.latest)) this.latest = made;
    return this.latest;
  }

  private look(tables: RunTables, isDone: boolean): RunAdvice {
    const { spans, waits, holds, states, units } = tables;
    const rows = spans.length + waits.length + holds.length + states.length + units.length;
    if (rows <= (isDone ? MOST_ROWS : MOST_ROWS_LIVE)) return advise(tables);
    const much = `so much was recorded (${rows.toLocaleString('en')} rows)`;
    if (isDone) return { all: [], limits: `Patterns were not looked for, since ${much}.` };
    return { ...this.latest, limits: `Patterns are looked for again when the program has ended, since ${much}.` };
  }
}
