/** The functions and classes of a module, and which function a call calls. */
import { functionAround, isFunction, type SyntaxNode } from '../syntax/node';
import { qualifiedName } from './imports';
import { type Binding, bindingScope, parameterName } from './scopes';

export interface FunctionModel {
  /** function_definition or lambda. */
  readonly node: SyntaxNode;
  /** '' for a lambda. */
  readonly name: string;
  /** The class whose method it is. */
  readonly owner: ClassModel | undefined;
  readonly isAsync: boolean;
  /** Names of the parameters, without `*` and `**`. */
  readonly parameters: readonly string[];
  /** Decorators without `@`: expressions. */
  readonly decorators: readonly SyntaxNode[];
}

export interface ClassModel {
  readonly node: SyntaxNode;
  readonly name: string;
  /** Expressions of its bases. */
  readonly bases: readonly SyntaxNode[];
  /** Its own, by name; the last of those with the same name. */
  readonly methods: ReadonlyMap<string, FunctionModel>;
}

export class Definitions {
  readonly functions: readonly FunctionModel[];
  readonly classes: readonly ClassModel[];
  private readonly functionOf = new Map<SyntaxNode, FunctionModel>();
  private readonly classOf = new Map<SyntaxNode, ClassModel>();
  private readonly families = new Map<ClassModel, readonly ClassModel[]>();

  constructor(functions: readonly SyntaxNode[], lambdas: readonly SyntaxNode[], classes: readonly SyntaxNode[]) {
    this.classes = classes.map((node) => this.addClass(node));
    this.functions = [...functions, ...lambdas].map((node) => this.addFunction(node));
  }

  function(node: SyntaxNode | undefined): FunctionModel | undefined {
    return node && this.functionOf.get(node);
  }

  class(node: SyntaxNode | undefined): ClassModel | undefined {
    return node && this.classOf.get(node);
  }

  /** The function in whose body a node is. */
  around(node: SyntaxNode): FunctionModel | undefined {
    return this.function(functionAround(node));
  }

  /** The class whose methods a node is in, also in functions inside them: the one that `self` is of. */
  classAround(node: SyntaxNode): ClassModel | undefined {
    return this.selfMethod(node)?.owner;
  }

  /** The method whose first parameter `self` or `cls` means at a node. */
  selfMethod(node: SyntaxNode): FunctionModel | undefined {
    for (let at = functionAround(node); at; at = functionAround(at)) {
      const found = this.function(at);
      if (found?.owner) return found;
    }
    return undefined;
  }

  /** A class of the module that an expression names. */
  classNamed(node: SyntaxNode | undefined): ClassModel | undefined {
    if (node?.type !== 'identifier') return undefined;
    const found = this.only(node);
    return found?.kind === 'class' ? this.class(found.node) : undefined;
  }

  /** A class and those it inherits from, as far as they are in the module, itself first. */
  family(model: ClassModel): readonly ClassModel[] {
    const known = this.families.get(model);
    if (known) return known;
    const found: ClassModel[] = [model];
    this.families.set(model, found);
    for (let i = 0; i < found.length && found.length < 20; i++) {
      for (const base of (found[i] as ClassModel).bases) {
        const parent = this.classNamed(base);
        if (parent && !found.includes(parent)) found.push(parent);
      }
    }
    return found;
  }

  /** Classes of the module that inherit from it, directly or not. */
  heirs(model: ClassModel): ClassModel[] {
    return this.classes.filter((each) => each !== model && this.family(each).includes(model));
  }

  /** Dotted names of what a class inherits from outside of the module. */
  foreignBases(model: ClassModel): string[] {
    return this.family(model).flatMap(({ bases }) =>
      bases.map((base) => qualifiedName(base) ?? '').filter((name) => name !== ''),
    );
  }

  method(model: ClassModel, name: string): FunctionModel | undefined {
    for (const each of this.family(model)) {
      const method = each.methods.get(name);
      if (method) return method;
    }
    return undefined;
  }

  /** Whether an expression is `self` or `cls`: the first parameter of the method it is in. */
  isSelf(node: SyntaxNode | undefined): boolean {
    if (node?.type !== 'identifier') return false;
    const method = this.selfMethod(node);
    return method !== undefined && method.parameters[0] === node.text && !isStatic(method);
  }

  /** The attribute's name of `self.name` and `cls.name`. */
  selfAttribute(node: SyntaxNode | undefined): string | undefined {
    return node?.type === 'attribute' && this.isSelf(node.child('object')) ? node.child('attribute')?.text : undefined;
  }

  /** The function of the module that an expression stands for: a name, `self.method`, a lambda, `partial(f, …)`. */
  functionOfExpression(node: SyntaxNode | undefined): FunctionModel | undefined {
    if (!node) return undefined;
    if (node.type === 'lambda') return this.function(node);
    if (node.type === 'parenthesized_expression') return this.functionOfExpression(node.children[0]);
    if (node.type === 'call' && qualifiedName(node.child('function')) === 'functools.partial')
      return this.functionOfExpression(node.child('arguments')?.children[0]);
    if (node.type === 'identifier') {
      const found = this.only(node);
      if (found?.kind === 'function') return this.function(found.node);
      return found?.kind === 'assign' && found.value?.type === 'lambda' ? this.function(found.value) : undefined;
    }
    if (node.type !== 'attribute') return undefined;
    const name = node.child('attribute')?.text ?? '';
    const object = node.child('object');
    const owner = this.isSelf(object) ? this.classAround(node) : (this.classNamed(object) ?? this.superOf(object));
    return owner && this.method(owner, name);
  }

  /** The function of the module that a call runs; for a class, its `__init__`. */
  callee(call: SyntaxNode): FunctionModel | undefined {
    const callee = call.child('function');
    const made = this.classNamed(callee);
    return made ? this.method(made, '__init__') : this.functionOfExpression(callee);
  }

  private superOf(node: SyntaxNode | undefined): ClassModel | undefined {
    if (node?.type !== 'call' || node.child('function')?.text !== 'super') return undefined;
    const base = this.classAround(node)?.bases[0];
    return this.classNamed(base);
  }

  private only(name: SyntaxNode): Binding | undefined {
    const found = bindingScope(name, name.text)?.bindings.get(name.text) ?? [];
    return found.length === 1 ? found[0] : undefined;
  }

  private addClass(node: SyntaxNode): ClassModel {
    const bases = (node.child('superclasses')?.children ?? []).filter(({ type }) => type !== 'keyword_argument');
    const model = { node, name: node.child('name')?.text ?? '', bases, methods: new Map<string, FunctionModel>() };
    this.classOf.set(node, model);
    return model;
  }

  private addFunction(node: SyntaxNode): FunctionModel {
    const around = enclosing(node);
    const owner = around?.type === 'class_definition' && node.type !== 'lambda' ? this.classOf.get(around) : undefined;
    const model: FunctionModel = {
      node,
      name: node.child('name')?.text ?? '',
      owner,
      isAsync: node.isAsync,
      ...headOf(node),
    };
    this.functionOf.set(node, model);
    if (owner) (owner.methods as Map<string, FunctionModel>).set(model.name, model);
    return model;
  }
}

export function isStatic({ decorators }: FunctionModel): boolean {
  return decorators.some(({ text }) => text === 'staticmethod');
}

/** The class or function in whose body a definition stands. */
function enclosing(node: SyntaxNode): SyntaxNode | undefined {
  for (let at = node.parent; at; at = at.parent) {
    if (at.type === 'class_definition' || isFunction(at)) return at;
  }
  return undefined;
}

/** By function: what its text says, kept as long as that does not change. */
const heads = new WeakMap<SyntaxNode, Pick<FunctionModel, 'parameters' | 'decorators'>>();

function headOf(node: SyntaxNode): Pick<FunctionModel, 'parameters' | 'decorators'> {
  const known = heads.get(node);
  if (known) return known;
  const wrapper = node.parent?.type === 'decorated_definition' ? node.parent : undefined;
  const head = {
    parameters: (node.child('parameters')?.children ?? []).flatMap((each) => parameterName(each)?.text ?? []),
    decorators: (wrapper?.children ?? [])
      .filter(({ type }) => type === 'decorator')
      .flatMap(({ children }) => children),
  };
  heads.set(node, head);
  return head;
}
