/** The functions that may take a lock at all, found by names alone and fast: only these need a closer look. */
import type { FunctionModel } from '../../model/definitions';
import type { Module } from '../../model/module';

/** From a function that takes a lock to one that is asked about. */
const MOST_CALLS = 4;
const known = new WeakMap<Module, ReadonlySet<FunctionModel>>();

export function takers(module: Module): ReadonlySet<FunctionModel> {
  const before = known.get(module);
  if (before) return before;
  const found = new Set(module.held.sections().flatMap(({ node }) => module.function(node) ?? []));
  let last = [...found];
  for (let depth = 0; depth < MOST_CALLS && last.length > 0; depth++) {
    last = [...new Set(last.flatMap((model) => callers(module, model)))].filter((model) => !found.has(model));
    for (const model of last) found.add(model);
  }
  known.set(module, found);
  return found;
}

/** Functions that call one of its name, or may run it without naming it. */
function callers(module: Module, model: FunctionModel): FunctionModel[] {
  const { name, owner, decorators } = model;
  const named = module.calls.ofMethod(name).flatMap((call) => module.function(call) ?? []);
  const called = module.graph.callsOf(model).flatMap(({ caller }) => caller ?? []);
  const isImplicit = /^__\w+__$/.test(name) || decorators.some(({ text }) => text === 'property');
  if (!owner || !isImplicit) return [...named, ...called];
  const family = [...module.definitions.family(owner), ...module.definitions.heirs(owner)];
  return [...named, ...called, ...family.flatMap(({ methods }) => [...methods.values()])];
}
