/** Which names a function, class or module binds, and to what. */
import { bodyNodes, type SyntaxNode } from '../syntax/node';

export type BindingKind =
  | 'assign' // value: what is assigned, when one name alone stands on the left
  | 'update'
  | 'import' // value: the dotted_name or aliased_import
  | 'function'
  | 'class'
  | 'parameter'
  | 'for' // value: what is gone through, when one name alone is bound
  | 'with' // value: the context manager
  | 'other';

export interface Binding {
  readonly kind: BindingKind;
  readonly name: string;
  /** Where the name is bound; for functions and classes, the definition. */
  readonly node: SyntaxNode;
  readonly value?: SyntaxNode;
}

export interface Scope {
  /** The module, class_definition, function_definition, lambda or comprehension. */
  readonly node: SyntaxNode;
  readonly bindings: ReadonlyMap<string, readonly Binding[]>;
  readonly globals: ReadonlySet<string>;
  readonly nonlocals: ReadonlySet<string>;
}

const SCOPE_TYPES: ReadonlySet<string> = new Set([
  'module',
  'class_definition',
  'function_definition',
  'lambda',
  'list_comprehension',
  'set_comprehension',
  'dictionary_comprehension',
  'generator_expression',
]);
const COMPREHENSIONS: ReadonlySet<string> = new Set([...SCOPE_TYPES].slice(4));

/** Kept with the syntax: a scope is what its text says, wherever it stands. The module's is not, since it is new each time. */
const known = new WeakMap<SyntaxNode, Scope>();

export function scopeOf(node: SyntaxNode): Scope {
  const before = known.get(node);
  if (before) return before;
  const scope = build(node);
  known.set(node, scope);
  return scope;
}

/** Scopes of functions, lambdas and comprehensions, by the nodes in them: these are of the same chunk, so they stay. */
const around = new WeakMap<SyntaxNode, SyntaxNode>();

/** The scope in which a name at a node is looked up first. */
export function scopeAround(node: SyntaxNode): Scope {
  const kept = around.get(node);
  if (kept) return scopeOf(kept);
  let inner = node;
  for (let at = node.parent; at; inner = at, at = at.parent) {
    if (!SCOPE_TYPES.has(at.type) || !isInside(inner, at)) continue;
    if (at.type !== 'module' && at.type !== 'class_definition') around.set(node, at);
    return scopeOf(at);
  }
  return scopeOf(inner);
}

/** The scope that binds a name, seen from a node; undefined when none in the module does. */
export function bindingScope(node: SyntaxNode, name: string): Scope | undefined {
  let scope = scopeAround(node);
  for (let isFirst = true; ; isFirst = false) {
    const { node: owner } = scope;
    const isSeen = isFirst || owner.type !== 'class_definition';
    if (scope.globals.has(name)) return moduleScope(owner);
    if (isSeen && scope.bindings.has(name) && !scope.nonlocals.has(name)) return scope;
    if (!owner.parent) return undefined;
    scope = scopeAround(owner);
  }
}

function moduleScope(node: SyntaxNode): Scope {
  let at = node;
  while (at.parent) at = at.parent;
  return scopeOf(at);
}

/** Defaults, decorators, bases and the first iterable of a comprehension belong to the scope around. */
function isInside(child: SyntaxNode, scope: SyntaxNode): boolean {
  if (scope.type === 'module' || COMPREHENSIONS.has(scope.type)) return true;
  return child.field === 'body';
}

interface Building {
  readonly bindings: Map<string, Binding[]>;
  readonly globals: Set<string>;
  readonly nonlocals: Set<string>;
}

function build(node: SyntaxNode): Scope {
  const scope: Building = { bindings: new Map(), globals: new Set(), nonlocals: new Set() };
  if (COMPREHENSIONS.has(node.type)) {
    for (const clause of node.children.filter(({ type }) => type === 'for_in_clause')) {
      bindTarget(scope, clause.child('left'), 'for', clause.child('right'));
    }
    return { node, ...scope };
  }
  const parameters = node.child('parameters');
  if (parameters) for (const parameter of parameters.children) bindParameter(scope, parameter);
  for (const each of bodyNodes(node)) bind(scope, each);
  return { node, ...scope };
}

function bind(scope: Building, node: SyntaxNode): void {
  switch (node.type) {
    case 'assignment':
      return bindTarget(scope, node.child('left'), 'assign', node.child('right'));
    case 'augmented_assignment':
      return bindTarget(scope, node.child('left'), 'update');
    case 'named_expression':
      return bindTarget(scope, node.child('name'), 'assign', node.child('value'));
    case 'for_statement':
      return bindTarget(scope, node.child('left'), 'for', node.child('right'));
    case 'as_pattern':
      return bindAs(scope, node);
    case 'function_definition':
    case 'class_definition': {
      const kind = node.type === 'class_definition' ? 'class' : 'function';
      const name = node.child('name');
      if (name) add(scope, { kind, name: name.text, node });
      return;
    }
    case 'import_statement':
    case 'import_from_statement':
      for (const each of node.children) if (each.field === 'name') bindImport(scope, node, each);
      return;
    case 'global_statement':
      for (const each of node.children) scope.globals.add(each.text);
      return;
    case 'nonlocal_statement':
      for (const each of node.children) scope.nonlocals.add(each.text);
      return;
    case 'case_clause':
      for (const each of node.all())
        if (each.type === 'identifier' && each.parent?.type !== 'attribute') other(scope, each);
      return;
    case 'delete_statement':
      for (const each of node.children) if (each.type === 'identifier') other(scope, each);
      return;
  }
}

function bindTarget(scope: Building, target: SyntaxNode | undefined, kind: BindingKind, value?: SyntaxNode): void {
  if (!target) return;
  if (target.type === 'identifier') {
    add(scope, { kind, name: target.text, node: target, ...(value ? { value } : {}) });
    return;
  }
  if (target.type === 'attribute' || target.type === 'subscript') return;
  const values = value && /^(tuple|expression_list)$/.test(value.type) ? value.children : [];
  const isPaired = kind === 'assign' && values.length === target.children.length;
  target.children.forEach((child, i) => {
    bindTarget(scope, child, isPaired ? kind : 'other', isPaired ? values[i] : undefined);
  });
}

function bindAs(scope: Building, node: SyntaxNode): void {
  const target = node.child('alias')?.children[0] ?? node.child('alias');
  const value = node.children[0];
  const isContext = node.parent?.type === 'with_item';
  bindTarget(scope, target, isContext ? 'with' : 'other', isContext ? value : undefined);
}

function bindImport(scope: Building, statement: SyntaxNode, node: SyntaxNode): void {
  const alias = node.type === 'aliased_import' ? node.child('alias') : undefined;
  const path = node.type === 'aliased_import' ? node.child('name') : node;
  const isFrom = statement.type === 'import_from_statement';
  const name = alias?.text ?? (isFrom ? path?.text : path?.children[0]?.text);
  if (name) add(scope, { kind: 'import', name, node, value: node });
}

function bindParameter(scope: Building, parameter: SyntaxNode): void {
  const name = parameterName(parameter);
  if (name) add(scope, { kind: 'parameter', name: name.text, node: parameter });
}

/** The name of a parameter, also with a default, a type or stars; undefined for `*` and `/` alone. */
export function parameterName(parameter: SyntaxNode): SyntaxNode | undefined {
  return parameter.type === 'identifier' ? parameter : (parameter.child('name') ?? firstIdentifier(parameter));
}

function firstIdentifier(node: SyntaxNode): SyntaxNode | undefined {
  for (const each of node.all()) if (each.type === 'identifier') return each;
  return undefined;
}

function other(scope: Building, node: SyntaxNode): void {
  add(scope, { kind: 'other', name: node.text, node });
}

function add(scope: Building, binding: Binding): void {
  const known = scope.bindings.get(binding.name);
  if (known) known.push(binding);
  else scope.bindings.set(binding.name, [binding]);
}
