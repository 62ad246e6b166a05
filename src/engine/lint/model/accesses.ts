/** How the module's code uses the attributes of its classes and its global variables. */
import type { SyntaxNode } from '../syntax/node';
import type { Attributes } from './attributes';
import type { ClassModel, Definitions, FunctionModel } from './definitions';
import { addTo } from './listsByKey';
import { bindingScope, parameterName, scopeOf } from './scopes';

/** update: `x += 1`. mutate: the container is changed in place, by an item, a method or `del`. iterate: a loop goes through it. */
export type AccessHow = 'read' | 'write' | 'update' | 'delete' | 'mutate' | 'iterate';

export interface Access {
  /** `self.name`, or the name of the global. */
  readonly node: SyntaxNode;
  readonly name: string;
  readonly how: AccessHow;
  /** The method that is called on it: `append`; '[]' for an item; '' otherwise. */
  readonly by: string;
  readonly function: FunctionModel | undefined;
  /** The method of the class in which it is, also inside a function of it. */
  readonly method: FunctionModel | undefined;
}

const MUTATORS: ReadonlySet<string> = new Set(
  (
    'append appendleft add clear discard extend extendleft insert pop popitem popleft put remove reverse rotate setdefault sort ' +
    'update difference_update intersection_update symmetric_difference_update move_to_end subtract'
  ).split(' '),
);
const VIEWS: ReadonlySet<string> = new Set(['items', 'keys', 'values']);

export function isChange({ how }: Pick<Access, 'how'>): boolean {
  return how !== 'read' && how !== 'iterate';
}

export class Accesses {
  private readonly byClass = new Map<ClassModel, Map<string, Access[]>>();
  private ownGlobals: Map<string, Access[]> | undefined;

  constructor(
    private readonly definitions: Definitions,
    private readonly attributes: Attributes,
    nodes: readonly SyntaxNode[],
    private readonly root: SyntaxNode,
    private readonly identifiers: () => readonly SyntaxNode[],
  ) {
    for (const node of nodes) this.addAttribute(node);
  }

  /** Accesses to the attributes of a class through `self`, by name, in the order of the text; those of its heirs as well. */
  ofClass(model: ClassModel): ReadonlyMap<string, readonly Access[]> {
    return this.byClass.get(model) ?? NONE;
  }

  /** Accesses in functions and at the top level to what is assigned at the top level, by name. */
  get globals(): ReadonlyMap<string, readonly Access[]> {
    this.ownGlobals ??= this.findGlobals();
    return this.ownGlobals;
  }

  private addAttribute(node: SyntaxNode): void {
    const name = this.definitions.selfAttribute(node);
    const model = name === undefined ? undefined : this.definitions.classAround(node);
    if (name === undefined || !model || this.definitions.method(model, name)) return;
    const home = this.attributes.home(model, name) ?? model;
    const names = this.byClass.get(home) ?? new Map<string, Access[]>();
    this.byClass.set(home, names);
    addTo(names, name, this.access(node, name, this.definitions.selfMethod(node)));
  }

  private findGlobals(): Map<string, Access[]> {
    const found = new Map<string, Access[]>();
    const scope = scopeOf(this.root);
    const variables = new Set<string>();
    for (const [name, bindings] of scope.bindings) {
      if (bindings.every(({ kind }) => kind === 'assign' || kind === 'update')) variables.add(name);
    }
    if (variables.size === 0) return found;
    for (const node of this.identifiers()) {
      const name = node.text;
      if (!variables.has(name) || bindingScope(node, name) !== scope) continue;
      addTo(found, name, this.access(node, name, this.definitions.selfMethod(node)));
    }
    return found;
  }

  private access(node: SyntaxNode, name: string, method: FunctionModel | undefined): Access {
    const { how, by } = useOf(node);
    return { node, name, how, by, function: this.definitions.around(node), method };
  }
}

/** A name that is neither an attribute's nor that of an argument. */
export function isNameUse({ field, parent }: SyntaxNode): boolean {
  return field !== 'attribute' && !(field === 'name' && parent?.type === 'keyword_argument');
}

/** An attribute of the first parameter of a function around it. */
export function mayBeOfSelf(node: SyntaxNode): boolean {
  const object = node.child('object');
  if (object?.type !== 'identifier') return false;
  for (let at = node.function; at; at = at.function) {
    const first = at.child('parameters')?.children[0];
    if (first && parameterName(first)?.text === object.text) return true;
  }
  return false;
}

const NONE: ReadonlyMap<string, readonly Access[]> = new Map();

/** What is done with the object that a node stands for. */
export function useOf(node: SyntaxNode): { readonly how: AccessHow; readonly by: string } {
  const parent = node.parent;
  if (!parent) return { how: 'read', by: '' };
  if (parent.type === 'subscript' && node.field === 'value') {
    const item = useOf(parent);
    return { how: isChange(item) && item.by === '' ? 'mutate' : 'read', by: '[]' };
  }
  if (parent.type === 'attribute' && node.field === 'object') {
    const by = parent.child('attribute')?.text ?? '';
    const isCall = parent.parent?.type === 'call' && parent.field === 'function';
    if (isCall && VIEWS.has(by) && isIterated(parent.parent as SyntaxNode)) return { how: 'iterate', by };
    return { how: isCall && MUTATORS.has(by) ? 'mutate' : 'read', by };
  }
  if (isIterated(node)) return { how: 'iterate', by: '' };
  return { how: targetUse(node, parent), by: '' };
}

const WRAPPING = /^(enumerate|reversed|zip)$/;

/** By a loop, also inside of `enumerate` and its like. */
function isIterated(node: SyntaxNode): boolean {
  if (node.field === 'right') return /^(for_statement|for_in_clause)$/.test(node.parent?.type ?? '');
  const call = node.parent?.type === 'argument_list' ? node.parent.parent : undefined;
  const callee = call?.type === 'call' ? call.child('function') : undefined;
  return Boolean(call && callee?.type === 'identifier' && WRAPPING.test(callee.text) && isIterated(call));
}

function targetUse(node: SyntaxNode, parent: SyntaxNode): AccessHow {
  let at = node;
  let above: SyntaxNode | null = parent;
  while (above && /^(pattern_list|tuple_pattern|list_pattern|list_splat_pattern|expression_list)$/.test(above.type)) {
    at = above;
    above = above.parent;
  }
  if (above?.type === 'delete_statement') return 'delete';
  if (at.field === 'left') {
    if (above?.type === 'assignment') return 'write';
    if (above?.type === 'augmented_assignment') return 'update';
    if (above?.type === 'for_statement' || above?.type === 'for_in_clause') return 'write';
  }
  if (above?.type === 'as_pattern_target' || (at.field === 'name' && above?.type === 'named_expression'))
    return 'write';
  return 'read';
}
