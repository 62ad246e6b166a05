/** Notes on their way into a trace, and behind the end of a file that holds one. */
import { open } from 'node:fs/promises';
import type { Note } from '../../common/trace';
import { NOTES_FILE, notesFile } from '../engine/notes';
import type { Chunk } from '../engine/trace';
import { errorCode, Failure } from '../support/failure';
import { encodeEntry } from './savedTraceFormat';

export function notesChunk(notes: readonly Note[]): Chunk {
  return { file: NOTES_FILE, offset: 0, bytes: new TextEncoder().encode(notesFile(notes)), final: true };
}

/**
 * Writes notes behind all that a saved trace holds: nothing in it is touched, and the last notes count. Rejects with a
 * Failure.
 */
export async function appendNotes(path: string, notes: readonly Note[]): Promise<void> {
  const { file: name, offset, bytes } = notesChunk(notes);
  try {
    const file = await open(path, 'r+');
    try {
      const { size } = await file.stat();
      await file.write(await encodeEntry({ kind: 'last', name, offset, bytes }), 0, undefined, size);
    } finally {
      await file.close();
    }
  } catch (error) {
    throw new Failure(
      `The notes could not be kept in ${path} (${errorCode(error) || String(error)}); save the trace to another place.`,
    );
  }
}
