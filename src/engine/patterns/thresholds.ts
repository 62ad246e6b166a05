/** When a pattern is worth a word: all the figures at one place. Times in nanoseconds, shares of 1. */

const MS = 1e6;

/** Stretches that an advice names at most: more would not be seen apart. */
export const MOST_STRETCHES = 200;
/** While it runs, a run is looked at anew when it has become longer by so much, and by a tenth. */
export const AGAIN_AFTER = 1000 * MS;
/** Rows of all tables up to which a run is looked at while it runs, and when it is over. */
export const MOST_ROWS_LIVE = 300_000;
export const MOST_ROWS = 4_000_000;

/** Shorter than this nothing is worth a change. */
export const SHORTEST_COST = 20 * MS;

export const SERIALISED = {
  /** Of the run in which somebody waits for the lock. */
  share: 0.2,
  /** Times that it was taken; few long ones may be how the program is meant. */
  holds: 4,
  waiters: 2,
  /** A unit takes part when it waits for the lock or holds it for so much of that time. */
  engaged: 0.5,
};

export const FALSE_CONCURRENCY = {
  /** Of the run in which the one that started waits for the one that it started. */
  share: 0.2,
  units: 3,
  /** Of the units' lives in which the one that started them waits. */
  waited: 0.8,
};
