import { randomBytes } from 'node:crypto';
import {
  accessSync,
  chmodSync,
  chownSync,
  closeSync,
  constants,
  fsyncSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { errorCode, Failure } from '../../support/failure';

/** Replaces what is in a file, all at once: who reads it sees the old bytes or the new ones. Throws a Failure. */
export function replaceFile(path: string, bytes: Uint8Array): void {
  let unfinished: string | undefined;
  try {
    // What a link leads to is replaced, not the link.
    const real = realpathSync(path);
    accessSync(real, constants.W_OK);
    const { mode, uid, gid } = statSync(real);
    unfinished = `${real}.${randomBytes(6).toString('hex')}.part`;
    const file = openSync(unfinished, 'wx', 0o600);
    try {
      writeFileSync(file, bytes);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    keepOwner(unfinished, uid, gid);
    chmodSync(unfinished, mode & 0o7777);
    renameSync(unfinished, real);
  } catch (error) {
    if (unfinished !== undefined) rmSync(unfinished, { force: true });
    throw new Failure(`${path} cannot be written (${errorCode(error) || String(error)}); it is as it was.`);
  }
}

/** Where the system does not let us, the file becomes ours. */
function keepOwner(path: string, uid: number, gid: number): void {
  try {
    chownSync(path, uid, gid);
  } catch {
    return;
  }
}
