import type { Section } from '../model/held';
import type { Module } from '../model/module';
import type { LintRule } from '../rule';
import { isFunction, ownNodes, type SyntaxNode, statementOf } from '../syntax/node';
import { type WaitCall, waitCalls } from './support/waiting';

export const THR109: LintRule = {
  id: 'THR109',
  name: 'condition-wait-not-in-loop',
  title: 'A condition is waited for without a loop',
  severity: 'warning',
  observedAs: ['deadlock.stuck'],
  check(module, report) {
    for (const wait of waitCalls(module, 'wait')) {
      const section = wait.kind.endsWith('.Condition') ? sectionOf(module, wait) : undefined;
      if (!section || !isWrong(wait, section)) continue;
      const branch = branchOf(wait.call, section);
      const tested = branch?.child('condition');
      const name = wait.object.text;
      report({
        node: wait.call,
        message: tested
          ? `${name}.wait() can return when ${shown(tested)} is still as it was, and nothing tests it again. Use while instead of if.`
          : `Nothing tests around ${name}.wait() what it waits for: it misses a notice that came before, and takes each one for its own. Wait in a while loop.`,
        related: [],
        ...(branch && canLoop(wait, branch)
          ? { fix: { title: 'Test in a loop', edits: [{ start: branch.start, end: branch.start + 2, text: 'while' }] } }
          : {}),
      });
    }
  },
};

/** The section of the condition in which its function waits; what others have taken is for them to test. */
function sectionOf(module: Module, { call, object }: WaitCall): Section | undefined {
  const id = module.locks.of(object)?.id;
  return module.held.sectionsAt(call).findLast(({ lock, isOpen }) => lock.id === id && !isOpen);
}

function isWrong({ call, mayTimeOut }: WaitCall, section: Section): boolean {
  const loop = loopAround(call);
  const isLoopInside = loop !== undefined && loop.start >= section.start;
  if (isLoopInside) return false;
  const branch = branchOf(call, section);
  if (!branch) return !mayTimeOut && !loop;
  const rest = restOfSection(call, section);
  const goesOn = rest.length > 0 && !isEnd(rest[0] as SyntaxNode) && !rest.some(hasTest);
  return goesOn || (!loop && !mayTimeOut);
}

function loopAround(node: SyntaxNode): SyntaxNode | undefined {
  for (let at = node.parent; at && !isFunction(at); at = at.parent) {
    if (at.type === 'while_statement' || at.type === 'for_statement') return at;
  }
  return undefined;
}

/** The innermost `if` of the section in one of whose blocks a node is. */
function branchOf(node: SyntaxNode, section: Section): SyntaxNode | undefined {
  let inner = node;
  for (let at = node.parent; at && at.start >= section.start; inner = at, at = at.parent) {
    if (at.type === 'if_statement' && inner.field !== 'condition') return at;
  }
  return undefined;
}

/** The statements of the section that come next when the one with a node is done. */
function restOfSection(node: SyntaxNode, section: Section): SyntaxNode[] {
  const rest: SyntaxNode[] = [];
  for (let at: SyntaxNode | null = statementOf(node); at && at.start >= section.start; at = at.parent) {
    const { parent } = at;
    if (parent?.type !== 'block') continue;
    const behind = parent.children.slice(parent.children.indexOf(at) + 1);
    rest.push(...behind.filter(({ start }) => start < section.end));
  }
  return rest;
}

/** It leaves the section without more ado. */
function isEnd({ type, children }: SyntaxNode): boolean {
  if (type === 'continue_statement' || type === 'break_statement' || type === 'raise_statement') return true;
  return (
    type === 'return_statement' &&
    (children.length === 0 || /^(none|true|false|identifier)$/.test(children[0]?.type ?? ''))
  );
}

const TESTS =
  /^(if_statement|while_statement|for_statement|match_statement|assert_statement|try_statement|conditional_expression|boolean_operator|comparison_operator|for_in_clause|not_operator)$/;

function hasTest(statement: SyntaxNode): boolean {
  return ownNodes(statement).some(({ type }) => TESTS.test(type));
}

function canLoop({ call, mayTimeOut }: WaitCall, branch: SyntaxNode): boolean {
  const body = branch.child('consequence');
  const isOnly = body?.children.length === 1 && body.children[0] === statementOf(call);
  const isWhole = !branch.children.some(({ type }) => type === 'elif_clause' || type === 'else_clause');
  return !mayTimeOut && isOnly && isWhole && statementOf(call).type === 'expression_statement';
}

function shown({ text }: SyntaxNode): string {
  return text.length <= 40 && !text.includes('\n') ? text : 'what was tested';
}
