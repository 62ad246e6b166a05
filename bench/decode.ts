/**
 * How fast events become a trace: a mixed trace is made in memory (functions, locks, tasks, jobs, waits in four threads)
 * and appended in pieces as the tail would. Prints events a second of CPU time; the aim is 3 million.
 */
import { KIND, OPERATION, RECORD_BYTES, SEGMENT_HEADER_BYTES, SEGMENT_MAGIC } from '../common/events';
import { PASS_DONE, TRACE_DONE, Trace } from '../src/engine/trace';

const THREADS = 4;
const EVENTS = Number(process.argv[2] ?? 2_000_000);
const PIECE_BYTES = 256 * 1024;
const REPEATS = 5;
const PID = 100;
const START_NS = 2 ** 43;

const files = mixedTrace();
const rates: number[] = [];
for (let repeat = 0; repeat < REPEATS; repeat++) rates.push(measure());
rates.sort((a, b) => a - b);
const median = rates[Math.floor(REPEATS / 2)] as number;
console.log(
  `decode and fold: ${median.toFixed(1)} M events/s (median of ${REPEATS}, aim 3.0), ${EVENTS} events in ${THREADS} streams`,
);
const memory = process.memoryUsage();
console.log(
  `memory: ${Math.round((memory.rss - memory.external) / 2 ** 20)} MiB heap and code, ${Math.round(memory.arrayBuffers / 2 ** 20)} MiB columns and input`,
);

function measure(): number {
  const trace = new Trace();
  const consumed = new Map<string, number>();
  const before = process.cpuUsage();
  for (let progress = true; progress; ) {
    progress = false;
    for (const [file, bytes] of files) {
      const offset = consumed.get(file) ?? 0;
      if (offset >= bytes.length) continue;
      const end = trace.append({ file, offset, bytes: bytes.subarray(offset, offset + PIECE_BYTES), final: false });
      progress ||= end > offset;
      consumed.set(file, end);
    }
    trace.append(PASS_DONE);
  }
  trace.append(TRACE_DONE);
  // CPU time, all threads of the garbage collector included, so that what else the machine does hardly matters.
  const { user, system } = process.cpuUsage(before);
  const seconds = (user + system) / 1e6;
  if (trace.spans.length < EVENTS / 20 || trace.waits.length < EVENTS / 40) throw new Error('the trace was not folded');
  return EVENTS / seconds / 1e6;
}

function mixedTrace(): Map<string, Uint8Array> {
  return new Map(Array.from({ length: THREADS }, (_, stream) => [`${PID}-0-1-${stream}-0.seg`, oneStream(stream)]));
}

/** A round of 20 events of one thread: calls, an uncontended lock, a contended one, a task's step, a wait for a queue. */
function oneStream(stream: number): Uint8Array {
  const count = EVENTS / THREADS;
  const bytes = new Uint8Array(SEGMENT_HEADER_BYTES + count * RECORD_BYTES);
  const view = new DataView(bytes.buffer);
  bytes.set(SEGMENT_MAGIC);
  view.setUint32(8, PID, true);
  view.setBigUint64(16, BigInt(START_NS), true);
  view.setUint32(24, stream, true);
  view.setUint32(52, 3, true);
  view.setBigUint64(64, BigInt(bytes.length), true);
  const words = new Uint32Array(bytes.buffer);
  let at = SEGMENT_HEADER_BYTES / 4;
  let time = START_NS + stream * 10;
  const put = (kind: number, object: number, objectStream = 0, site = 0, operation = 0, flags = 0, arg = 0): void => {
    if (at >= words.length) return;
    time += 97;
    words[at] = time % 2 ** 32;
    words[at + 1] = Math.floor(time / 2 ** 32);
    words[at + 2] = object;
    words[at + 3] = objectStream;
    words[at + 4] = arg;
    words[at + 5] = arg === 0 ? 0 : stream;
    words[at + 6] = site;
    words[at + 7] = (kind | (operation << 8) | (flags << 24)) >>> 0;
    at += 8;
  };
  if (stream === 0) put(KIND.process_begin, 1);
  put(KIND.thread_begin, 2, stream, 0, 0, stream === 0 ? 1 : 0);
  for (let round = 0; at < words.length; round++) {
    const task = 1000 + (round % 2000);
    put(KIND.enter, 0, 0, 1);
    put(KIND.enter, 0, 0, 2 + (round % 50));
    put(KIND.acquire, 10 + (round % 100), 0, 60, OPERATION['threading.Lock']);
    put(KIND.release, 10 + (round % 100), 0, 61, OPERATION['threading.Lock']);
    put(KIND.leave, 0, 0, 2 + (round % 50));
    put(KIND.wait, 5, 0, 62, OPERATION['threading.Lock']);
    put(KIND.got, 5, 0, 62, OPERATION['threading.Lock'], 0, 2);
    put(KIND.release, 5, 0, 63, OPERATION['threading.Lock']);
    put(KIND.leave, 0, 0, 1);
    put(KIND.step_begin, task, stream);
    put(KIND.enter, 0, 0, 70);
    put(KIND.signal, 6, 0, 71, OPERATION['queue.Queue.put']);
    put(KIND.leave, 0, 0, 70, 0, 1);
    put(KIND.step_end, task, stream, 72, OPERATION['asyncio.sleep']);
    put(KIND.enter, 0, 0, 80);
    put(KIND.acquire, 7, 0, 81, OPERATION['threading.RLock']);
    put(KIND.acquire, 7, 0, 82, OPERATION['threading.RLock']);
    put(KIND.release, 7, 0, 83, OPERATION['threading.RLock']);
    put(KIND.release, 7, 0, 83, OPERATION['threading.RLock']);
    put(KIND.leave, 0, 0, 80);
  }
  return bytes;
}
