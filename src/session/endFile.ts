import type { Chunk } from '../engine/trace';

export const END_FILE = 'end.json';

/** How a run ended: what `end.json` says, as far as the host needs it. */
export interface RunEnd {
  /** Status of the program, negative for a signal, null when unknown. */
  readonly exitCode: number | null;
  readonly how: 'exited' | 'killed' | 'stopped' | 'failed' | 'timeout';
  readonly text?: string;
}

/** What the supervisor wrote; undefined when it was ended before it could, or what is there cannot be read. */
export function parseEnd(bytes: Uint8Array): RunEnd | undefined {
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8')) as RunEnd;
  } catch {
    return undefined;
  }
}

/** An `end.json` by the host, where it knows better than the supervisor, or the supervisor is gone. */
export function endFile(end: RunEnd): Chunk {
  return { file: END_FILE, offset: 0, bytes: Buffer.from(JSON.stringify(end)), final: true };
}
