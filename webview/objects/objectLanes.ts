/** The lanes of locks, queues and the like: which there are and in which order. Pure. */
import { OPERATION_FAMILIES, OPERATION_NAMES } from '../../common/events';
import type { Store } from '../store';
import { fileName, objectName } from '../words';
import type { ObjectSort } from './objectUse';

/** More lanes are not read; the rest is one lane. */
const MOST_OBJECTS = 200;

/** The user's name, or the class and where it was made. */
export function objectLabel(store: Store, id: number): string {
  const object = store.objects[id];
  const name = objectName(store, id + 1);
  if (name || !object) return name || 'unknown object';
  const made = store.site(object.site);
  const kind = objectKind(store, id) || 'object';
  return made && made.line > 0 ? `${kind} at ${fileName(made.file)}:${made.line}` : kind;
}

/** `threading.Lock`, `queue.Queue`: the class of an object by its first operation. */
export function objectKind(store: Store, id: number): string {
  const name = OPERATION_NAMES[store.objects[id]?.operation ?? 0] ?? '';
  return /^(.*\.[A-Z]\w*)\.[a-z_]+$/.exec(name)?.[1] ?? name;
}

export function objectFamily(store: Store, id: number): string {
  return OPERATION_FAMILIES[store.objects[id]?.operation ?? 0] ?? '';
}

/** Objects with a lane of their own, and how many more there are. */
export function objectsShown(
  store: Store,
  sort: ObjectSort,
): { readonly shown: readonly number[]; readonly more: number } {
  const all = store.objectUse.update(store).used(store, sort, (id) => objectLabel(store, id));
  return { shown: all.slice(0, MOST_OBJECTS), more: Math.max(0, all.length - MOST_OBJECTS) };
}

/** Whether anything was used that could have a lane; asked for each picture. */
export function hasObjects(store: Store): boolean {
  return store.holds.length > 0 || store.depths.length > 0 || store.objectWaited.length > 0;
}
