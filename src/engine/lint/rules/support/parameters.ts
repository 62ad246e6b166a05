/** What the parameters of the module's functions get. */
import { type FunctionModel, isStatic } from '../../model/definitions';
import type { Module } from '../../model/module';
import type { SyntaxNode } from '../../syntax/node';
import { argumentsOf, type Given } from './given';
import { workIn } from './work';

/** By function and parameter: what calls and handing over give it, as far as it is written there. */
const givenTo = new WeakMap<Module, Map<FunctionModel, Map<string, SyntaxNode[]>>>();

/** What a parameter of a function gets in this module. */
export function givenToParameter(module: Module, model: FunctionModel, name: string): readonly SyntaxNode[] {
  let functions = givenTo.get(module);
  if (!functions) {
    functions = new Map();
    givenTo.set(module, functions);
  }
  let parameters = functions.get(model);
  if (!parameters) {
    parameters = parametersOf(module, model);
    functions.set(model, parameters);
  }
  return parameters.get(name) ?? [];
}

function parametersOf(module: Module, model: FunctionModel): Map<string, SyntaxNode[]> {
  const found = new Map<string, SyntaxNode[]>();
  const add = (callee: SyntaxNode | undefined, { place, node }: Given): void => {
    const name = parameterAt(module, model, callee, place);
    if (name === undefined) return;
    found.set(name, [...(found.get(name) ?? []), node]);
  };
  for (const work of workIn(module)) {
    if (work.model === model) for (const each of work.given) add(work.target, each);
  }
  for (const { node } of module.graph.callsOf(model)) {
    for (const each of argumentsOf(node)) add(node.child('function'), each);
  }
  return found;
}

/** The parameter that an argument at a place becomes, when `callee` stands for the function. */
export function parameterAt(
  module: Module,
  model: FunctionModel,
  callee: SyntaxNode | undefined,
  place: number | string,
): string | undefined {
  const name = typeof place === 'string' ? place : model.parameters[place + ownPlaces(module, model, callee)];
  return name !== undefined && model.parameters.includes(name) ? name : undefined;
}

/** 1 for a method that has its object already, as `self.work` has. */
function ownPlaces(module: Module, model: FunctionModel, callee: SyntaxNode | undefined): number {
  if (!model.owner || isStatic(model)) return 0;
  if (callee?.type === 'identifier') return 1;
  if (callee?.type === 'call') return ownPlaces(module, model, callee.child('arguments')?.children[0]);
  const isOfClass = module.definitions.classNamed(callee?.child('object')) !== undefined;
  return isOfClass && !model.decorators.some(({ text }) => text === 'classmethod') ? 0 : 1;
}
