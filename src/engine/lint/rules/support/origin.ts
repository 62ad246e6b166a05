/** What kind of object a name stands for, also when it is a parameter that gets it from calls in the module. */
import type { Kind } from '../../model/kinds';
import type { Module } from '../../model/module';
import { type Binding, bindingScope, scopeOf } from '../../model/scopes';
import { functionAround, type SyntaxNode } from '../../syntax/node';
import { givenToParameter } from './parameters';

const MOST_DEPTH = 5;

/** The kinds of all that it is known to stand for, when these are of the same name; else none. */
export function originsOf(module: Module, node: SyntaxNode | undefined): readonly Kind[] {
  const found = collect(module, node, 0);
  return found.every(({ name }) => name === found[0]?.name) ? found : [];
}

export function originName(module: Module, node: SyntaxNode | undefined): string {
  return originsOf(module, node)[0]?.name ?? '';
}

function collect(module: Module, node: SyntaxNode | undefined, depth: number): Kind[] {
  if (!node || depth > MOST_DEPTH) return [];
  const known = module.kinds.of(node);
  if (known) return known.name === 'None' ? [] : [known];
  if (node.type === 'attribute')
    return module.kinds.valuesOf(node).flatMap((value) => collect(module, value, depth + 1));
  if (node.type !== 'identifier') return [];
  const scope = bindingScope(node, node.text);
  const others = scope?.node === module.root ? assignedAsGlobal(module, node.text) : [];
  return [...(scope?.bindings.get(node.text) ?? []), ...others].flatMap(({ kind, value, name }) => {
    if (kind === 'assign') return collect(module, value, depth + 1);
    const model = kind === 'parameter' ? module.definitions.function(scope?.node) : undefined;
    const given = model ? givenToParameter(module, model, name) : [];
    return given.flatMap((each) => collect(module, each, depth + 1));
  });
}

/** Assignments in functions that say `global`. */
function assignedAsGlobal(module: Module, name: string): readonly Binding[] {
  return module.all('global_statement').flatMap((statement) => {
    const around = statement.children.some(({ text }) => text === name) ? functionAround(statement) : undefined;
    return (around && scopeOf(around).bindings.get(name)) ?? [];
  });
}
