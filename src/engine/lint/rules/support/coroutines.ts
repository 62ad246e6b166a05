/** What the rules about coroutines ask. */
import type { FunctionModel } from '../../model/definitions';
import { importedName, qualifiedName } from '../../model/imports';
import type { Module } from '../../model/module';
import { scopeOf } from '../../model/scopes';
import { functionAround, type SyntaxNode } from '../../syntax/node';
import { contextsOf } from './surroundings';

/** The async def in whose body a node is directly. */
export function coroutineAround(node: SyntaxNode): SyntaxNode | undefined {
  const around = functionAround(node);
  return around?.isAsync ? around : undefined;
}

/** How the module calls asyncio; undefined when it does not import it as a whole. */
export function asyncioName({ root }: Module): string | undefined {
  for (const [name, bindings] of scopeOf(root).bindings) {
    const [binding] = bindings;
    if (bindings.length === 1 && binding?.kind === 'import' && importedName(binding) === 'asyncio') return name;
  }
  return undefined;
}

/** Coroutines that a loop runs as a whole: those given to `asyncio.run` and its like. */
export function mainCoroutines({ units }: Module): ReadonlySet<FunctionModel> {
  return new Set(
    units.starts.flatMap(({ kind, node, model }) => {
      if (kind !== 'task' || !model) return [];
      const callee = node.child('function');
      const isMain =
        qualifiedName(callee) === 'asyncio.run' || callee?.child('attribute')?.text === 'run_until_complete';
      return isMain ? [model] : [];
    }),
  );
}

const EXPECTS = /(^|\.)(raises|warns|assertRaises|assertRaisesRegex|assertWarns|assertWarnsRegex|suppress)$/;

/** A test wants to see that this fails. */
export function isExpectedToFail(node: SyntaxNode): boolean {
  for (let at = node.ancestor('with_statement'); at; at = at.ancestor('with_statement')) {
    if (contextsOf(at).some((each) => EXPECTS.test(each.child('function')?.text ?? ''))) return true;
  }
  return false;
}

/** An expression with `await` before it, in parentheses where it stands in another one that binds closer. */
export function awaited(node: SyntaxNode, text: string): string {
  const isInner =
    node.field === 'function' ||
    (node.field === 'object' && node.parent?.type === 'attribute') ||
    (node.field === 'value' && node.parent?.type === 'subscript');
  return isInner ? `(await ${text})` : `await ${text}`;
}

/** `await x.acquire()`, also inside of `asyncio.wait_for`. */
export function isAwaitedAcquire({ parent }: SyntaxNode): boolean {
  if (parent?.type === 'await') return true;
  const outer = parent?.type === 'argument_list' ? parent.parent : undefined;
  return qualifiedName(outer?.child('function')) === 'asyncio.wait_for' && outer?.parent?.type === 'await';
}
