import { Buffer } from 'node:buffer';
import type { Disposable } from '../../support/disposable';

/** So many pictures are kept: a page of an editor needs some tens. */
export const MOST_TYPES = 512;

/** Kinds of decoration by picture: lines that look alike share one; those that were not used for longest go first. */
export class IconTypes<Type extends Disposable> implements Disposable {
  /** In the order in which they were last used. */
  private readonly types = new Map<string, Type>();

  constructor(private readonly make: (svg: string) => Type) {}

  get size(): number {
    return this.types.size;
  }

  get(svg: string): Type {
    const type = this.types.get(svg) ?? this.make(svg);
    this.types.delete(svg);
    this.types.set(svg, type);
    return type;
  }

  /** Disposes of those beyond what is kept, but for those in use. */
  trim(isUsed: (type: Type) => boolean): void {
    for (const [svg, type] of this.types) {
      if (this.types.size <= MOST_TYPES) return;
      if (isUsed(type)) continue;
      type.dispose();
      this.types.delete(svg);
    }
  }

  dispose(): void {
    for (const type of this.types.values()) type.dispose();
    this.types.clear();
  }
}

export function dataUri(svg: string): string {
  return `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`;
}
