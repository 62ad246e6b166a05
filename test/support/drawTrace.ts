/**
 * Draws traces for tests: a line a record, encoded as the recorder would write it.
 *
 *     0   100.0  process_begin  P  how=program
 *     0   100.0  thread_begin   Main  tid=100 flags=1
 *     5   100.0  thread_create  W  name="worker" site=prog.py:3@main
 *    10   100.1  wait           L  op=threading.Lock holder=Main
 *
 * Columns: microseconds since the run began; pid and stream (`100/1.0` is stream 0 of subinterpreter 1); kind; the id it is
 * about. Ids are words, made up at first mention; one that starts with `!` is the same in all processes. A forked child
 * (`how=fork parent=100`, or `copyOf=100`) knows its parent's words. Texts and sites are defined in the stream that first uses them.
 *
 *     20   100.0  variable  C  op=variable.instance type="Counter"
 *     20   100.0  variable  K  op=variable.item of=D key="'h'"
 *     21   100.0  access    C  op=attribute.update site=prog.py:5@add text="self.total" is=value,switch by=W
 *
 * An access defines its site at first use: `text` is the expression, `field` its last name unless told, `is` the flags of
 * `ACCESS_SITE_FLAGS`, `reads` the site it depends on, `written` what is written; `by` says that it was done by that unit, and
 * told late.
 *
 *     22   100.0  call  from=prog.py:12@deposit  site=prog.py:5@add
 *     24   100.0  usage  cpu=1000 sent=20 flags=1
 *     23   100.0  line  in=prog.py:20@work  site=prog.py:21@work
 */
import { KIND, OPERATION, OUTCOME, RECORD_BYTES, SEGMENT_HEADER_BYTES, SEGMENT_MAGIC } from '../../common/events';
import { encodeUtf8 } from '../../src/engine/bytes';

export interface DrawOptions {
  /** Bytes of a segment; a stream that has more goes on in further ones. */
  readonly segmentBytes?: number;
  readonly gil?: boolean;
}

/** The recorder's clock when the run begins; near a multiple of 2^32, so that times carry into the upper word. */
export const CLOCK_START_NS = 2 ** 43 - 5000;

const HOWS = ['program', 'fork', 'spawn', 'forkserver', 'python', 'interpreter', 'itself', 'server'];

/** What `is=` may name, by bit. */
const ACCESS_SITE_FLAGS = ['test', 'switch', 'value', 'condition', 'section', 'global', 'await'];
const WRITTEN = ['unknown', 'constant', 'made', 'synchroniser', 'other-constant', 'expression'];
const TOLD_LATER = 1;

interface DrawnSpace {
  readonly pid: number;
  readonly interpreter: number;
  readonly nonce: number;
  readonly words: Map<string, bigint>;
  readonly texts: Map<string, number>;
  readonly sites: Map<string, number>;
  readonly accessSites: Set<number>;
  nextId: number;
  nextText: number;
  nextSite: number;
}

/** Encodes a drawing as the files of a run's folder. */
export function drawTrace(drawing: string, options: DrawOptions = {}): Map<string, Uint8Array> {
  const spaces = new Map<string, DrawnSpace>();
  const streams = new Map<string, { space: DrawnSpace; number: number; records: Uint8Array[] }>();
  const globals = new Map<string, bigint>();
  for (const line of drawing.split('\n')) {
    const fields = line.replace(/#.*/, '').match(/(?:[^\s"]|"[^"]*")+/g);
    if (!fields) continue;
    const [time, place, kind, ...rest] = fields as [string, string, string, ...string[]];
    const [spaceName, streamNumber] = place.split('.') as [string, string];
    const values = new Map(rest.filter((field) => field.includes('=')).map((field) => splitOnce(field)));
    const nanoseconds = CLOCK_START_NS + Number(time) * 1000;
    let space = spaces.get(spaceName);
    if (!space) {
      space = drawSpace(
        spaceName,
        nanoseconds,
        values.get('how') === 'fork' ? spaces.get(values.get('parent') ?? '') : undefined,
      );
      spaces.set(spaceName, space);
    }
    let stream = streams.get(place);
    if (!stream) {
      stream = { space, number: Number(streamNumber), records: [] };
      streams.set(place, stream);
    }
    drawRecord(
      { space, stream: Number(streamNumber), globals, records: stream.records },
      kind,
      nanoseconds,
      rest,
      values,
    );
  }
  const files = new Map<string, Uint8Array>();
  for (const { space, number, records } of streams.values()) addSegments(files, space, number, records, options);
  return files;
}

/** Pid of the process of which one that begins is a copy, '0' for none. */
function copiedPid(values: ReadonlyMap<string, string>): string {
  return values.get('copyOf') ?? (values.get('how') === 'fork' ? (values.get('parent') as string) : '0');
}

function splitOnce(field: string): [string, string] {
  const at = field.indexOf('=');
  return [field.slice(0, at), field.slice(at + 1)];
}

function drawSpace(name: string, now: number, parent: DrawnSpace | undefined): DrawnSpace {
  const [pid, interpreter] = name.split('/');
  return {
    pid: Number(pid),
    interpreter: Number(interpreter ?? 0),
    nonce: now,
    words: new Map(parent?.words),
    texts: new Map(parent?.texts),
    sites: new Map(parent?.sites),
    accessSites: new Set(parent?.accessSites),
    nextId: 1,
    nextText: parent?.nextText ?? 1,
    nextSite: parent?.nextSite ?? 1,
  };
}

interface Pen {
  readonly space: DrawnSpace;
  readonly stream: number;
  readonly globals: Map<string, bigint>;
  readonly records: Uint8Array[];
}

function drawRecord(pen: Pen, kind: string, time: number, rest: readonly string[], values: Map<string, string>): void {
  const kindId = KIND[kind as keyof typeof KIND];
  if (kindId === undefined) throw new Error(`no kind ${kind}`);
  const word = rest.find((field) => !field.includes('='));
  const site = siteOf(pen, kind, values);
  let arg = 0n;
  const text = kind === 'access' ? undefined : (values.get('name') ?? values.get('text'));
  if (text !== undefined) arg = BigInt(textId(pen, text.replaceAll('"', '')));
  for (const key of ['holder', 'by', 'on', 'executor', 'of'])
    if (values.has(key)) arg = idOf(pen, values.get(key) as string);
  for (const key of ['tid', 'parent', 'pid', 'number', 'status', 'sent'])
    if (values.has(key)) arg = BigInt(values.get(key) as string);
  if (values.has('in')) arg = BigInt(siteId(pen, values.get('in')));
  const how = values.get('how');
  const told = kind === 'access' && values.has('by') ? TOLD_LATER : 0;
  const flags = how === undefined ? Number(values.get('flags') ?? told) : HOWS.indexOf(how);
  const operationName = values.get('op');
  const operation = operationName === undefined ? 0 : OPERATION[operationName as keyof typeof OPERATION];
  if (operation === undefined) throw new Error(`no operation ${operationName}`);
  const outcome = OUTCOME[(values.get('outcome') ?? 'ok') as keyof typeof OUTCOME];
  const commit = (kindId | (operation << 8) | (outcome << 20) | (flags << 24)) >>> 0;
  const cpu = values.get('cpu');
  const object = values.has('from')
    ? BigInt(siteId(pen, values.get('from')))
    : cpu !== undefined
      ? BigInt(cpu)
      : word === undefined
        ? 0n
        : idOf(pen, word);
  pen.records.push(encodeRecord(BigInt(time), object, arg, site, commit));
}

/** What the record's field `site` is, which some kinds use for something else. */
function siteOf(pen: Pen, kind: string, values: ReadonlyMap<string, string>): number {
  if (kind === 'process_begin') return Number(copiedPid(values));
  if (kind === 'variable') return textId(pen, unquoted(values.get('type') ?? values.get('key')));
  const site = siteId(pen, values.get('site'));
  if (kind === 'access') defineAccessSite(pen, site, values);
  return site;
}

function unquoted(text = ''): string {
  return text.replaceAll('"', '');
}

function defineAccessSite(pen: Pen, site: number, values: ReadonlyMap<string, string>): void {
  const { accessSites } = pen.space;
  if (accessSites.has(site)) return;
  accessSites.add(site);
  const text = unquoted(values.get('text'));
  const field = unquoted(values.get('field') ?? text.split('.').pop());
  const operation = OPERATION[values.get('op') as keyof typeof OPERATION];
  const flags = (values.get('is') ?? '')
    .split(',')
    .reduce((bits, name) => bits | (name === '' ? 0 : 1 << ACCESS_SITE_FLAGS.indexOf(name)), 0);
  const reads = BigInt(siteId(pen, values.get('reads')));
  const written = BigInt(WRITTEN.indexOf(values.get('written') ?? 'unknown'));
  const time = BigInt(textId(pen, field)) | (BigInt(textId(pen, text)) << 32n);
  const commit = (KIND.access_site | (operation << 8) | (flags << 24)) >>> 0;
  pen.records.push(encodeRecord(time, reads | (written << 32n), 0n, site, commit));
}

export function encodeRecord(time: bigint, object: bigint, arg: bigint, site: number, commit: number): Uint8Array {
  const bytes = new Uint8Array(RECORD_BYTES);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, time, true);
  view.setBigInt64(8, object, true);
  view.setBigInt64(16, arg, true);
  view.setUint32(24, site, true);
  view.setUint32(28, commit, true);
  return bytes;
}

function idOf(pen: Pen, word: string): bigint {
  if (word === '0') return 0n;
  const isGlobal = word.startsWith('!');
  const words = isGlobal ? pen.globals : pen.space.words;
  let id = words.get(word);
  if (id === undefined) {
    id = isGlobal ? (1n << 52n) | BigInt(words.size + 1) : (BigInt(pen.stream) << 32n) | BigInt(pen.space.nextId++);
    words.set(word, id);
  }
  return id;
}

function textId(pen: Pen, text: string): number {
  if (text === '') return 0;
  const { space, records } = pen;
  const known = space.texts.get(text);
  if (known !== undefined) return known;
  const id = space.nextText++;
  space.texts.set(text, id);
  const bytes = encodeUtf8(text);
  for (let at = 0; at < bytes.length; at += 24) {
    const record = new Uint8Array(RECORD_BYTES);
    const part = bytes.subarray(at, at + 24);
    record.set(part);
    const more = at + 24 < bytes.length ? 1 << 24 : 0;
    new DataView(record.buffer).setUint32(24, id, true);
    new DataView(record.buffer).setUint32(28, KIND.string | (part.length << 8) | more, true);
    records.push(record);
  }
  return id;
}

/** `prog.py:3@main`: file, line, function; `prog.py:3:8@main` with a column. */
function siteId(pen: Pen, text: string | undefined): number {
  if (text === undefined) return 0;
  const { space, records } = pen;
  const known = space.sites.get(text);
  if (known !== undefined) return known;
  const [, file, line, column, name] = text.match(/^(.*?):(\d+)(?::(\d+))?(?:@(.*))?$/) as unknown as (
    | string
    | undefined
  )[];
  const fileId = BigInt(textId(pen, file ?? ''));
  const functionId = BigInt(textId(pen, name ?? ''));
  const id = space.nextSite++;
  space.sites.set(text, id);
  records.push(
    encodeRecord(fileId | (functionId << 32n), BigInt(line ?? 0), column ? BigInt(column) : -1n, id, KIND.site),
  );
  return id;
}

function addSegments(
  files: Map<string, Uint8Array>,
  space: DrawnSpace,
  stream: number,
  records: readonly Uint8Array[],
  { segmentBytes, gil = true }: DrawOptions,
): void {
  const room = segmentBytes === undefined ? records.length + 8 : (segmentBytes - SEGMENT_HEADER_BYTES) / RECORD_BYTES;
  for (let sequence = 0; sequence * room < Math.max(1, records.length); sequence++) {
    const bytes = new Uint8Array(SEGMENT_HEADER_BYTES + room * RECORD_BYTES);
    const view = new DataView(bytes.buffer);
    bytes.set(SEGMENT_MAGIC);
    view.setUint32(8, space.pid, true);
    view.setUint32(12, space.interpreter, true);
    view.setBigUint64(16, BigInt(space.nonce), true);
    view.setUint32(24, stream, true);
    view.setUint32(28, sequence, true);
    view.setBigUint64(32, BigInt(space.nonce), true);
    view.setBigUint64(40, 1_700_000_000_000_000_000n, true);
    view.setUint32(48, 0x030d00f0, true);
    view.setUint32(52, (gil ? 1 : 0) | 2, true);
    view.setBigUint64(64, BigInt(bytes.length), true);
    records.slice(sequence * room, (sequence + 1) * room).forEach((record, i) => {
      bytes.set(record, SEGMENT_HEADER_BYTES + i * RECORD_BYTES);
    });
    files.set(`${space.pid}-${space.interpreter}-${space.nonce.toString(16)}-${stream}-${sequence}.seg`, bytes);
  }
}
