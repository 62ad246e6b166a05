/** What things are called where people read it. */
import { OPERATION_NAMES } from '../../common/events';
import type { SharedObject, Site, Unit } from '../../common/trace';

/** What is needed of a trace to name what is in it. */
export interface Named {
  readonly units: readonly Unit[];
  readonly objects: readonly SharedObject[];
  readonly sites: readonly Site[];
}

/** `threading.Lock`, `queue.Queue.get`; the standard library's words for what was waited in. */
export function operationName(operation: number): string {
  return OPERATION_NAMES[operation] ?? 'unknown';
}

/** The class of an object whose first operation this is: `queue.Queue` for `queue.Queue.get`. */
export function typeName(operation: number): string {
  const name = OPERATION_NAMES[operation] ?? '';
  return /^(.*\.[A-Z]\w*)\.[a-z_]+$/.exec(name)?.[1] ?? name;
}

export function unitName({ units }: Named, row: number): string {
  const unit = units[row];
  if (!unit) return '';
  return unit.name || unit.function || `${unit.kind} ${unit.id}`;
}

/** The user's name of an object, or its class and where it was made. */
export function objectName(trace: Named, row: number): string {
  const object = trace.objects[row];
  if (!object) return '';
  if (object.name !== '') return object.name;
  const type = typeName(object.operation) || 'object';
  const where = placeName(trace.sites[object.site - 1]);
  return where === '' ? type : `${type} at ${where}`;
}

/** `prog.py:12`, '' when unknown. */
export function placeName(site: Site | undefined): string {
  return site && site.line > 0 ? `${baseName(site.file)}:${site.line}` : '';
}

export function baseName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
}
