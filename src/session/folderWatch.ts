import { watch } from 'node:fs';
import type { Disposable } from '../support/disposable';

/** Calls `onChange` when the folder's list of files changes, as far as the system tells. */
export function watchFolder(folder: string, onChange: () => void): Disposable {
  try {
    const watcher = watch(folder, { persistent: false }, onChange);
    // The folder may be deleted under it; the poll goes on without.
    watcher.on('error', () => watcher.close());
    return { dispose: () => watcher.close() };
  } catch {
    return { dispose: () => undefined };
  }
}
