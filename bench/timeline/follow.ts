/** Follows a run as the timeline's panel does, without VS Code, and measures the thread that does it. */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { hasAll } from '../../common/deltaRows';
import { findInterpreter, named } from '../../src/session/interpreter';
import { launchChild } from '../../src/session/launch';
import { Session } from '../../src/session/session';

/** As the panel's. */
const ROWS_PER_MESSAGE = 100_000;
const SEND_INTERVAL_MS = 50;
/** Of looking at the event loop. */
const RESOLUTION_MS = 5;

/** Times in milliseconds, but for `wall` and `cpu`, which are seconds. */
export interface Followed {
  readonly events: number;
  readonly wall: number;
  readonly cpu: number;
  /** How late the event loop was: 99th percentile, and at most. */
  readonly late: number;
  readonly longest: number;
  /** The longest making of a message. */
  readonly message: number;
  readonly reads: number;
  readonly rows: number;
}

export async function follow(options: {
  readonly python: string;
  readonly program: string;
  readonly seconds: string;
  readonly root: string;
}): Promise<Followed> {
  const interpreter = await findInterpreter([named(options.python, 'benchmark')]);
  const plan = {
    version: 1,
    file: options.program,
    args: [options.seconds],
    cwd: options.root,
    mode: 'as-written',
    function: '',
    inputs: '',
    workers: 0,
    spans: true,
    lines: false,
    race: false,
    packages: false,
    limitBytes: 0,
  } as const;
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  const session = await Session.start({ plan, interpreter, productFolder: options.root, launch: launchChild });
  const measured = { reads: 0, rows: 0, message: 0 };
  const read = session.openReader(ROWS_PER_MESSAGE);
  const send = (): void => {
    for (let isWhole = false; !isWhole; ) {
      const before = performance.now();
      const delta = read();
      measured.message = Math.max(measured.message, performance.now() - before);
      measured.reads++;
      measured.rows +=
        delta.spans.length + delta.holds.length + delta.states.length + delta.coreSpans.length + delta.waits.length;
      isWhole = hasAll(delta);
    }
  };
  const begun = performance.now();
  const before = process.cpuUsage();
  delay.enable();
  const timer = setInterval(send, SEND_INTERVAL_MS);
  await session.ended;
  delay.disable();
  clearInterval(timer);
  send();
  const { user, system } = process.cpuUsage(before);
  const wall = (performance.now() - begun) / 1000;
  const { trace } = session;
  // Each of them has a record for its begin and one for its end.
  const events = (trace.holds.length + trace.waits.length + trace.spans.length) * 2;
  await session.close();
  const late = (nanoseconds: number): number => Math.max(0, nanoseconds / 1e6 - RESOLUTION_MS);
  return {
    ...measured,
    events,
    wall,
    cpu: (user + system) / 1e6,
    late: late(delay.percentile(99)),
    longest: late(delay.max),
  };
}
