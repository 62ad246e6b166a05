/** `self.set(key, self.get(key) + 1)`, where each of the two methods takes the lock for itself. */
import { isChange, useOf } from '../../model/accesses';
import type { FunctionModel } from '../../model/definitions';
import type { Section } from '../../model/held';
import type { Module } from '../../model/module';
import { bindingScope } from '../../model/scopes';
import type { Report } from '../../rule';
import { functionAround, isFunction, ownNodes, type SyntaxNode } from '../../syntax/node';
import { nodesIn, sharedNodes } from './sectionFlow';

interface Accessor {
  readonly section: Section;
  /** `self.x`. */
  readonly text: string;
}

export function checkCallsOfSections(module: Module, sections: readonly Section[], report: Report): void {
  const getters = new Map<FunctionModel, Accessor>();
  const setters = new Map<FunctionModel, Accessor>();
  for (const section of sections) {
    const method = module.function(section.statement);
    if (!method?.owner || section.how !== 'with' || method.isAsync) continue;
    const text = readBack(module, section);
    if (text) getters.set(method, { section, text });
    const written = setByParameter(module, section, method);
    if (written) setters.set(method, { section, text: written });
  }
  if (getters.size === 0) return;
  for (const [method, setter] of setters) {
    for (const { node, caller } of module.graph.callsOf(method)) {
      if (!caller || module.held.at(node).length > 0) continue;
      const read = readBefore(module, node, caller, getters, setter);
      if (!read) continue;
      report({
        node,
        message: `${setter.text} was read by an earlier call, and another thread can have changed it since. Do both with ${setter.section.lock.name} held.`,
        related: [{ node: read, text: 'read here, under the lock, which is then given back' }],
      });
    }
  }
}

/** What a section gives back to the caller and does not change. */
function readBack(module: Module, section: Section): string | undefined {
  const nodes = nodesIn(section);
  const shared = sharedNodes(module, nodes);
  if (shared.length === 0 || shared.some((node) => isChange(useOf(node)))) return undefined;
  const returned = nodes.find(({ type }) => type === 'return_statement');
  return shared.find((node) => returned?.contains(node))?.text;
}

/** What a section sets to a parameter, or to what is made of it, without a look at it. */
function setByParameter(module: Module, section: Section, method: FunctionModel): string | undefined {
  const shared = sharedNodes(module, nodesIn(section));
  const [change, ...others] = shared;
  if (!change || others.length > 0 || !isChange(useOf(change))) return undefined;
  const target = change.parent?.type === 'subscript' ? change.parent : change;
  const value =
    target.parent?.type === 'assignment' && target.field === 'left' ? target.parent.child('right') : undefined;
  const isParameter = value?.type === 'identifier' && method.parameters.includes(value.text);
  return isParameter ? change.text : undefined;
}

/** The call of a getter whose result the arguments of a call are made of. */
function readBefore(
  module: Module,
  call: SyntaxNode,
  caller: FunctionModel,
  getters: ReadonlyMap<FunctionModel, Accessor>,
  setter: Accessor,
): SyntaxNode | undefined {
  const given = call.child('arguments')?.children ?? [];
  const key = given.length > 1 ? given[0]?.text : undefined;
  const isGetter = (node: SyntaxNode): boolean => {
    const model = node.type === 'call' ? module.definitions.callee(node) : undefined;
    const getter = model && getters.get(model);
    const [first] = node.child('arguments')?.children ?? [];
    return getter?.text === setter.text && getter.section.lock.id === setter.section.lock.id && first?.text === key;
  };
  const last = given.at(-1);
  return last && originIn(last, caller.node, isGetter, new Set());
}

/** The node in an expression, or in what its names were assigned before, that is wanted. */
function originIn(
  expression: SyntaxNode,
  around: SyntaxNode,
  isWanted: (node: SyntaxNode) => boolean,
  seen: Set<SyntaxNode>,
): SyntaxNode | undefined {
  for (const node of ownNodes(expression)) {
    if (isFunction(node) || seen.has(node)) continue;
    seen.add(node);
    if (isWanted(node)) return node;
    const scope = node.type === 'identifier' ? bindingScope(node, node.text) : undefined;
    if (scope?.node !== around) continue;
    const before = (scope.bindings.get(node.text) ?? []).filter((each) => each.node.start < node.start);
    const binding = before.filter(({ value }) => !value || value.end <= node.start || !value.contains(node)).at(-1);
    const value = binding?.kind === 'assign' ? binding.value : undefined;
    const found =
      value && functionAround(value) === around && !value.contains(node)
        ? originIn(value, around, isWanted, seen)
        : undefined;
    if (found) return found;
  }
  return undefined;
}
