/**
 * Writes a saved trace of about so many function spans, always the same one: sixteen threads with calls in calls, a lock
 * for which they wait now and then and four cores.
 *   node dist/bench/timeline/writeTrace.js SPANS FILE              as a saved trace
 *   node dist/bench/timeline/writeTrace.js SPANS FILE speedscope    the spans alone, as speedscope reads them
 */
import { open } from 'node:fs/promises';
import { KIND, OPERATION, RECORD_BYTES, SEGMENT_HEADER_BYTES, SEGMENT_MAGIC } from '../../common/events';
import { writeSavedTrace } from '../../src/session/savedTraces';

const THREADS = 16;
const PID = 100;
const START_NS = 2 ** 43;
const NONCE = START_NS.toString(16);
/** As large as the recorder's largest segments. */
const SEGMENT_RECORDS = 131_072;
const SITES = 200;
/** Two threads share a lock each. */
const LOCKS = 8;
const FIRST_LOCK = 5;
const CORES = 4;
const TURN_NS = 250_000;
const SWITCH_BYTES = 32;
/** What a span takes of its thread's time in the mean. */
const SPAN_NS = 2010;

const spans = Number(process.argv[2] ?? 100_000);
const path = process.argv[3] ?? 'timeline.interleave';
const endNs = Math.round((spans / THREADS) * SPAN_NS);

void (process.argv[4] === 'speedscope' ? writeSpeedscope() : writeTrace()).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});

async function writeTrace(): Promise<void> {
  const files: { name: string; contents: AsyncIterable<Uint8Array> }[] = [];
  const perThread = Math.ceil(spans / THREADS);
  // Two records a span, and some for waits.
  const segments = Math.ceil((perThread * 2.05 + SITES * 3) / SEGMENT_RECORDS);
  const threads = Array.from({ length: THREADS }, (_, thread) => threadRecords(thread, perThread));
  files.push({
    name: 'run.json',
    contents: text({
      version: 1,
      file: '/work/busy.py',
      args: [],
      cwd: '/work',
      mode: 'as-written',
      function: '',
      inputs: '',
      workers: 0,
    }),
  });
  files.push({
    name: 'cores.json',
    contents: text({ source: 'exact', count: CORES, reason: '', startNs: START_NS }),
  });
  files.push({
    name: 'end.json',
    contents: text({
      exitCode: 0,
      startNs: START_NS,
      endNs: START_NS + endNs,
      python: '3.13.0',
      gil: true,
      how: 'exited',
      text: '',
    }),
  });
  for (let sequence = 0; sequence < segments; sequence++) {
    for (const [thread, records] of threads.entries())
      files.push({ name: `${PID}-0-${NONCE}-${thread}-${sequence}.seg`, contents: segment(thread, sequence, records) });
  }
  for (let core = 0; core < CORES; core++) files.push({ name: `cores-${core}.perf`, contents: switches(core) });
  await writeSavedTrace(path, files);
  console.log(`${spans} spans in ${path}`);
}

/** A profile a thread, of the same calls at the same times. */
async function writeSpeedscope(): Promise<void> {
  const frames = Array.from({ length: SITES }, (_, site) => ({
    name: `Service.step_${site + 1}`,
    file: '/work/busy.py',
  }));
  const output = await open(path, 'w');
  await output.write(
    `{"$schema":"https://www.speedscope.app/file-format-schema.json","shared":{"frames":${JSON.stringify(frames)}},"profiles":[`,
  );
  for (let thread = 0; thread < THREADS; thread++) {
    await output.write(
      `${thread > 0 ? ',' : ''}{"type":"evented","name":"worker-${thread}","unit":"nanoseconds","startValue":0,"endValue":${endNs * 2},"events":[`,
    );
    let text = '';
    let separator = '';
    for (const record of threadRecords(thread, Math.ceil(spans / THREADS))) {
      const kind = record[7] & 0xff;
      if (kind !== KIND.enter && kind !== KIND.leave) continue;
      const at = record[1] * 2 ** 32 + record[0] - START_NS;
      text += `${separator}{"type":"${kind === KIND.enter ? 'O' : 'C'}","frame":${record[6] - 1},"at":${at}}`;
      separator = ',';
      if (text.length < 1_000_000) continue;
      await output.write(text);
      text = '';
    }
    await output.write(`${text}]}`);
  }
  await output.write(']}');
  await output.close();
}

async function* text(value: object): AsyncGenerator<Uint8Array> {
  yield Buffer.from(JSON.stringify(value));
}

/** The next records of a thread that go into one segment. */
async function* segment(thread: number, sequence: number, records: Generator<Uint32Array>): AsyncGenerator<Uint8Array> {
  const bytes = new Uint8Array(SEGMENT_HEADER_BYTES + SEGMENT_RECORDS * RECORD_BYTES);
  const view = new DataView(bytes.buffer);
  bytes.set(SEGMENT_MAGIC);
  view.setUint32(8, PID, true);
  view.setBigUint64(16, BigInt(START_NS), true);
  view.setUint32(24, thread, true);
  view.setUint32(28, sequence, true);
  view.setUint32(52, 3, true);
  const words = new Uint32Array(bytes.buffer);
  let at = SEGMENT_HEADER_BYTES / 4;
  while (at < words.length) {
    const next = records.next();
    if (next.done) break;
    words.set(next.value, at);
    at += RECORD_BYTES / 4;
  }
  const length = Math.max(at * 4, SEGMENT_HEADER_BYTES);
  view.setBigUint64(64, BigInt(length), true);
  for (let offset = 0; offset < length; offset += 256 * 1024)
    yield bytes.subarray(offset, Math.min(length, offset + 256 * 1024));
}

/** Records of one thread; the same array each time. */
function* threadRecords(thread: number, spansWanted: number): Generator<Uint32Array> {
  const random = numbers(thread + 1);
  const lock = FIRST_LOCK + (thread % LOCKS);
  const other = (thread + LOCKS) % THREADS;
  const record = new Uint32Array(RECORD_BYTES / 4);
  let time = START_NS + thread * 10;
  const put = (
    kind: number,
    object: number,
    stream: number,
    site = 0,
    operation = 0,
    flags = 0,
    arg = 0,
    argStream = 0,
  ): Uint32Array => {
    record[0] = time % 2 ** 32;
    record[1] = Math.floor(time / 2 ** 32);
    record[2] = object;
    record[3] = stream;
    record[4] = arg;
    record[5] = argStream;
    record[6] = site;
    record[7] = (kind | (operation << 8) | (flags << 24)) >>> 0;
    return record;
  };
  if (thread === 0) {
    yield put(KIND.process_begin, 1, 0);
    yield* definitions(record);
  }
  yield put(KIND.thread_begin, 2, thread, 1, 0, thread === 0 ? 1 : 0, 5000 + thread);
  yield put(KIND.enter, 0, 0, 1);
  const open = [1];
  for (let made = 1; made + open.length <= spansWanted; ) {
    time += 200 + Math.floor(random() * 1000);
    const deep = open.length;
    if (deep < 3 || (deep < 12 && random() < 0.5)) {
      const site = 2 + Math.floor(random() * (SITES - 2));
      open.push(site);
      yield put(KIND.enter, 0, 0, site);
    } else {
      made++;
      yield put(KIND.leave, 0, 0, open.pop());
    }
    if (random() < 0.005) {
      yield put(KIND.wait, lock, 0, 3, OPERATION['threading.Lock'], 0, 2, other);
      time += 20_000 + Math.floor(random() * 80_000);
      yield put(KIND.got, lock, 0, 3, OPERATION['threading.Lock'], 0, 2, other);
      time += 1000;
      yield put(KIND.release, lock, 0, 4, OPERATION['threading.Lock']);
    }
  }
  while (open.length > 0) {
    time += 500;
    yield put(KIND.leave, 0, 0, open.pop());
  }
  yield put(KIND.thread_end, 2, thread);
  if (thread === 0) yield put(KIND.process_end, 1, 0);
}

/** Texts and sites: string 1 is the file, the others are names of functions. */
function* definitions(record: Uint32Array): Generator<Uint32Array> {
  const bytes = new Uint8Array(record.buffer);
  const string = (id: number, value: string): Uint32Array => {
    record.fill(0);
    const encoded = Buffer.from(value, 'latin1').subarray(0, 24);
    bytes.set(encoded);
    record[6] = id;
    record[7] = (KIND.string | (encoded.length << 8)) >>> 0;
    return record;
  };
  yield string(1, '/work/busy.py');
  for (let site = 1; site <= SITES; site++) {
    yield string(site + 1, `Service.step_${site}`);
    record.set([1, site + 1, site * 10, site * 10 + 5, 4, 20, site, KIND.site | (1 << 24)]);
    yield record;
  }
}

/** The kernel's switches of a core, which all threads share by turns: on for nine tenths of each turn. */
async function* switches(core: number): AsyncGenerator<Uint8Array> {
  const count = Math.floor(endNs / TURN_NS);
  const bytes = Buffer.alloc(Math.max(1, count) * 2 * SWITCH_BYTES);
  for (let turn = 0; turn < count; turn++) {
    const tid = 5000 + ((turn * 7 + core * 4) % THREADS);
    for (const isOut of [0, 1]) {
      const at = (turn * 2 + isOut) * SWITCH_BYTES;
      bytes.writeUInt32LE(14, at);
      bytes.writeUInt16LE(isOut << 13, at + 4);
      bytes.writeUInt16LE(SWITCH_BYTES, at + 6);
      bytes.writeUInt32LE(PID, at + 8);
      bytes.writeUInt32LE(tid, at + 12);
      bytes.writeBigUInt64LE(BigInt(Math.round(START_NS + (turn + isOut * 0.9) * TURN_NS)), at + 16);
      bytes.writeUInt32LE(core, at + 24);
    }
  }
  yield bytes;
}

/** Numbers from 0 to 1 that look random and are the same each time. */
function numbers(seed: number): () => number {
  let state = (seed * 2_654_435_761) >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 4_294_967_296;
  };
}
