import { isChange, useOf } from '../model/accesses';
import type { FunctionModel } from '../model/definitions';
import type { Module } from '../model/module';
import { bindingScope } from '../model/scopes';
import type { LintRule } from '../rule';
import { bodyNodes, functionAround, type SyntaxNode, statementOf } from '../syntax/node';
import { parameterAt } from './support/parameters';
import { workIn } from './support/work';

export const INT502: LintRule = {
  id: 'INT502',
  name: 'mutating-a-copied-argument',
  title: 'A copy is changed in another interpreter',
  severity: 'warning',
  check(module, report) {
    for (const { kind, way, call, target, model, given } of workIn(module)) {
      if (kind !== 'interpreter' || way === 'initializer') continue;
      for (const { place, node } of given) {
        const isOfSelf = module.definitions.selfAttribute(node) !== undefined;
        if ((node.type !== 'identifier' && !isOfSelf) || mayBeShared(module, node)) continue;
        const name = model && parameterAt(module, model, target, place);
        const change = model && name !== undefined ? changeOf(module, model, name, node) : undefined;
        const read = readBehind(module, node, call);
        if (!read || !(change || (!model && !isOfSelf && staysEmpty(module, node)))) continue;
        report({
          node,
          message: `The other interpreter gets a copy of ${node.text}, and what it does to that is not seen here. Let the function return what it made.`,
          related: [
            ...(change ? [{ node: change, text: 'the copy is changed here' }] : []),
            { node: read, text: 'read here' },
          ],
        });
      }
    }
  },
};

const SHARED = /^(concurrent\.interpreters\.Queue|multiprocessing\.\S+)$/;

function mayBeShared(module: Module, node: SyntaxNode): boolean {
  if (SHARED.test(module.kinds.nameOf(node))) return true;
  return module.kinds.valuesOf(node).some(({ text }) => /\bmemoryview\(|\.buf\b/.test(text));
}

/** Where a function changes what one of its parameters stands for. */
function changeOf(module: Module, { node }: FunctionModel, name: string, given: SyntaxNode): SyntaxNode | undefined {
  for (const each of bodyNodes(node)) {
    if (each.type !== 'identifier' || each.text !== name || each.field === 'attribute') continue;
    const { how, by } = useOf(each);
    if (how === 'write' || how === 'delete') return undefined;
    if (how === 'mutate' && by !== 'put') return each.parent ?? each;
    if (how === 'update' && module.kinds.nameOf(given) === 'list') return each;
    const attribute = each.parent?.type === 'attribute' && each.field === 'object' ? each.parent : undefined;
    if (attribute && isChange(useOf(attribute))) return attribute;
  }
  return undefined;
}

/** The first reading of a name of the same function, or at the top level, or of an attribute, behind a call, before it is bound anew. */
function readBehind(module: Module, name: SyntaxNode, call: SyntaxNode): SyntaxNode | undefined {
  const around = functionAround(call) ?? module.root;
  if (name.type === 'identifier' && bindingScope(name, name.text)?.node !== around) return undefined;
  const statement = statementOf(call);
  const isBoundHere = statement.all().some(({ field, text }) => field === 'left' && text === name.text);
  if (isBoundHere) return undefined;
  for (const each of around.all()) {
    if (each.type !== name.type || each.text !== name.text || each.start < call.end) continue;
    const { how } = useOf(each);
    if (how === 'write' || how === 'delete') return undefined;
    if (how !== 'mutate' && !isGivenAgain(each, call)) return each;
  }
  return undefined;
}

/** To another call of the same method. */
function isGivenAgain(node: SyntaxNode, call: SyntaxNode): boolean {
  return node.parent?.parent?.child('function')?.text === call.child('function')?.text;
}

/** It is an empty container, into which nothing is put in this function. */
function staysEmpty(module: Module, name: SyntaxNode): boolean {
  const values = module.kinds.valuesOf(name);
  const bindings = bindingScope(name, name.text)?.bindings.get(name.text) ?? [];
  if (values.length !== 1 || bindings.length !== 1 || !values.every(isEmpty)) return false;
  const uses = (functionAround(name) ?? module.root).all();
  return !uses.some((each) => {
    if (each.type !== 'identifier' || each.text !== name.text) return false;
    return /^(mutate|update)$/.test(useOf(each).how);
  });
}

function isEmpty(value: SyntaxNode): boolean {
  return /^(\[\s*\]|\{\s*\}|(list|dict|set)\(\s*\))$/.test(value.text);
}
