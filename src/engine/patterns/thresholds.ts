/** When a pattern is worth a word: all the figures at one place. Times in nanoseconds, shares of 1. */

const MS = 1e6;

/** Stretches that an advice names at most: more would not be seen apart. */
export const MOST_STRETCHES = 200;
/** While it runs, a run is looked at anew when it has become longer by so much, and by a tenth. */
export const AGAIN_AFTER = 1000 * MS;
/** Rows of all tables up to which a run is looked at while it runs, and when it is over. */
export const MOST_ROWS_LIVE = 60_000;
export const MOST_ROWS = 1_000_000;

/** Shorter than this nothing is worth a change. */
export const SHORTEST_COST = 50 * MS;

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

/** A lock that is waited for as long as `SERIALISED` says, and held for so short times. */
export const CONVOY = {
  waits: 50,
  meanHold: 1 * MS,
};

export const GIL_THREADS = {
  /** Of the run in which one wants the GIL. */
  share: 0.2,
  /** Each of the threads ran for so long, and wanted the GIL for so long. */
  each: 20 * MS,
  /** Wanting, for each nanosecond of running. */
  wanted: 0.4,
};

export const SEQUENTIAL_AWAITS = {
  share: 0.2,
  awaits: 3,
  /** Shorter awaits are not counted. */
  each: 5 * MS,
  /** Of the time from the first await to the last. */
  waited: 0.8,
  /** Another task that lives for so much of that time runs beside it, */
  company: 0.2,
  /** unless so much of it is waiting for tasks. */
  joined: 0.95,
};

export const UNEVEN = {
  /** Of the batch in which the last worker is alone. */
  alone: 0.3,
  /** Of the run. */
  share: 0.15,
  pieces: 4,
  /** All pieces are there in this first part of the batch. */
  together: 0.2,
  /** Of the time alone in which the worker waits for others: then it is them whom it lasts for. */
  waiting: 0.3,
  stretches: 50,
};

export const POOL = {
  /** Of the run in which jobs are queued. */
  share: 0.3,
  jobs: 8,
  perWorker: 3,
  /** Of the jobs' time in which their worker waits. */
  waiting: 0.8,
  /** A job queues for so many times as long as it runs, in the mean. */
  queued: 1,
};

export const QUEUE_FILLS = {
  share: 0.5,
  puts: 5,
  /** Waiting to get, for each nanosecond of waiting to put. */
  gets: 0.5,
};

export const BUSY_WAITING = {
  share: 0.2,
  times: 20,
  /** Longer time-outs are a way to look up from time to time. */
  each: 50 * MS,
};

export const OVERSUBSCRIBED = {
  share: 0.3,
  cost: 200 * MS,
  /** So many times the cores, or more. */
  factor: 2,
  /** Of what a thread ran and wanted to run. */
  ready: 0.3,
};

export const CHATTY = {
  /** Of the run in which such jobs are on their way. */
  share: 0.2,
  jobs: 100,
  meanJob: 1 * MS,
  /** Of the workers' time in which they run the jobs. */
  busy: 0.3,
};

export const TINY_WORK = {
  /** Of the run in which a process starts. */
  share: 0.2,
  cost: 100 * MS,
  processes: 2,
  /** So many times the work. */
  startUp: 2,
};

export const QUEUE_STARVES = {
  /** Of the run in which all consumers wait. */
  share: 0.5,
  consumers: 2,
  /** Waits of each of them. */
  gets: 5,
  /** Of their lives. */
  waited: 0.8,
};
