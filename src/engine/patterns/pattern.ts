/** What a pattern is. Each is one file, listed in `patterns.ts`, with a page in `docs/patterns/ID.md`. */
import type { Advice } from '../../../common/advice';
import type { Look } from './look';

/** What a pattern says of a run; the rest of the advice is the pattern's own. */
export type Noticed = Omit<Advice, 'id' | 'title'>;

export interface Pattern {
  /** `serialised-by-lock`. */
  readonly id: string;
  /** A few words, without a full stop. */
  readonly title: string;
  /** Goes over each table once or twice; nothing is kept for the next time. */
  find(look: Look): readonly Noticed[];
}
