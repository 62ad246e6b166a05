/** What kind of object an expression stands for, as far as the module says so. What is not known for certain is unknown. */
import type { SyntaxNode } from '../syntax/node';
import { argument } from './arguments';
import type { Attributes } from './attributes';
import type { CallGraph } from './callGraph';
import type { Calls } from './calls';
import type { ClassModel, Definitions, FunctionModel } from './definitions';
import { qualifiedName } from './imports';
import { isKindName, kindOfCall, kindOfMethod, LITERALS } from './kindNames';
import { type Binding, bindingScope, parameterName } from './scopes';

export interface Kind {
  /** `threading.Lock`, `asyncio.Task`, `dict`; see kindNames. For an instance of a class of the module, the kind it inherits from, or ''. */
  readonly name: string;
  /** The call or literal that makes it; undefined when only an annotation says the kind. */
  readonly made: SyntaxNode | undefined;
  /** The class of the module that it is an instance of. */
  readonly instanceOf?: ClassModel;
}

const MOST_DEPTH = 8;

export class Kinds {
  private readonly known = new Map<SyntaxNode, Kind | undefined>();
  private depth = 0;

  constructor(
    private readonly definitions: Definitions,
    private readonly attributes: Attributes,
    private readonly calls: () => Calls,
    private readonly graph: () => CallGraph,
  ) {}

  of(node: SyntaxNode | undefined): Kind | undefined {
    if (!node) return undefined;
    if (this.known.has(node)) return this.known.get(node);
    if (this.depth >= MOST_DEPTH) return undefined;
    this.depth++;
    // Until it is known, what refers to itself is unknown.
    this.known.set(node, undefined);
    const kind = this.find(node);
    this.known.set(node, kind);
    this.depth--;
    return kind;
  }

  /** The kind's name, '' when unknown. */
  nameOf(node: SyntaxNode | undefined): string {
    return this.of(node)?.name ?? '';
  }

  /** The kind of the items of a list or of what a loop goes through. */
  ofItems(node: SyntaxNode | undefined): Kind | undefined {
    if (!node || this.depth >= MOST_DEPTH) return undefined;
    this.depth++;
    const kind = this.findItems(node);
    this.depth--;
    return kind;
  }

  private findItems(node: SyntaxNode): Kind | undefined {
    if (/^(list|tuple|set|expression_list)$/.test(node.type))
      return this.agreed(node.children.map((each) => this.of(each)));
    if (/comprehension$|^generator_expression$/.test(node.type)) return this.of(node.child('body'));
    if (node.type !== 'identifier' && node.type !== 'attribute') return undefined;
    const values = this.valuesOf(node);
    const items = values
      .filter((value) => value.children.length > 0 || value.type !== 'list')
      .map((each) => this.ofItems(each));
    return this.agreed([...items, ...this.appended(node)]);
  }

  private find(node: SyntaxNode): Kind | undefined {
    const literal = LITERALS[node.type];
    if (literal !== undefined) return { name: literal, made: node };
    switch (node.type) {
      case 'call':
        return this.ofCall(node);
      case 'identifier':
        return this.ofName(node);
      case 'attribute':
        return this.ofAttribute(node);
      case 'parenthesized_expression':
        return this.of(node.children[0]);
      case 'named_expression':
        return this.of(node.child('value'));
      case 'conditional_expression':
        return this.agreed([this.of(node.children[0]), this.of(node.children[2])]);
      default:
        return undefined;
    }
  }

  private ofCall(node: SyntaxNode): Kind | undefined {
    const callee = node.child('function');
    const name =
      qualifiedName(callee) ??
      (callee?.type === 'identifier' && !bindingScope(callee, callee.text) ? callee.text : undefined);
    const made = name === undefined ? undefined : kindOfCall(name);
    if (made) return { name: made, made: node };
    const model = this.definitions.classNamed(callee);
    if (model) return this.ofInstance(model, node);
    if (callee?.type !== 'attribute') return undefined;
    const object = this.of(callee.child('object'));
    const result = object && kindOfMethod(object.name, callee.child('attribute')?.text ?? '');
    return result ? { name: result, made: node } : undefined;
  }

  private ofInstance(model: ClassModel, made: SyntaxNode | undefined): Kind {
    const base = this.definitions.foreignBases(model).find(isKindName) ?? '';
    return { name: base, made, instanceOf: model };
  }

  private ofName(node: SyntaxNode): Kind | undefined {
    if (this.definitions.isSelf(node)) {
      const model = this.definitions.classAround(node);
      const isInstance =
        this.definitions.selfMethod(node)?.decorators.every(({ text }) => text !== 'classmethod') ?? false;
      return model && isInstance ? this.ofInstance(model, undefined) : undefined;
    }
    const bindings = bindingScope(node, node.text)?.bindings.get(node.text) ?? [];
    // `x = None` before it is made says nothing about it.
    const telling = bindings.filter(
      ({ kind, value }) =>
        !(kind === 'assign' && value?.type === 'none') && !(kind === 'for' && this.isListOf(value, node)),
    );
    return this.agreed(telling.map((each) => this.ofBinding(each)));
  }

  /** A list that starts empty and to which nothing but one name is appended: going through it with that name says nothing new. */
  private isListOf(list: SyntaxNode | undefined, name: SyntaxNode): boolean {
    if (list?.type !== 'identifier') return false;
    const values = this.valuesOf(list);
    const appended = this.appendedTo(list);
    const scope = bindingScope(name, name.text);
    return (
      values.length > 0 &&
      values.every(({ type, children }) => type === 'list' && children.length === 0) &&
      appended.length > 0 &&
      appended.every(
        (each) => each?.type === 'identifier' && each.text === name.text && bindingScope(each, each.text) === scope,
      )
    );
  }

  private ofBinding({ kind, value, node }: Binding): Kind | undefined {
    if (kind === 'assign') return this.of(value) ?? this.ofAnnotation(annotationOf(node));
    if (kind === 'with') return this.of(value);
    if (kind === 'for') return this.ofItems(value);
    if (kind === 'parameter')
      return node.child('type')
        ? this.ofAnnotation(node.child('type'))
        : (this.ofCallers(node) ?? this.ofItsName(node));
    return undefined;
  }

  /** What all calls of a function in the module give for a parameter; only of plain functions and `__init__`, whose calls are seen. */
  private ofCallers(parameter: SyntaxNode): Kind | undefined {
    const fallback = parameter.child('value');
    const model = this.definitions.function(parameter.parent?.parent ?? undefined);
    const isPlain =
      parameter.type === 'identifier' || (parameter.type === 'default_parameter' && fallback?.type === 'none');
    if (!model || !isPlain || (model.owner && model.name !== '__init__') || this.graph().isPassedOn(model))
      return undefined;
    const name = parameterName(parameter)?.text ?? '';
    const index = model.parameters.indexOf(name) - (model.owner ? 1 : 0);
    const values = this.graph()
      .callsOf(model)
      .filter(({ node }) => !model.owner || this.definitions.classNamed(node.child('function')))
      .map(({ node }) => argument(node, index, name))
      .filter((value) => !fallback || (value && value.type !== 'none'));
    return this.agreed(values.map((value) => this.of(value)));
  }

  /** What `__init__` gets as `pool` is a `Pool`, when the file has such a class and no calls that say something else; `loop` is one of asyncio. */
  private ofItsName(parameter: SyntaxNode): Kind | undefined {
    const model = this.definitions.function(parameter.parent?.parent ?? undefined);
    if (model?.name !== '__init__' || !model.owner || parameter.type !== 'identifier') return undefined;
    const isLoop = /^(event_)?loop$/.test(parameter.text) && bindingScope(parameter, 'asyncio') !== undefined;
    if (isLoop) return { name: 'asyncio.Loop', made: undefined };
    const isCalled = this.graph()
      .callsOf(model)
      .some(({ node }) => this.definitions.classNamed(node.child('function')));
    const name = parameter.text.replaceAll('_', '').toLowerCase();
    const named = this.definitions.classes.filter((each) => each.name.replace(/^_+/, '').toLowerCase() === name);
    return named.length === 1 && named[0] && !isCalled ? this.ofInstance(named[0], undefined) : undefined;
  }

  private ofAttribute(node: SyntaxNode): Kind | undefined {
    const name = node.child('attribute')?.text ?? '';
    const model = this.ownerOf(node.child('object'));
    if (!model) return undefined;
    const assigned = this.attributes
      .of(model, name)
      .filter(({ value, type }) => value?.type !== 'none' || type !== undefined);
    return this.agreed(
      assigned.map(
        ({ value, type }) => (value?.type === 'none' ? undefined : this.of(value)) ?? this.ofAnnotation(type),
      ),
    );
  }

  /** The class whose attributes an expression's are: `self`, a class's name, an instance of a class of the module. */
  ownerOf(node: SyntaxNode | undefined): ClassModel | undefined {
    if (!node) return undefined;
    if (this.definitions.isSelf(node)) return this.definitions.classAround(node);
    return this.definitions.classNamed(node) ?? this.of(node)?.instanceOf;
  }

  /** The function of the module that a call runs, also as a method of an object whose class is known. */
  calleeOf(call: SyntaxNode): FunctionModel | undefined {
    const direct = this.definitions.callee(call);
    const callee = call.child('function');
    if (direct || callee?.type !== 'attribute') return direct;
    const owner = this.ownerOf(callee.child('object'));
    return owner && this.definitions.method(owner, callee.child('attribute')?.text ?? '');
  }

  /** All that is assigned to a name or attribute, apart from None. */
  valuesOf(node: SyntaxNode): SyntaxNode[] {
    if (node.type === 'identifier') {
      const bindings = bindingScope(node, node.text)?.bindings.get(node.text) ?? [];
      return bindings.flatMap(({ kind, value }) =>
        kind === 'assign' && value && value.type !== 'none' ? [value] : [],
      );
    }
    const model = this.ownerOf(node.child('object'));
    const assigned = model ? this.attributes.of(model, node.child('attribute')?.text ?? '') : [];
    return assigned.flatMap(({ value }) => (value && value.type !== 'none' ? [value] : []));
  }

  /** Kinds of what `.append` adds to a list. */
  private appended(list: SyntaxNode): (Kind | undefined)[] {
    return this.appendedTo(list).map((each) => this.of(each));
  }

  /** What `.append` adds to a list that is a name, in the scope that binds it. */
  private appendedTo(list: SyntaxNode): (SyntaxNode | undefined)[] {
    if (list.type !== 'identifier') return [];
    const scope = bindingScope(list, list.text);
    if (!scope) return [];
    const ofThis = this.calls()
      .ofMethod('append')
      .filter((call) => {
        const object = call.child('function')?.child('object');
        return (
          object?.type === 'identifier' && object.text === list.text && bindingScope(object, object.text) === scope
        );
      });
    return ofThis.map((call) => call.child('arguments')?.children[0]);
  }

  private ofAnnotation(type: SyntaxNode | undefined): Kind | undefined {
    const named = type?.type === 'type' ? type.children[0] : type;
    if (!named) return undefined;
    if (named.type === 'string') return undefined;
    const name = qualifiedName(named);
    if (name !== undefined) return isKindName(name) ? { name, made: undefined } : undefined;
    const model = this.definitions.classNamed(named);
    return model && this.ofInstance(model, undefined);
  }

  /** The kind that all are of; undefined when one is unknown or of another. */
  private agreed(kinds: readonly (Kind | undefined)[]): Kind | undefined {
    const [first] = kinds;
    return first && kinds.every((each) => each?.name === first.name && each.instanceOf === first.instanceOf)
      ? first
      : undefined;
  }
}

function annotationOf(target: SyntaxNode): SyntaxNode | undefined {
  return target.parent?.type === 'assignment' ? target.parent.child('type') : undefined;
}
