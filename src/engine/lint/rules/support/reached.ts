/** Code that is never executed. */
import type { FunctionModel } from '../../model/definitions';
import { isExit } from '../../model/flow';
import type { Module } from '../../model/module';
import { bodyNodes, type SyntaxNode } from '../../syntax/node';

/** A statement of the same block leaves it before, or calls a function of the module that only raises; or an `if True` keeps it out. */
export function isNeverReached({ definitions }: Module, statement: SyntaxNode): boolean {
  if (isKeptOut(statement)) return true;
  const siblings = statement.parent?.children ?? [];
  return siblings.slice(0, siblings.indexOf(statement)).some((each) => {
    if (isExit(each)) return true;
    const call = each.type === 'expression_statement' ? each.children[0] : undefined;
    const model = call?.type === 'call' ? definitions.callee(call) : undefined;
    return model !== undefined && onlyRaises(model);
  });
}

function isKeptOut(statement: SyntaxNode): boolean {
  for (let inner = statement, at = statement.parent; at; inner = at, at = at.parent) {
    if (at.type !== 'if_statement') continue;
    const condition = at.child('condition')?.text;
    if (condition === 'True' && inner.field === 'alternative') return true;
    if (condition === 'False' && inner.field === 'consequence') return true;
  }
  return false;
}

function onlyRaises({ node }: FunctionModel): boolean {
  const last = node.child('body')?.children.at(-1);
  return (
    last?.type === 'raise_statement' && bodyNodes(node).every(({ type }) => !/^(return_statement|yield)$/.test(type))
  );
}
