/** Numbers for what is accessed: an attribute, name or item, or a container as a whole. Cheaper than texts as keys of maps. */
import type { Effect } from './effects';

const MOST_FIELDS = 2 ** 20;

export class VariableKeys {
  private readonly fields = new Map<string, number>();

  of({ variable, field }: Effect): number {
    let number = this.fields.get(field);
    if (number === undefined) {
      number = this.fields.size % MOST_FIELDS;
      this.fields.set(field, number);
    }
    return variable * MOST_FIELDS + number;
  }
}

/** A map that forgets its oldest entries when it is full, so that no program makes it grow without end. */
export class BoundedMap<V> {
  private readonly map = new Map<number, V>();

  constructor(private readonly most: number) {}

  get(key: number): V | undefined {
    return this.map.get(key);
  }

  set(key: number, value: V): void {
    if (this.map.size >= this.most && !this.map.has(key)) this.forgetOldest();
    this.map.set(key, value);
  }

  private forgetOldest(): void {
    let left = this.most / 8;
    for (const key of this.map.keys()) {
      if (left-- <= 0) return;
      this.map.delete(key);
    }
  }
}
