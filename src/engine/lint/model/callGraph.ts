/** Who calls whom inside the module, and which functions are handed on as values. */
import type { SyntaxNode } from '../syntax/node';
import type { Definitions, FunctionModel } from './definitions';
import { addTo } from './listsByKey';

export interface Call {
  readonly node: SyntaxNode;
  /** The function in whose body it is; undefined at the top level and in class bodies. */
  readonly caller: FunctionModel | undefined;
}

export class CallGraph {
  private readonly calls = new Map<FunctionModel, Call[]>();
  private readonly callees = new Map<FunctionModel, Set<FunctionModel>>();
  private readonly passedOn = new Set<FunctionModel>();

  /** `calls` and `names` are those for which `CallCandidates` says yes. */
  constructor(definitions: Definitions, calls: readonly SyntaxNode[], names: readonly SyntaxNode[]) {
    for (const node of calls) {
      const callee = definitions.callee(node);
      if (!callee) continue;
      const caller = definitions.around(node);
      addTo(this.calls, callee, { node, caller });
      if (caller) this.callees.set(caller, (this.callees.get(caller) ?? new Set()).add(callee));
    }
    // What is named without being called may be called by anybody.
    for (const node of names) {
      const model = definitions.functionOfExpression(node);
      if (model) this.passedOn.add(model);
    }
  }

  /** Calls of a function in the module. */
  callsOf(model: FunctionModel): readonly Call[] {
    return this.calls.get(model) ?? [];
  }

  /** Functions of the module that it calls. */
  calleesOf(model: FunctionModel): ReadonlySet<FunctionModel> {
    return this.callees.get(model) ?? NONE;
  }

  /** Whether a function is used as a value, such as a callback. */
  isPassedOn(model: FunctionModel): boolean {
    return this.passedOn.has(model);
  }

  /** Some functions and all that they call, directly or not, each with the way that led there first. */
  reachedFrom(roots: Iterable<FunctionModel>): Map<FunctionModel, readonly FunctionModel[]> {
    const reached = new Map<FunctionModel, readonly FunctionModel[]>();
    for (const root of roots) reached.set(root, [root]);
    for (const [model, way] of reached) {
      for (const callee of this.calleesOf(model)) if (!reached.has(callee)) reached.set(callee, [...way, callee]);
    }
    return reached;
  }
}

/** What may call or hand on a function of the module, told by names alone. */
export class CallCandidates {
  private readonly functions: ReadonlySet<string>;
  private readonly callable: ReadonlySet<string>;

  constructor({ functions, classes }: Definitions) {
    this.functions = new Set(functions.map(({ name, node }) => (node.type === 'lambda' ? nameOfLambda(node) : name)));
    this.callable = new Set([...this.functions, ...classes.map(({ name }) => name)]);
  }

  readonly isCall = (node: SyntaxNode): boolean => {
    const name = lastName(node.child('function'));
    return name === undefined || this.callable.has(name);
  };

  /** A name that is neither called nor a part of something else. */
  readonly isName = (node: SyntaxNode): boolean =>
    this.functions.has(node.text) &&
    !isCalled(node) &&
    node.field !== 'attribute' &&
    node.field !== 'name' &&
    node.parent?.type !== 'attribute';

  /** As `isName`, for `a.b`. */
  readonly isAttribute = (node: SyntaxNode): boolean =>
    !isCalled(node) && node.field !== 'name' && this.functions.has(lastName(node) ?? '');
}

function isCalled({ field, parent }: SyntaxNode): boolean {
  return field === 'function' && parent?.type === 'call';
}

/** `b` of `b` and `a.b`; undefined for what is no name. */
function lastName(node: SyntaxNode | undefined): string | undefined {
  if (node?.type === 'attribute') return node.child('attribute')?.text;
  return node?.type === 'identifier' ? node.text : undefined;
}

function nameOfLambda({ parent, field }: SyntaxNode): string {
  const target = field === 'right' && parent?.type === 'assignment' ? parent.child('left') : undefined;
  return target?.text ?? '';
}

const NONE: ReadonlySet<FunctionModel> = new Set();
