/** Locks that are meant to stay held when the function that takes them is left. */
import type { Module } from '../../model/module';
import { functionAround, type SyntaxNode } from '../../syntax/node';

/** Another function releases it without taking it: who leaves with the lock held may do so on purpose. */
export function isReleasedElsewhere(module: Module, call: SyntaxNode, object: SyntaxNode): boolean {
  const declaration = module.locks.of(object)?.declaration;
  const others = new Set(module.calls.ofMethod('release').map((each) => functionAround(each)));
  others.delete(functionAround(call));
  return [...others].some((each) => {
    const uses = module.held.lockCallsIn(each).filter(({ lock }) => lock.declaration === declaration);
    return uses.length > 0 && uses.every(({ method }) => method === 'release');
  });
}

/** `lock.release` is given to something, such as an ExitStack. */
export function isHandedOver(
  module: Module,
  call: SyntaxNode,
  object: SyntaxNode,
  releases: readonly SyntaxNode[],
): boolean {
  const around = functionAround(call) ?? module.root;
  const name = `${object.text}.release`;
  const isOnlyCalled = around.text.split(name).length - 1 === releases.length;
  return (
    !isOnlyCalled &&
    around.all().some(({ type, field, text }) => type === 'attribute' && field !== 'function' && text === name)
  );
}
