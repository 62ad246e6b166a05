/** What things are called in the picture: short words on bars, the same everywhere. */
import { OPERATION_FAMILIES, OPERATION_NAMES } from '../common/events';
import type { Site } from '../common/trace';
import { unitName } from './lanes';
import type { Store } from './store';

/** What is told of a wait, over or not. */
export interface WaitFacts {
  readonly unit: number;
  readonly operation: number;
  /** Row + 1, 0 none. */
  readonly object: number;
  readonly target: number;
  readonly heldBy: number;
}

/** Kind and thing: `threading.Lock Cache._lock`, `join worker-1`, `await asyncio.sleep`. */
export function waitWords(store: Store, wait: WaitFacts): string {
  const family = OPERATION_FAMILIES[wait.operation] ?? '';
  if (family === 'idle') return 'idle';
  const kind = OPERATION_NAMES[wait.operation] ?? 'waits';
  const target = wait.target > 0 ? nameOf(store, wait.target - 1, wait.unit) : '';
  const isTask = store.units[wait.unit]?.kind === 'task';
  if (family === 'join' && target) return `join ${target}`;
  const thing = objectName(store, wait.object) || target;
  const lead = isTask && kind.startsWith('asyncio.') ? 'await ' : '';
  return `${lead}${kind}${thing ? ` ${thing}` : ''}`;
}

/** The same in fewer and fewer words, for bars of all widths: with the holder, with the kind, the thing alone. */
export function waitVariants(store: Store, wait: WaitFacts): readonly string[] {
  const words = waitWords(store, wait);
  if (words === 'idle') return [words];
  const isHeld = wait.heldBy > 0 && wait.heldBy !== wait.target;
  const short = words.replace(
    /\b(threading|asyncio|queue|multiprocessing|concurrent\.futures|concurrent\.interpreters|time)\./,
    '',
  );
  const target = wait.target > 0 ? nameOf(store, wait.target - 1, wait.unit) : '';
  const thing = objectName(store, wait.object) || target || (OPERATION_NAMES[wait.operation] ?? '').split('.').at(-1);
  const holder = isHeld ? ` — held by ${nameOf(store, wait.heldBy - 1, wait.unit)}` : '';
  return [...(isHeld ? [words + holder, (thing ?? '') + holder] : []), words, short, thing ?? ''];
}

/** The name that the user gave the object, '' when there is none. */
export function objectName(store: Store, reference: number): string {
  return reference > 0 ? (store.objects[reference - 1]?.name ?? '') : '';
}

/**
 * Name of a unit; where several processes have one of that name with whose it is: `parser-0 › MainThread`. Said to a
 * reader who is at `seenFrom`, one of the same process needs no more than its name.
 */
export function nameOf(store: Store, id: number, seenFrom = -1): string {
  const unit = store.units[id];
  if (!unit) return 'an unknown unit';
  const home = store.homeOf(id);
  const isClear = home < 0 || home === id || !store.isAmbiguous(unit) || home === store.homeOf(seenFrom);
  return isClear ? unitName(unit) : `${unitName(store.units[home])} › ${unitName(unit)}`;
}

/** As `functionWords`, without its class. */
export function shortFunctionWords(site: Site | undefined): string {
  const words = functionWords(site);
  return site?.function.startsWith('<') ? words : (words.split('.').at(-1) ?? words);
}

/** `refresh()`, `Cache.refresh()`, `orders.py` for a module's own code. */
export function functionWords(site: Site | undefined): string {
  if (!site) return '';
  if (site.function === '<module>') return fileName(site.file);
  const name = site.function.split('.<locals>.').at(-1) ?? '';
  if (!name) return `${fileName(site.file)}:${site.line}`;
  return name.startsWith('<') ? name : `${name}()`;
}

/** `orders.py:41`. */
export function placeWords(site: Site): string {
  return site.line > 0 ? `${fileName(site.file)}:${site.line}` : fileName(site.file);
}

export function fileName(path: string): string {
  return path.split(/[\\/]/).at(-1) ?? path;
}

/** `1,204 waits`, `1 wait`. */
export function countWords(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
}
