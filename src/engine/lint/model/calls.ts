/** The calls of a module by what is called. */
import type { SyntaxNode } from '../syntax/node';
import { qualifiedName } from './imports';

const NONE: readonly SyntaxNode[] = [];

export class Calls {
  private readonly byName = new Map<string, SyntaxNode[]>();
  private readonly byMethod = new Map<string, SyntaxNode[]>();

  constructor(calls: readonly SyntaxNode[]) {
    for (const call of calls) {
      const callee = call.child('function');
      const method = callee?.type === 'attribute' ? callee.child('attribute')?.text : undefined;
      if (method !== undefined) push(this.byMethod, method, call);
      const name = qualifiedName(callee);
      if (name !== undefined) push(this.byName, name, call);
    }
  }

  /** Calls of something imported, by its dotted name: `asyncio.run`. */
  named(...names: readonly string[]): readonly SyntaxNode[] {
    return names.flatMap((name) => this.byName.get(name) ?? NONE);
  }

  /** Calls of a method of this name, of whatever object. */
  ofMethod(...names: readonly string[]): readonly SyntaxNode[] {
    return names.flatMap((name) => this.byMethod.get(name) ?? NONE);
  }
}

function push(map: Map<string, SyntaxNode[]>, key: string, call: SyntaxNode): void {
  const known = map.get(key);
  if (known) known.push(call);
  else map.set(key, [call]);
}
