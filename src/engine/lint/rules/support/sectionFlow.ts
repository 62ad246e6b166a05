/** What a function carries from one section of a lock to the next: local names that hold, or are made of, what was read in the first. */
import { isChange, useOf } from '../../model/accesses';
import type { Section } from '../../model/held';
import type { Module } from '../../model/module';
import { ownNodes, type SyntaxNode } from '../../syntax/node';
import { isShared, type Test, testsOf } from './conditions';

/** A read of shared data, `self.x` whole or an entry of it. */
export interface Read {
  /** `self.x`. */
  readonly text: string;
  /** What the entry is looked up by; '' for the whole. */
  readonly entry: string;
  readonly node: SyntaxNode;
}

/** Local names, each with the reads that it rests on. */
type Carried = Map<string, readonly Read[]>;

export interface Flow {
  /** Reads that an expression rests on, when it is evaluated. */
  restsOn(expression: SyntaxNode): readonly Read[];
  /** Tests that decide whether a statement runs, with what they rest on. */
  readonly decisions: readonly Decision[];
}

export interface Decision {
  readonly statement: SyntaxNode;
  readonly tests: readonly Test[];
  readonly reads: readonly Read[];
}

/** The accesses in a section to attributes of `self` and variables of the module. */
export function sharedNodes(module: Module, nodes: readonly SyntaxNode[]): SyntaxNode[] {
  return nodes.filter(
    (node) =>
      (node.type === 'attribute' || (node.type === 'identifier' && isName(node))) &&
      node.field !== 'function' &&
      !module.definitions.isSelf(node) &&
      isShared(module, { key: node.text, base: node }),
  );
}

function isName({ field, parent }: SyntaxNode): boolean {
  return field !== 'attribute' && !(field === 'name' && parent?.type === 'keyword_argument');
}

export function nodesIn({ statement, start, end, how }: Section): SyntaxNode[] {
  const block = how === 'with' ? statement.child('body') : statement.parent;
  return (block ? ownNodes(block) : []).filter((each) => start <= each.start && each.end <= end);
}

/** The entry that is read or written at `self.x` in `self.x[k]` and `self.x.get(k)`. */
export function entryAt(node: SyntaxNode): string {
  const parent = node.parent;
  if (parent?.type === 'subscript' && node.field === 'value') return parent.child('subscript')?.text ?? '';
  const isGet = parent?.type === 'attribute' && node.field === 'object' && parent.child('attribute')?.text === 'get';
  return (isGet && parent.parent?.child('arguments')?.children[0]?.text) || '';
}

/** Follows what a section reads, and does not change, through the rest of its function. */
export function flowFrom(module: Module, section: Section, around: SyntaxNode, until: number): Flow {
  const inside = nodesIn(section);
  const shared = sharedNodes(module, inside);
  const changed = new Set(shared.filter((node) => isChange(useOf(node))).map(({ text }) => text));
  const reads = shared.filter(({ text }) => !changed.has(text));
  const carried: Carried = new Map();
  const decisions: Decision[] = [];
  const restsOn = (expression: SyntaxNode): readonly Read[] =>
    ownNodes(expression).flatMap((node) => {
      if (node.type === 'identifier' && isName(node) && carried.has(node.text)) return carried.get(node.text) ?? [];
      return reads.includes(node) ? [{ text: node.text, entry: entryAt(node), node }] : [];
    });
  const body = around.child('body');
  for (const node of body ? ownNodes(body) : []) {
    if (node.start < section.start || node.start >= until) continue;
    if (node.type === 'assignment') assign(carried, node, restsOn);
    const condition = node.type === 'if_statement' ? node.child('condition') : undefined;
    const found = condition ? restsOn(condition) : [];
    if (condition && found.length > 0) {
      decisions.push({ statement: node, tests: [...testsOf(condition), ...testsOf(condition, 'false')], reads: found });
    }
  }
  return { restsOn, decisions };
}

function assign(carried: Carried, node: SyntaxNode, restsOn: (expression: SyntaxNode) => readonly Read[]): void {
  const left = node.child('left');
  const right = node.child('right');
  if (!left || !right) return;
  const targets = left.type === 'identifier' ? [left] : left.children;
  const values =
    /^(expression_list|tuple)$/.test(right.type) && right.children.length === targets.length ? right.children : [];
  targets.forEach((target, i) => {
    if (target.type !== 'identifier') return;
    const found = restsOn(values[i] ?? right);
    if (found.length > 0) carried.set(target.text, found);
    else carried.delete(target.text);
  });
}

/** The decisions that lead to a statement: an `if` around it, or one before it that leaves. */
export function decisionsFor({ decisions }: Flow, statement: SyntaxNode): Decision[] {
  return decisions.filter(({ statement: branch }) => {
    if (branch.contains(statement)) return !(branch.child('condition')?.contains(statement) ?? false);
    const last = branch.child('consequence')?.children.at(-1);
    const leaves = /^(return|raise|continue|break)_statement$/.test(last?.type ?? '');
    return leaves && (branch.parent?.contains(statement) ?? false) && branch.end <= statement.start;
  });
}

/** Whether two nodes lie in different branches of the same `if`, so that not both run. */
export function areApart(one: SyntaxNode, other: SyntaxNode): boolean {
  let at = one.parent;
  while (at && !at.contains(other)) at = at.parent;
  return at !== null && /^(if_statement|elif_clause|match_statement)$/.test(at.type);
}
