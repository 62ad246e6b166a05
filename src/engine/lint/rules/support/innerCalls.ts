/** The functions of the module that a function runs itself while it runs, also without calling them by name. */
import type { FunctionModel } from '../../model/definitions';
import type { Module } from '../../model/module';
import { bodyNodes, type SyntaxNode } from '../../syntax/node';

export interface InnerCall {
  readonly node: SyntaxNode;
  readonly callee: FunctionModel;
  /** `self` is the same object in the function that is called. */
  readonly isSameObject: boolean;
}

const known = new WeakMap<Module, Map<SyntaxNode, readonly InnerCall[]>>();
const BUILT_IN: Readonly<Record<string, string>> = {
  len: '__len__',
  iter: '__iter__',
  list: '__iter__',
  tuple: '__iter__',
  set: '__iter__',
  sorted: '__iter__',
  repr: '__repr__',
  str: '__str__',
};

/** In the order of the text, those in a function's body itself, not in functions inside it. */
export function innerCalls(module: Module, { node }: FunctionModel): readonly InnerCall[] {
  const ofModule = known.get(module) ?? new Map<SyntaxNode, readonly InnerCall[]>();
  known.set(module, ofModule);
  const before = ofModule.get(node);
  if (before) return before;
  const found = bodyNodes(node).flatMap((each) => innerCall(module, each) ?? []);
  ofModule.set(node, found);
  return found;
}

/** What a node runs; undefined when that is not known, or nothing of it runs there, as in generators. */
export function innerCall(module: Module, node: SyntaxNode): InnerCall | undefined {
  const found = node.type === 'call' ? byCall(module, node) : byUse(module, node);
  return found && runs(node, found) ? found : undefined;
}

function runs(node: SyntaxNode, { callee }: InnerCall): boolean {
  if (callee.isAsync) return node.parent?.type === 'await';
  return !isGenerator(callee);
}

const generators = new WeakMap<SyntaxNode, boolean>();

function isGenerator({ node }: FunctionModel): boolean {
  const before = generators.get(node);
  if (before !== undefined) return before;
  const found = bodyNodes(node).some(({ type }) => type === 'yield');
  generators.set(node, found);
  return found;
}

function byCall(module: Module, node: SyntaxNode): InnerCall | undefined {
  const { definitions } = module;
  const callee = node.child('function');
  if (!callee) return undefined;
  const builtIn =
    callee.type === 'identifier' && Object.hasOwn(BUILT_IN, callee.text) ? BUILT_IN[callee.text] : undefined;
  const [first] = node.child('arguments')?.children ?? [];
  if (builtIn && definitions.isSelf(first)) return bySelf(module, node, builtIn);
  const model = definitions.callee(node);
  if (model) return { node, callee: model, isSameObject: isSameObject(module, node, callee, model) };
  const owner = callee.type === 'attribute' ? module.kinds.of(callee.child('object'))?.instanceOf : undefined;
  const method = owner && definitions.method(owner, callee.child('attribute')?.text ?? '');
  return method && { node, callee: method, isSameObject: false };
}

function isSameObject(module: Module, call: SyntaxNode, callee: SyntaxNode, model: FunctionModel): boolean {
  const { definitions } = module;
  if (callee.type === 'attribute') {
    const object = callee.child('object');
    return definitions.isSelf(object) || object?.child('function')?.text === 'super';
  }
  // A function inside the method has its `self`.
  return model.owner === undefined && definitions.selfMethod(model.node) === definitions.selfMethod(call);
}

/** Properties of `self`, `self[key]`, `key in self`, `for each in self`. */
function byUse(module: Module, node: SyntaxNode): InnerCall | undefined {
  const { definitions } = module;
  switch (node.type) {
    case 'attribute': {
      if (!propertyNames(module).has(node.child('attribute')?.text ?? '')) return undefined;
      const name = definitions.selfAttribute(node);
      const owner = name === undefined ? undefined : definitions.classAround(node);
      const method = owner && name !== undefined ? definitions.method(owner, name) : undefined;
      const isProperty = method?.decorators.some(({ text }) => text === 'property') ?? false;
      return method && isProperty && isRead(node) ? { node, callee: method, isSameObject: true } : undefined;
    }
    case 'subscript':
      return definitions.isSelf(node.child('value')) ? bySelf(module, node, itemMethod(node)) : undefined;
    case 'comparison_operator': {
      const [, operator, right, ...others] = node.children;
      const isIn = others.length === 0 && /\bin$/.test(operator?.text ?? '');
      return isIn && definitions.isSelf(right) ? bySelf(module, node, '__contains__') : undefined;
    }
    case 'for_statement':
    case 'for_in_clause':
      return definitions.isSelf(node.child('right')) ? bySelf(module, node, '__iter__') : undefined;
    default:
      return undefined;
  }
}

const properties = new WeakMap<Module, ReadonlySet<string>>();

function propertyNames(module: Module): ReadonlySet<string> {
  const before = properties.get(module);
  if (before) return before;
  const found = module.definitions.functions.filter(({ decorators }) =>
    decorators.some(({ text }) => text === 'property'),
  );
  const names = new Set(found.map(({ name }) => name));
  properties.set(module, names);
  return names;
}

function bySelf(module: Module, node: SyntaxNode, name: string): InnerCall | undefined {
  const owner = module.definitions.classAround(node);
  const callee = owner && module.definitions.method(owner, name);
  return callee && { node, callee, isSameObject: true };
}

function itemMethod(node: SyntaxNode): string {
  if (node.parent?.type === 'delete_statement') return '__delitem__';
  return isRead(node) ? '__getitem__' : '__setitem__';
}

/** The left side of `a + b` is read, that of an assignment is not. */
function isRead({ field, parent }: SyntaxNode): boolean {
  const isTarget = field === 'left' && parent?.type !== 'binary_operator' && parent?.type !== 'boolean_operator';
  return !isTarget && parent?.type !== 'delete_statement';
}
