/** What is remembered of a text over its edits, as long as what it rests on stays the same. */
import type { SyntaxNode } from '../syntax/node';
import { importedName } from './imports';
import { scopeOf } from './scopes';

/** To be called for each new version of a text, before anything is asked of it. */
export function forgetWhatChanged(root: SyntaxNode, classes: readonly SyntaxNode[]): void {
  const { memory } = root.chunk;
  const key = [...namesOf(root), ...classes.map(headOf)].join('\n');
  if (key === memory.key) return;
  memory.key = key;
  memory.names = new WeakMap();
}

function namesOf(root: SyntaxNode): string[] {
  return [...scopeOf(root).bindings].map(
    ([name, bindings]) => `${name}=${bindings.map((each) => importedName(each) ?? each.value?.type ?? each.kind)}`,
  );
}

/** A class's name, bases and what its body binds. */
function headOf(node: SyntaxNode): string {
  const names = [...scopeOf(node).bindings.keys()].join(' ');
  return `${node.child('name')?.text}(${node.child('superclasses')?.text}): ${names}`;
}
