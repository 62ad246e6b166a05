/** Figures in the sentences of advice. */
import { duration } from '../reportText';

export { duration };

/** `48 %`. */
export function percent(share: number): string {
  return `${Math.round(100 * share)} %`;
}

/** `1,200 waits`, `1 wait`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
}

/** ` (prog.py:12)`, '' when the place is unknown. */
export function at(place: string): string {
  return place === '' ? '' : ` (${place})`;
}
