import { putUnder } from '../edits';
import type { FunctionModel } from '../model/definitions';
import type { Module } from '../model/module';
import { scopeOf } from '../model/scopes';
import type { LintRule, RuleFinding } from '../rule';
import type { SyntaxNode } from '../syntax/node';
import { dependsOnParameter, type ProcessStart, processStarts } from './support/processes';

export const MPR301: LintRule = {
  id: 'MPR301',
  name: 'missing-main-guard',
  title: 'Processes are started when the file is imported',
  severity: 'error',
  isForFilesOnly: true,
  observedAs: ['hazard.no-main-guard'],
  check(module, report) {
    const found = atImport(module).filter(({ node }) => !isGuarded(module, node));
    found.sort((a, b) => a.node.start - b.node.start);
    found.forEach(({ node, start, by }, i) => {
      const fix = i === 0 ? guardFix(module, node) : undefined;
      const subject = by ? `${by.owner?.name ?? by.name}() starts` : `This starts`;
      report({
        node,
        message: `${subject} ${WORDS[start.what]} while the file is imported, which its children do again. Put it under if __name__ == "__main__".`,
        related: by ? [{ node: start.node, text: 'started here' }] : [],
        ...(fix ? { fix } : {}),
      });
    });
  },
};

const WORDS: Readonly<Record<ProcessStart['what'], string>> = {
  Process: 'a process',
  Pool: 'the processes of a pool',
  Manager: 'the process of a manager',
  Executor: 'the processes of an executor',
  ExecutorUse: 'the processes of an executor',
};

interface AtImport {
  readonly node: SyntaxNode;
  readonly start: ProcessStart;
  /** The function that starts it, when that is called. */
  readonly by: FunctionModel | undefined;
}

/** Starts at the top level, and calls there that come to a start. */
function atImport(module: Module): AtImport[] {
  const found: AtImport[] = [];
  const seen = new Set<FunctionModel>();
  for (const start of processStarts(module)) {
    if (start.what === 'Executor' || start.method === 'fork' || start.method === 'mayFork') continue;
    if (!start.function) found.push({ node: start.node, start, by: undefined });
    else if (!isUnderGuard(start.node) && !dependsOnParameter(start.node, start.function))
      addCalls(module, start.function, start, seen, found);
  }
  return found;
}

function addCalls(
  module: Module,
  model: FunctionModel,
  start: ProcessStart,
  seen: Set<FunctionModel>,
  found: AtImport[],
): void {
  if (seen.has(model) || model.isAsync) return;
  seen.add(model);
  for (const { node, caller } of module.graph.callsOf(model)) {
    if (!caller) found.push({ node, start, by: model });
    else if (!isUnderGuard(node) && !dependsOnParameter(node, caller)) addCalls(module, caller, start, seen, found);
  }
}

/** Under an `if` that asks for the module's name, or behind one that ends all others. */
function isGuarded(module: Module, node: SyntaxNode): boolean {
  const top = module.root.children.find((each) => each.contains(node)) ?? node;
  const isBehind = module.root.children.some(
    (each) => each.type === 'if_statement' && each.end <= top.start && asksForName(each) && ends(each),
  );
  return isBehind || isUnderGuard(node);
}

function isUnderGuard(node: SyntaxNode): boolean {
  for (let at = node.parent; at; at = at.parent) if (at.type === 'if_statement' && asksForName(at)) return true;
  return false;
}

const ASKS = /__name__|\bparent_process\b|MainProcess/;

function asksForName(statement: SyntaxNode): boolean {
  const conditions = [statement, ...statement.children.filter(({ type }) => type === 'elif_clause')];
  return conditions.some((each) => ASKS.test(each.child('condition')?.text ?? ''));
}

function ends(statement: SyntaxNode): boolean {
  return (statement.child('consequence')?.children ?? []).some(
    ({ type, text }) => type === 'raise_statement' || /^(\w+\.)?_?(exit|quit)\(/.test(text),
  );
}

const NOT_MOVED =
  /^(function_definition|class_definition|decorated_definition|import_statement|import_from_statement|future_import_statement)$/;

/** Puts all from a statement on under a guard. */
function guardFix(module: Module, node: SyntaxNode): RuleFinding['fix'] {
  const all = module.root.children;
  const from = all.findIndex((each) => each.contains(node));
  const [first, ...others] = all.slice(from);
  const last = others.at(-1) ?? first;
  if (!first || !last || first.chunk.column !== 0) return undefined;
  const moved = [first, ...others].flatMap((each) => each.all());
  if (moved.some((each) => NOT_MOVED.test(each.type) || (each.type === 'if_statement' && asksForName(each))))
    return undefined;
  if (moved.some(({ type, text }) => type === 'string' && text.includes('\n'))) return undefined;
  const bindings = [...scopeOf(module.root).bindings.values()].flat();
  const names = new Set(bindings.filter((each) => each.node.start >= first.start).map(({ name }) => name));
  const before = all.slice(0, from).flatMap((each) => (NOT_MOVED.test(each.type) ? each.all() : []));
  if (before.some(({ type, text }) => type === 'identifier' && names.has(text))) return undefined;
  const edits = putUnder(module, 'if __name__ == "__main__":', first, last);
  return { title: 'Run it only in the main program', edits };
}
