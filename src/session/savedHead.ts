import { open } from 'node:fs/promises';
import { NO_RUN, type RunInfo } from '../../common/trace';
import { isProblem, parseJson, withEndFile, withRunFile } from '../engine/runFiles';
import { decodeEntry, entryAhead, TRACE_MAGIC } from './savedTraceFormat';

/** What a saved trace says of its run before what was recorded. */
export interface SavedHead {
  readonly run: RunInfo;
  readonly bytes: number;
  /** Milliseconds since 1970. */
  readonly savedAt: number;
}

/** The facts come first, so that few entries have to be looked at. */
const MOST_ENTRIES = 256;
/** The facts are some hundred bytes; more is no text of ours. */
const MOST_FACT_BYTES = 1024 * 1024;
/** An entry's header and its name. */
const AHEAD_BYTES = 512;

/** Reads the facts of a run from its saved trace, and steps over the rest. Rejects when the file cannot be read. */
export async function readSavedHead(path: string): Promise<SavedHead> {
  const file = await open(path, 'r');
  try {
    const { size, mtimeMs } = await file.stat();
    let run = NO_RUN;
    let at = TRACE_MAGIC.length;
    for (let entries = 0; entries < MOST_ENTRIES; entries++) {
      const ahead = Buffer.alloc(AHEAD_BYTES);
      const { bytesRead } = await file.read(ahead, 0, AHEAD_BYTES, at);
      const next = entryAhead(ahead.subarray(0, bytesRead));
      if (!next || next.kind === 'end' || next.name.endsWith('.seg')) break;
      if (next.name.endsWith('.json') && next.length <= MOST_FACT_BYTES) {
        const bytes = Buffer.alloc(next.length);
        await file.read(bytes, 0, next.length, at);
        run = await withFact(run, bytes);
      }
      at += next.length;
    }
    return { run, bytes: size, savedAt: mtimeMs };
  } finally {
    await file.close();
  }
}

async function withFact(run: RunInfo, bytes: Buffer): Promise<RunInfo> {
  const result = decodeEntry(bytes);
  const content = result.kind === 'entry' ? await result.entry.bytes : undefined;
  if (result.kind !== 'entry' || !content) return run;
  const { name } = result.entry;
  const json = parseJson(content, name);
  if (isProblem(json)) return run;
  if (name === 'run.json') return withRunFile(run, json);
  return name === 'end.json' ? withEndFile(run, json) : run;
}
