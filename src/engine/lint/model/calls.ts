/** The calls of a module by what is called. */
import type { SyntaxNode } from '../syntax/node';
import { qualifiedName } from './imports';
import { addTo } from './listsByKey';

const NONE: readonly SyntaxNode[] = [];

export class Calls {
  private readonly byName = new Map<string, SyntaxNode[]>();
  private readonly byMethod = new Map<string, SyntaxNode[]>();

  /** `imports` are all statements that import something. */
  constructor(calls: readonly SyntaxNode[], imports: readonly SyntaxNode[]) {
    const imported = new Set(imports.flatMap(namesOf));
    for (const call of calls) {
      const callee = call.child('function');
      const method = callee?.type === 'attribute' ? callee.child('attribute')?.text : undefined;
      if (method !== undefined) addTo(this.byMethod, method, call);
      const name = imported.has(firstName(callee)) ? qualifiedName(callee) : undefined;
      if (name !== undefined) addTo(this.byName, name, call);
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

/** The names that an import may bind, and some more. */
function namesOf(statement: SyntaxNode): string[] {
  return statement.children.flatMap((each) => {
    const named = each.type === 'aliased_import' ? each.child('alias') : each.children[0];
    return named ? [named.text] : [];
  });
}

/** `a` of `a.b.c`. */
function firstName(node: SyntaxNode | undefined): string {
  let at = node;
  while (at?.type === 'attribute') at = at.child('object');
  return at?.type === 'identifier' ? at.text : '';
}
