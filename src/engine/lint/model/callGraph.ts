/** Who calls whom inside the module, and which functions are handed on as values. */
import type { SyntaxNode } from '../syntax/node';
import type { Definitions, FunctionModel } from './definitions';

export interface Call {
  readonly node: SyntaxNode;
  /** The function in whose body it is; undefined at the top level and in class bodies. */
  readonly caller: FunctionModel | undefined;
}

export class CallGraph {
  private readonly calls = new Map<FunctionModel, Call[]>();
  private readonly callees = new Map<FunctionModel, Set<FunctionModel>>();
  private readonly passedOn = new Set<FunctionModel>();

  /** `names`: those for which `isValueName` or `isValueAttribute` says yes. */
  constructor(definitions: Definitions, calls: readonly SyntaxNode[], names: readonly SyntaxNode[]) {
    const functionNames = new Set(definitions.functions.map(({ name }) => name));
    for (const { node } of definitions.functions) if (node.type === 'lambda') functionNames.add(nameOfLambda(node));
    const known = new Set([...functionNames, ...definitions.classes.map(({ name }) => name)]);
    for (const node of calls) {
      const { foreignCalls } = node.chunk.memory;
      if (foreignCalls.has(node)) continue;
      const name = lastName(node.child('function'));
      const callee = name === undefined || known.has(name) ? definitions.callee(node) : undefined;
      if (!callee) {
        if (node.function) foreignCalls.add(node);
        continue;
      }
      const caller = definitions.around(node);
      addTo(this.calls, callee, { node, caller });
      if (caller) this.callees.set(caller, (this.callees.get(caller) ?? new Set()).add(callee));
    }
    // What is named without being called may be called by anybody.
    for (const node of names) {
      if (!functionNames.has(lastName(node) ?? '')) continue;
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

/** A name that is neither called nor a part of something else. */
export function isValueName(node: SyntaxNode): boolean {
  return !isCalled(node) && node.field !== 'attribute' && node.field !== 'name' && node.parent?.type !== 'attribute';
}

/** As `isValueName`, for `a.b`. */
export function isValueAttribute(node: SyntaxNode): boolean {
  return !isCalled(node) && node.field !== 'name';
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

function addTo<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const known = map.get(key);
  if (known) known.push(value);
  else map.set(key, [value]);
}
