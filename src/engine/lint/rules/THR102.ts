import { isProcessLock, isThreadLock } from '../model/kindNames';
import type { Module } from '../model/module';
import { bindingScope } from '../model/scopes';
import type { LintRule } from '../rule';
import { functionAround, type SyntaxNode, statementOf } from '../syntax/node';
import { isHarmless } from './support/harmless';
import { isHandedOver, isReleasedElsewhere } from './support/keptHeld';
import { type Leak, LeftHeld, raisingIn } from './support/leftHeld';
import { withFix } from './support/withFix';

export const THR102: LintRule = {
  id: 'THR102',
  name: 'acquire-without-finally',
  title: 'A lock may be left held when something raises',
  severity: 'warning',
  alsoReportedBy: { pylint: ['R1732'] },
  observedAs: ['hazard.lock-left-held', 'deadlock.lost-owner'],
  check(module, report) {
    for (const call of module.calls.ofMethod('acquire')) {
      const object = call.child('function')?.child('object');
      const kind = module.kinds.nameOf(object);
      if (!object || !(isThreadLock(kind) || isProcessLock(kind))) continue;
      const releases = releasesOf(module, call, object);
      if (releases.length === 0 || isHandedOver(module, call, object, releases) || isBoundAgain(call, object)) continue;
      const leaks = leaksOf(call, releases, (each) => isHarmless(module, each));
      const leak = leaks.find(({ how }) => how === 'leaves') ?? leaks[0];
      if (!leak || (leak.how === 'leaves' && isReleasedElsewhere(module, call, object))) continue;
      const fix = withFix(module, call, object, releases);
      report({
        node: call,
        message: leak.node.contains(call) ? interrupted(object.text) : messageOf(object.text, leak),
        ...(leak.how === 'leaves' ? { severity: 'error' } : {}),
        ...(leak.node.contains(call) ? { severity: 'info' } : {}),
        related: leak.node.contains(call)
          ? []
          : [{ node: leak.node, text: leak.how === 'leaves' ? 'left here without a release' : 'may raise' }],
        ...(fix ? { fix } : {}),
      });
    }
  },
};

function messageOf(name: string, { how, node }: Leak): string {
  if (how === 'leaves')
    return `${node.text.split(/\s/)[0]} leaves ${name} held: all who want it next wait for ever. Use with.`;
  if (how === 'before')
    return `When something raises before ${name}.acquire(), finally releases a lock that was not taken.`;
  return `When something raises before ${name}.release(), the lock stays held and all who want it next wait for ever. Use with.`;
}

/** It is the first statement of the `try` that releases. */
function interrupted(name: string): string {
  return `When ${name}.acquire() itself is interrupted, finally releases a lock that was not taken. Take it before the try.`;
}

/** The calls in the same function that release the lock. */
function releasesOf(module: Module, call: SyntaxNode, object: SyntaxNode): SyntaxNode[] {
  const id = module.locks.of(object)?.id;
  return module.held
    .lockCallsIn(functionAround(call))
    .flatMap((each) => (each.method === 'release' && each.lock.id === id ? [each.call] : []));
}

function leaksOf(
  call: SyntaxNode,
  releases: readonly SyntaxNode[],
  isHarmless: (node: SyntaxNode) => boolean,
): readonly Leak[] {
  const statement = statementOf(call);
  const walk = new LeftHeld(releases, isHarmless);
  if (statement.type === 'if_statement') {
    const condition = statement.child('condition');
    const body = statement.child('consequence');
    const isNegated = condition?.type === 'not_operator' && call.parent === condition;
    const isPlain =
      statement.childOfType('elif_clause') === undefined && statement.childOfType('else_clause') === undefined;
    if (isNegated && isPlain) return walk.behind(statement);
    return condition === call && body ? walk.inside(body) : [];
  }
  if (statement.type !== 'expression_statement' || call.parent !== statement) return [];
  const before = raisedBefore(statement, releases, isHarmless);
  return before ? [{ node: before, how: 'before' }] : walk.behind(statement);
}

/** What can raise in the same `try` before it, or it itself, where `finally` releases in any case. */
function raisedBefore(
  statement: SyntaxNode,
  releases: readonly SyntaxNode[],
  isHarmless: (node: SyntaxNode) => boolean,
): SyntaxNode | undefined {
  const body = statement.parent;
  const around = body?.parent;
  if (around?.type !== 'try_statement' || body?.field !== 'body') return undefined;
  const last = around.childOfType('finally_clause')?.childOfType('block');
  const isCertain = last?.children.some((each) => releases.some((release) => release.parent === each));
  if (!isCertain) return undefined;
  for (const each of body.children.slice(0, body.children.indexOf(statement))) {
    const found = raisingIn(each, isHarmless);
    if (found) return found;
  }
  return body.children[0] === statement ? statement : undefined;
}

/** The lock's name means another one later on. */
function isBoundAgain(call: SyntaxNode, object: SyntaxNode): boolean {
  let root: SyntaxNode | undefined = object;
  while (root?.type === 'attribute') root = root.child('object');
  if (root?.type !== 'identifier') return true;
  const bindings = bindingScope(root, root.text)?.bindings.get(root.text) ?? [];
  const around = functionAround(call);
  return bindings.some(({ node }) => node.start > call.end && functionAround(node) === around);
}
