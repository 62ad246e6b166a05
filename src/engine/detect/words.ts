/** How findings speak of units, objects and places. */
import type { Model } from '../model';
import { baseName, objectName, operationName, placeName, unitName } from '../names';
import type { Waiting } from './agents';

/** `prog.py:12`; where it is unknown, `an unknown place`. */
export function place(model: Model, site: number): string {
  return placeName(model.sites[site - 1]) || 'an unknown place';
}

/** `line 12`, or with the file's name when that is another one. */
export function placeBeside(model: Model, site: number, other: number): string {
  const [here, there] = [model.sites[site - 1], model.sites[other - 1]];
  if (!here || here.line === 0) return 'an unknown place';
  return here.file === there?.file ? `line ${here.line}` : `${baseName(here.file)}:${here.line}`;
}

export function unit(model: Model, row: number): string {
  return row === -1 ? 'an unknown thread' : unitName(model, row);
}

export function object(model: Model, row: number): string {
  return row === -1 ? 'something' : objectName(model, row);
}

/** What a wait is for: `a_lock`, `the end of worker`, `the result of build`, `items (queue.Queue.get)`. */
export function subject(model: Model, { operation, object: row, target }: Waiting): string {
  const name = operationName(operation);
  if (target !== -1)
    return /join|wait$/.test(name) ? `the end of ${unit(model, target)}` : `the result of ${unit(model, target)}`;
  if (row !== -1 && model.objects[row]?.operation !== 0) {
    const named = object(model, row);
    return /Lock$|lock$|Semaphore$/.test(name) ? named : `${named} (${name})`;
  }
  return name;
}

/** `a, b and c`. */
export function list(words: readonly string[]): string {
  return words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} and ${words[words.length - 1]}`;
}
