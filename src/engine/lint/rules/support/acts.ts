/** What code does on the strength of a test that may be old by then: `if key in d: d.pop(key)`. */

import { qualifiedName } from '../../model/imports';
import type { Module } from '../../model/module';
import { ownNodes, type SyntaxNode } from '../../syntax/node';
import { type Test, testsOf, thingOf } from './conditions';

export interface Act {
  readonly node: SyntaxNode;
  /** takes: it fails when the thing is gone. makes: it is done twice when both find it missing. */
  readonly does: 'takes' | 'makes';
  /** What is stored. */
  readonly value?: SyntaxNode | undefined;
}

/** A test with the statements that run when it is true: those in the `if`, or behind it when it returns. */
export interface TestedBlock {
  readonly test: Test | PathTest;
  readonly statements: readonly SyntaxNode[];
}

/** `os.path.exists(path)`, `path.exists()`. */
export interface PathTest {
  readonly how: 'path';
  readonly says: 'missing' | 'present';
  /** The text of the path. */
  readonly path: string;
  readonly node: SyntaxNode;
}

export function testedBlocks(statement: SyntaxNode): TestedBlock[] {
  const condition = statement.child('condition');
  const body = (statement.child('consequence') ?? statement.child('body'))?.children ?? [];
  const found = allTests(condition, 'true').map((test) => ({ test, statements: body }));
  if (statement.type !== 'if_statement') return found;
  const alternatives = statement.children.filter(({ field }) => field === 'alternative');
  const [other] = alternatives;
  if (alternatives.length === 1 && other?.type === 'else_clause') {
    const statements = other.child('body')?.children ?? [];
    return [...found, ...allTests(condition, 'false').map((test) => ({ test, statements }))];
  }
  const siblings = statement.parent?.children ?? [];
  const behind = siblings.slice(siblings.indexOf(statement) + 1);
  const isLeft = /^(return|raise|continue|break)_statement$/.test(body.at(-1)?.type ?? '');
  if (alternatives.length > 0 || !isLeft) return found;
  return [...found, ...allTests(condition, 'false').map((test) => ({ test, statements: behind }))];
}

function allTests(condition: SyntaxNode | undefined, when: 'true' | 'false'): readonly (Test | PathTest)[] {
  const path = pathTest(condition, when);
  return path ? [path] : testsOf(condition, when);
}

function pathTest(node: SyntaxNode | undefined, when: 'true' | 'false'): PathTest | undefined {
  if (node?.type === 'not_operator') return pathTest(node.child('argument'), when === 'true' ? 'false' : 'true');
  if (node?.type !== 'call') return undefined;
  const callee = node.child('function');
  const [first] = node.child('arguments')?.children ?? [];
  const says = when === 'true' ? 'present' : 'missing';
  const isOfOs = /^os\.path\.(exists|isdir|isfile|lexists)$/.test(qualifiedName(callee) ?? '');
  if (isOfOs) return first && { how: 'path', says, path: first.text, node };
  const isOfPath = /^(exists|is_dir|is_file)$/.test(callee?.child('attribute')?.text ?? '');
  const object = callee?.child('object');
  return isOfPath && object && !first ? { how: 'path', says, path: object.text, node } : undefined;
}

/** The first thing done in a block that rests on its test. */
export function actOf(module: Module, { test, statements }: TestedBlock): Act | undefined {
  for (const node of statements.flatMap(ownNodes)) {
    const act = test.how === 'path' ? pathAct(node, test) : actOn(module, node, test);
    if (act) return act.does === 'takes' && isCaught(node) ? undefined : act;
    if (test.how !== 'path' && isReplaced(node, test)) return undefined;
  }
  return undefined;
}

function pathAct(node: SyntaxNode, { says, path }: PathTest): Act | undefined {
  if (node.type !== 'call' || isCaught(node)) return undefined;
  const callee = node.child('function');
  const given = node.child('arguments')?.children ?? [];
  if (given.some((each) => each.child('name')?.text === 'exist_ok' || each.child('name')?.text === 'missing_ok'))
    return undefined;
  const name = qualifiedName(callee) ?? '';
  const makes = /^os\.(mkdir|makedirs)$/;
  const takes = /^os\.(remove|unlink|rmdir)$/;
  const isOs = given[0]?.text === path && (says === 'missing' ? makes : takes).test(name);
  const method = callee?.child('attribute')?.text ?? '';
  const isPath =
    callee?.child('object')?.text === path && (says === 'missing' ? /^mkdir$/ : /^(unlink|rmdir)$/).test(method);
  return isOs || isPath ? { node, does: 'takes' } : undefined;
}

const TAKING = /^(pop|popleft|popitem|remove)$/;

function actOn(module: Module, node: SyntaxNode, { thing, says, how }: Test): Act | undefined {
  const base = thing.base.text;
  if (says === 'missing') {
    const isSet = node.type === 'assignment' && thingOf(targetOf(node))?.key === thing.key;
    if (isSet) return { node, does: 'makes', value: node.child('right') };
    const isAdded =
      how === 'entry' && calledOn(node, base) === 'add' && firstArgument(node)?.text === thing.entry?.text;
    return isAdded ? { node, does: 'makes' } : undefined;
  }
  const called = calledOn(node, base);
  if (how === 'entry') {
    const isItem = node.type === 'subscript' && node.text === thing.key && !isWritten(node);
    const isTaken =
      /^(pop|remove)$/.test(called) && firstArgument(node)?.text === thing.entry?.text && countOf(node) === 1;
    return isItem || isTaken ? { node, does: 'takes' } : undefined;
  }
  const kind = module.kinds.nameOf(thing.base);
  const hasDefault = kind !== 'list' && called === 'pop' && countOf(node) > 0;
  return how === 'truth' && TAKING.test(called) && !hasDefault ? { node, does: 'takes' } : undefined;
}

function targetOf(assignment: SyntaxNode): SyntaxNode | undefined {
  const left = assignment.child('left');
  return left?.type === 'identifier' || left?.type === 'attribute' || left?.type === 'subscript' ? left : undefined;
}

/** The name of the method that a call calls on something of this text. */
function calledOn(node: SyntaxNode, text: string): string {
  const callee = node.type === 'call' ? node.child('function') : undefined;
  return callee?.child('object')?.text === text ? (callee.child('attribute')?.text ?? '') : '';
}

function firstArgument(call: SyntaxNode): SyntaxNode | undefined {
  return call.child('arguments')?.children[0];
}

function countOf(call: SyntaxNode): number {
  return call.child('arguments')?.children.length ?? 0;
}

function isWritten(node: SyntaxNode): boolean {
  return node.field === 'left' && node.parent?.type === 'assignment';
}

/** The tested thing or what it is looked up by is another from here on. */
function isReplaced(node: SyntaxNode, { thing }: Test): boolean {
  if (node.field !== 'left' || !/assignment$/.test(node.parent?.type ?? '')) return false;
  return node.text === thing.base.text || node.text === thing.entry?.text;
}

/** In a `try` whose handlers are for the error that the act raises when it comes too late. */
function isCaught(node: SyntaxNode): boolean {
  let inner = node;
  for (let at = node.parent; at && at.type !== 'function_definition'; inner = at, at = at.parent) {
    if (at.type !== 'try_statement' || inner.field !== 'body') continue;
    if (at.children.some(({ type }) => type === 'except_clause')) return true;
  }
  return false;
}
