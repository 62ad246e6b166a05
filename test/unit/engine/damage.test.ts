/** Whatever is in the files, reading them ends, throws nothing, and says what is wrong. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { KIND, RECORD_BYTES, SEGMENT_HEADER_BYTES } from '../../../common/events';
import { dumpFile } from '../../../src/engine/dump';
import { report } from '../../../src/engine/report';
import { reportText } from '../../../src/engine/reportText';
import { PASS_DONE, TRACE_DONE, Trace } from '../../../src/engine/trace';
import { drawTrace } from '../../support/drawTrace';
import { below, randomFrom } from '../../support/random';
import { readWhole, unitLines } from '../../support/readTrace';
import { EVERYTHING } from './everything';

/** Reads files as a tail would, in pieces of random size and in random order, and checks what must hold of any result. */
function readInPieces(files: Map<string, Uint8Array>, random: () => number): Trace {
  const trace = new Trace();
  const consumed = new Map([...files.keys()].map((name) => [name, 0]));
  for (let round = 0; round < 30; round++) {
    for (const name of [...files.keys()].sort(() => random() - 0.5)) {
      const bytes = files.get(name)!;
      const offset = consumed.get(name)!;
      const end = Math.min(bytes.length, offset + 1 + below(random, round < 25 ? 700 : bytes.length));
      const next = trace.append({ file: name, offset, bytes: bytes.subarray(offset, end), final: round > 20 });
      assert.ok(next >= offset && next <= bytes.length, `${name}: ${offset} to ${next} of ${bytes.length}`);
      consumed.set(name, next);
    }
    trace.append(PASS_DONE);
    if (round % 10 === 0) trace.delta(null);
  }
  trace.append(TRACE_DONE);
  return trace;
}

/** What any reader may rely on, whatever the input was. */
function checkSound(trace: Trace): void {
  const { units, sites, objects } = trace;
  for (const unit of units) {
    assert.ok(unit.parent >= -1 && unit.parent < units.length && unit.parent !== unit.id);
    assert.ok(!(unit.end < unit.start), `${unit.name} ends before it starts`);
  }
  const inTable = (table: { length: number; columns: object }, column: string, limit: number) => {
    const values = (table.columns as Record<string, ArrayLike<number>>)[column]!;
    for (let row = 0; row < table.length; row++)
      assert.ok(values[row]! < limit, `${column} of row ${row}: ${values[row]}`);
  };
  for (const table of [trace.spans, trace.waits, trace.holds, trace.states]) {
    inTable(table, 'unit', units.length);
    const { start, end } = table.columns;
    for (let row = 0; row < table.length; row++) assert.ok(end[row]! >= start[row]!);
  }
  inTable(trace.coreSpans, 'unit', units.length + 1);
  for (const column of ['target', 'heldBy', 'wokenBy']) inTable(trace.waits, column, units.length + 1);
  inTable(trace.waits, 'object', objects.length + 1);
  for (const column of ['site', 'wokenSite']) inTable(trace.waits, column, sites.length + 1);
  inTable(trace.holds, 'object', objects.length);
  const whole = trace.delta(null).delta;
  assert.equal(whole.openWaits.length, 0);
  assert.equal(whole.openSpans.length, 0);
  JSON.stringify(report(trace));
  assert.ok(reportText(report(trace)).length > 0);
}

test('pieces of any size in any order give the same trace', () => {
  const files = drawTrace(EVERYTHING, { segmentBytes: SEGMENT_HEADER_BYTES + 12 * RECORD_BYTES });
  const expected = unitLines(readWhole(drawTrace(EVERYTHING))).sort();
  const spans = readWhole(drawTrace(EVERYTHING)).spans.length;
  for (let seed = 1; seed <= 25; seed++) {
    const trace = readInPieces(files, randomFrom(seed));
    assert.deepEqual(unitLines(trace).sort(), expected, `seed ${seed}`);
    assert.equal(trace.spans.length, spans, `seed ${seed}`);
    checkSound(trace);
  }
});

test('files in any order, each as a whole, give the same trace', () => {
  const files = [...drawTrace(EVERYTHING, { segmentBytes: SEGMENT_HEADER_BYTES + 9 * RECORD_BYTES })];
  const expected = unitLines(readWhole(drawTrace(EVERYTHING))).sort();
  for (let seed = 1; seed <= 25; seed++) {
    const random = randomFrom(seed);
    const shuffled = new Map([...files].sort(() => random() - 0.5));
    assert.deepEqual(unitLines(readWhole(shuffled)).sort(), expected, `seed ${seed}`);
  }
});

test('flipped bytes, cut files and missing files are read as far as they go', () => {
  const files = drawTrace(EVERYTHING, { segmentBytes: SEGMENT_HEADER_BYTES + 12 * RECORD_BYTES });
  for (let seed = 1; seed <= 60; seed++) {
    const random = randomFrom(seed);
    const damaged = new Map<string, Uint8Array>();
    for (const [name, bytes] of files) {
      if (random() < 0.1) continue;
      const copy = random() < 0.2 ? bytes.slice(0, below(random, bytes.length)) : bytes.slice();
      for (let i = below(random, 12); i > 0 && copy.length > 0; i--)
        copy[below(random, copy.length)] = below(random, 256);
      damaged.set(name, copy);
      for (const line of dumpFile(name, copy)) assert.ok(!line.includes('\n'));
    }
    checkSound(readInPieces(damaged, random));
  }
});

test('random bytes behind a good header', () => {
  const [[name, good]] = [...drawTrace('0 100.0 process_begin P how=program parent=1')] as [[string, Uint8Array]];
  for (let seed = 1; seed <= 30; seed++) {
    const random = randomFrom(seed);
    const bytes = new Uint8Array(SEGMENT_HEADER_BYTES + 400 * RECORD_BYTES);
    for (let i = 0; i < bytes.length; i++) bytes[i] = below(random, 256);
    bytes.set(good.subarray(0, SEGMENT_HEADER_BYTES + 2 * RECORD_BYTES));
    // Kinds that exist, small ids and credible times get deeper into the reader than pure noise does.
    const kinds = Object.values(KIND);
    const view = new DataView(bytes.buffer);
    for (let at = SEGMENT_HEADER_BYTES + RECORD_BYTES; at < bytes.length; at += RECORD_BYTES) {
      if (random() < 0.1) continue;
      bytes.copyWithin(at, SEGMENT_HEADER_BYTES, SEGMENT_HEADER_BYTES + 8);
      view.setBigInt64(at + 8, BigInt(below(random, 12)), true);
      view.setBigInt64(at + 16, BigInt(below(random, 12)), true);
      view.setUint32(at + 24, below(random, 6), true);
      bytes[at + 28] = kinds[below(random, kinds.length)]!;
    }
    view.setBigUint64(64, BigInt(bytes.length), true);
    checkSound(readInPieces(new Map([[name, bytes]]), random));
  }
});

test('random bytes as files of cores and of the run', () => {
  for (let seed = 1; seed <= 20; seed++) {
    const random = randomFrom(seed);
    const files = drawTrace(EVERYTHING);
    for (const name of ['cores-0.perf', 'cores-1.perf', 'cores.samples', 'run.json', 'end.json', 'cores.json']) {
      files.set(
        name,
        Uint8Array.from({ length: below(random, 900) }, () => below(random, 256)),
      );
    }
    checkSound(readInPieces(files, random));
  }
});

test('a newer version, another file and a header that breaks off are told', () => {
  const [[name, good]] = [...drawTrace('0 100.0 process_begin P how=program parent=1')] as [[string, Uint8Array]];
  const problems = (bytes: Uint8Array) => readWhole(new Map([[name, bytes]])).problems.map(({ kind }) => kind);
  const newer = good.slice();
  newer[7] = 2;
  assert.ok(problems(newer).includes('newer'));
  assert.ok(problems(Uint8Array.from({ length: 500 }, () => 65)).includes('corrupt'));
  assert.ok(problems(good.slice(0, 100)).includes('truncated'));
  assert.deepEqual(
    problems(good).filter((kind) => kind !== 'cores'),
    [],
  );
});
