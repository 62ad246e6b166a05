/** A trace's files as lines of text, a line a record, as they were written: for people who look for a fault. */
import {
  KIND,
  KIND_NAMES,
  OPERATION_NAMES,
  OUTCOME_NAMES,
  RECORD_BYTES,
  SEGMENT_HEADER_BYTES,
} from '../../common/events';
import { decodeUtf8 } from './bytes';
import { emptyRecord, type RawRecord, readRecord, wordsOf } from './record';
import { committedBytes, type HeaderResult, readHeader } from './segment';

/** The lines of one file of a run's folder, without line ends; a file that has no records is one line. */
export function* dumpFile(file: string, bytes: Uint8Array): Generator<string> {
  if (!file.endsWith('.seg')) {
    yield file.endsWith('.json')
      ? `${file}: ${decodeUtf8(bytes, 0, bytes.length).replaceAll('\n', ' ')}`
      : `${file}: ${bytes.length} bytes`;
    return;
  }
  const result = readHeader(bytes, file);
  if (result.kind !== 'header') {
    yield `${file}: ${withoutHeader(result)}`;
    return;
  }
  const { header } = result;
  const dropped = header.dropped > 0 ? `, ${header.dropped} events dropped` : '';
  yield `${file}: pid ${header.pid}, interpreter ${header.interpreter}, stream ${header.stream}, segment ${header.sequence}${dropped}`;
  const length = committedBytes(bytes, SEGMENT_HEADER_BYTES, { final: true });
  const records = bytes.subarray(SEGMENT_HEADER_BYTES, SEGMENT_HEADER_BYTES + length);
  const words = wordsOf(records);
  const record = emptyRecord();
  for (let at = 0; at < words.length; at += RECORD_BYTES / 4) {
    if (words[at + 7] === 0) {
      yield '  (hole)';
      continue;
    }
    readRecord(words, at, record);
    yield `  ${recordLine(record, records.subarray(at * 4, at * 4 + 24))}`;
  }
}

function withoutHeader(result: Exclude<HeaderResult, { kind: 'header' }>): string {
  if (result.kind === 'bad') return result.problem.text;
  return result.kind === 'unbegun' ? 'its process ended before it was begun' : 'breaks off inside its header';
}

function recordLine(record: RawRecord, payload: Uint8Array): string {
  const { kind, site, flags } = record;
  const name = KIND_NAMES[kind] ?? `kind ${kind}`;
  if (kind === KIND.string) {
    const text = decodeUtf8(payload, 0, Math.min(24, record.operation));
    return `${name} ${site} ${JSON.stringify(text)}${flags & 1 ? ' +' : ''}`;
  }
  if (kind === KIND.site) {
    const column = record.argLow | 0;
    const at = `${record.objectLow}${column === -1 ? '' : `:${column}`}`;
    return `${name} ${site} file ${record.timeLow} function ${record.timeHigh} line ${at}${flags & 1 ? ' whole' : ''}`;
  }
  const parts = [(record.timeHigh * 4294967296 + record.timeLow).toString(), name];
  if (kind === KIND.line) parts.push(`loop ${record.operation}`);
  else if (record.operation !== 0) parts.push(OPERATION_NAMES[record.operation] ?? `operation ${record.operation}`);
  if (record.outcome !== 0) parts.push(OUTCOME_NAMES[record.outcome] ?? `outcome ${record.outcome}`);
  parts.push(idText(record.objectHigh, record.objectLow), idText(record.argHigh, record.argLow));
  if (site !== 0) parts.push(`site ${site}`);
  if (flags !== 0) parts.push(`flags ${flags}`);
  return parts.join(' ');
}

/** `stream:count` for ids of a space, `*` before those that are the same in all. */
function idText(high: number, low: number): string {
  if (high === 0) return String(low);
  return high & (1 << 20) ? `*${((high & 0xfffff) * 4294967296 + low).toString(16)}` : `${high}:${low}`;
}
