import { dumpFile } from '../engine/dump';
import { type Report, report } from '../engine/report';
import { TRACE_DONE, Trace } from '../engine/trace';
import { readSavedTrace } from '../session/savedTraces';
import { sourceLines } from '../session/sourceLines';
import type { ChunkSink } from '../session/tail';

/** A saved trace, and sentences about what is wrong with its file. Rejects with a Failure when it cannot be read. */
export async function loadTrace(
  path: string,
): Promise<{ readonly trace: Trace; readonly problems: readonly string[] }> {
  const trace = new Trace();
  const problems = await readSavedTrace(path, trace);
  trace.append(TRACE_DONE);
  return { trace, problems: problems.map(({ text }) => text) };
}

/** The report of a saved trace. Rejects with a Failure when it cannot be read. */
export async function reportOfTrace(path: string): Promise<Report> {
  const { trace, problems } = await loadTrace(path);
  const found = report(trace, sourceLines());
  return { ...found, problems: [...problems, ...found.problems] };
}

/** All records of a saved trace as lines, and sentences about what is wrong with its file. */
export async function dumpOfTrace(
  path: string,
): Promise<{ readonly lines: Iterable<string>; readonly problems: readonly string[] }> {
  const pieces = new Map<string, Uint8Array[]>();
  const collect: ChunkSink = {
    append: ({ file, offset, bytes }) => {
      // The reader's buffer is its own; what is kept is a copy.
      if (bytes.length > 0) pieces.set(file, [...(pieces.get(file) ?? []), Uint8Array.from(bytes)]);
      return offset + bytes.length;
    },
  };
  const problems = await readSavedTrace(path, collect);
  return { lines: linesOf(pieces), problems: problems.map(({ text }) => text) };
}

function* linesOf(files: ReadonlyMap<string, readonly Uint8Array[]>): Generator<string> {
  for (const [file, pieces] of files) {
    for (const line of dumpFile(file, Buffer.concat(pieces))) yield `${line}\n`;
  }
}
