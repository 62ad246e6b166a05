/** Checks whose outcome is old when what they asked for is changed, since the coroutine awaited something in between. */
import { canFollow, isExit } from '../../model/flow';
import type { Module } from '../../model/module';
import { bindingScope, scopeOf } from '../../model/scopes';
import { suspensionsOf } from '../../model/suspensions';
import { ownNodes, type SyntaxNode } from '../../syntax/node';

/** What a condition asks for. */
export interface CheckedValue {
  /** `self._token`, or the name of a global. */
  readonly text: string;
  /** The name alone. */
  readonly name: string;
  readonly isGlobal: boolean;
  /** For `key in self.pages`, the key. */
  readonly key: string | undefined;
}

export interface StaleCheck {
  readonly value: CheckedValue;
  readonly suspension: SyntaxNode;
  /** The statement that changes the value. */
  readonly change: SyntaxNode;
  /** All of it is inside of the `if`; otherwise the `if` leaves the function, and the rest comes behind. */
  readonly isInBranch: boolean;
}

/** By the values that an `if` of a coroutine asks for. */
export function staleChecks(module: Module, statement: SyntaxNode, around: SyntaxNode): StaleCheck[] {
  const condition = statement.child('condition');
  const values = condition ? checkedValues(module, condition, around) : [];
  if (values.length === 0) return [];
  return [branchOf(statement), behind(statement)].flatMap((scope, i) => {
    const suspensions = suspensionsOf(around).filter((each) => scope.some((part) => part.contains(each)));
    if (suspensions.length === 0) return [];
    const nodes = scope.flatMap(ownNodes);
    // One of them is changed before the await: the next task sees that somebody is at it.
    const claims = nodes.filter((each) => values.some((value) => isChangeOf(each, value)));
    return values.flatMap((value) => {
      const found = firstStale(nodes, suspensions, claims, value);
      return found ? [{ value, ...found, isInBranch: i === 0 }] : [];
    });
  });
}

function branchOf(statement: SyntaxNode): SyntaxNode[] {
  return statement.child('consequence')?.children ?? [];
}

/** What comes behind an `if` that leaves the function or the round of its loop. */
function behind(statement: SyntaxNode): SyntaxNode[] {
  const last = branchOf(statement).at(-1);
  const block = statement.parent;
  if (!last || !isExit(last) || last.type === 'break_statement' || statement.child('alternative') || !block) return [];
  return block.children.slice(block.children.indexOf(statement) + 1);
}

function firstStale(
  nodes: readonly SyntaxNode[],
  suspensions: readonly SyntaxNode[],
  claims: readonly SyntaxNode[],
  value: CheckedValue,
): Pick<StaleCheck, 'suspension' | 'change'> | undefined {
  for (const change of claims) {
    if (isReset(change) || !isChangeOf(change, value)) continue;
    const suspension = suspensions.find((each) => canFollow(each, change));
    if (!suspension || isAcquire(suspension)) continue;
    const isClaimed = claims.some((each) => each.end <= suspension.start && canFollow(each, suspension));
    if (!isClaimed && !isCheckedAgain(nodes, suspension, change, value)) return { suspension, change };
  }
  return undefined;
}

/** A lock is taken after the check. */
function isAcquire({ type, children: [awaited] }: SyntaxNode): boolean {
  return type === 'await' && awaited?.child('function')?.child('attribute')?.text === 'acquire';
}

/** It only says that the value is not there any more. */
function isReset(change: SyntaxNode): boolean {
  return /^(none|false)$/.test(change.child('right')?.type ?? '');
}

const CONDITIONS = /^(if_statement|elif_clause|while_statement|conditional_expression|assert_statement)$/;

function isCheckedAgain(
  nodes: readonly SyntaxNode[],
  suspension: SyntaxNode,
  change: SyntaxNode,
  value: CheckedValue,
): boolean {
  return nodes.some((each) => {
    if (!CONDITIONS.test(each.type) || each.start < suspension.start || each.start >= change.end) return false;
    const condition = each.child('condition') ?? (each.type === 'assert_statement' ? each : each.children[1]);
    return condition !== undefined && ownNodes(condition).some(({ text }) => text === value.text);
  });
}

/** Whether a node is a statement that changes a value. */
function isChangeOf(node: SyntaxNode, value: CheckedValue): boolean {
  if (node.type === 'delete_statement') return node.children.flatMap(targets).some((each) => isIt(each, value));
  if (node.type !== 'assignment' && node.type !== 'augmented_assignment') return false;
  const left = node.child('left');
  return left !== undefined && targets(left).some((each) => isIt(each, value));
}

function targets(node: SyntaxNode): readonly SyntaxNode[] {
  return /^(pattern_list|tuple_pattern|list_pattern|expression_list|tuple)$/.test(node.type) ? node.children : [node];
}

function isIt(target: SyntaxNode, { text, key }: CheckedValue): boolean {
  if (key === undefined) return target.text === text;
  return target.type === 'subscript' && target.child('value')?.text === text && target.child('subscript')?.text === key;
}

function checkedValues(module: Module, condition: SyntaxNode, around: SyntaxNode): CheckedValue[] {
  return ownNodes(condition).flatMap((node): CheckedValue[] => {
    if (!isAsked(node)) return [];
    const key = keyOf(node);
    const name = module.definitions.selfAttribute(node);
    if (name !== undefined) {
      const owner = module.definitions.classAround(node);
      const isMethod = owner !== undefined && module.definitions.method(owner, name) !== undefined;
      return isMethod ? [] : [{ text: node.text, name, isGlobal: false, key }];
    }
    const isGlobal = node.type === 'identifier' && isGlobalVariable(module, node, around, key);
    return isGlobal ? [{ text: node.text, name: node.text, isGlobal, key }] : [];
  });
}

/** The value itself decides, not something that is reached through it. */
function isAsked({ type, field, parent }: SyntaxNode): boolean {
  if (type !== 'identifier' && type !== 'attribute') return false;
  if (!parent || field === 'function') return false;
  return /^(comparison_operator|not_operator|boolean_operator|parenthesized_expression|if_statement)$/.test(
    parent.type,
  );
}

/** `a` of `a in b` and `a not in b`, for `b`. */
function keyOf(node: SyntaxNode): string | undefined {
  const comparison = node.parent?.type === 'comparison_operator' ? node.parent : undefined;
  const [left, operator, right] = comparison?.children ?? [];
  return comparison?.children.length === 3 && right === node && /^(not )?in$/.test(operator?.type ?? '')
    ? left?.text
    : undefined;
}

function isGlobalVariable(module: Module, node: SyntaxNode, around: SyntaxNode, key: string | undefined): boolean {
  const scope = scopeOf(module.root);
  const bindings = scope.bindings.get(node.text) ?? [];
  const isVariable = bindings.length > 0 && bindings.every(({ kind }) => kind === 'assign' || kind === 'update');
  if (!isVariable || bindingScope(node, node.text) !== scope) return false;
  return key !== undefined || scopeOf(around).globals.has(node.text);
}
