import { closeSync, openSync, writeSync } from 'node:fs';
import { errorCode, Failure } from '../support/failure';

export const STDOUT = 1;
export const STDERR = 2;

const PIECE_CHARACTERS = 64 * 1024;
const RETRY_MS = 2;
const sleeper = new Int32Array(new SharedArrayBuffer(4));

/**
 * Writes all of the text to a descriptor, whoever reads it and however slowly.
 *
 * Not by `process.stdout`: that would switch the pipe to non-blocking mode, which the user's program shares and would
 * fail in, and it loses what is unwritten when the process ends. Returns false when nobody reads any more.
 */
export function writeAll(descriptor: number, pieces: Iterable<string>): boolean {
  for (const piece of inPieces(pieces)) {
    const bytes = Buffer.from(piece);
    for (let written = 0; written < bytes.length; ) {
      try {
        written += writeSync(descriptor, bytes, written);
      } catch (error) {
        // The other end made the pipe non-blocking and it is full.
        if (errorCode(error) === 'EAGAIN') Atomics.wait(sleeper, 0, 0, RETRY_MS);
        else if (['EPIPE', 'EIO', 'EBADF'].includes(errorCode(error))) return false;
        else throw error;
      }
    }
  }
  return true;
}

/** Writes a file anew, `-` being stdout. Throws a Failure. */
export function writeOutput(path: string, pieces: Iterable<string>): void {
  if (path === '-') {
    writeAll(STDOUT, pieces);
    return;
  }
  try {
    const file = openSync(path, 'w');
    try {
      if (!writeAll(file, pieces)) throw new Error('the disk reports an error');
    } finally {
      closeSync(file);
    }
  } catch (error) {
    throw cannotWrite(path, error);
  }
}

export function cannotWrite(path: string, error: unknown): Failure {
  const reasons: Readonly<Record<string, string>> = {
    ENOENT: 'its folder does not exist',
    ENOTDIR: 'its folder does not exist',
    EISDIR: 'it is a folder',
    EACCES: 'you may not write there',
    EPERM: 'you may not write there',
    EROFS: 'that disk is read-only',
    ENOSPC: 'the disk is full',
  };
  return new Failure(`${path} cannot be written: ${reasons[errorCode(error)] ?? String(error)}; choose another file.`);
}

/** Joins small pieces, so that a line does not cost a call of the system. */
function* inPieces(pieces: Iterable<string>): Generator<string> {
  let joined = '';
  for (const piece of pieces) {
    joined += piece;
    if (joined.length < PIECE_CHARACTERS) continue;
    yield joined;
    joined = '';
  }
  if (joined) yield joined;
}
