/** Uses of the values of threads: attributes of a `threading.local`. */
import { type Access, useOf } from '../../model/accesses';
import type { Module } from '../../model/module';
import { bindingScope } from '../../model/scopes';
import type { SyntaxNode } from '../../syntax/node';
import { groupsOf } from './groups';

const LOCAL = 'threading.local';

/** A use of an attribute of a value of a thread. */
export interface LocalUse extends Pick<Access, 'node' | 'how'> {
  readonly object: SyntaxNode;
  readonly attribute: string;
}

/** Those of the same attribute of the same object, together. */
export function localUses(module: Module): LocalUse[][] {
  if (!hasLocal(module)) return [];
  return [...groupsOf(usesOf(module), ({ object, attribute }) => `${ownerOf(module, object)} ${attribute}`).values()];
}

function hasLocal({ calls, definitions }: Module): boolean {
  return (
    calls.named(LOCAL).length > 0 || definitions.classes.some((each) => definitions.foreignBases(each).includes(LOCAL))
  );
}

function usesOf(module: Module): LocalUse[] {
  return module.all('attribute').flatMap((node) => {
    const object = node.child('object');
    const isName = object?.type === 'identifier' || object?.type === 'attribute';
    if (!object || !isName || module.kinds.nameOf(object) !== LOCAL || module.definitions.isSelf(object)) return [];
    return [{ node, object, attribute: node.child('attribute')?.text ?? '', how: useOf(node).how }];
  });
}

/** Two expressions for the same value of a thread have the same. */
function ownerOf(module: Module, object: SyntaxNode): string {
  if (object.type === 'identifier') return `${bindingScope(object, object.text)?.node.start} ${object.text}`;
  const owner = module.kinds.ownerOf(object.child('object'));
  return `${owner?.node.start ?? object.text} ${object.child('attribute')?.text}`;
}
