import type { Section } from '../model/held';
import { bindingScope } from '../model/scopes';
import type { LintRule } from '../rule';
import { isFunction, ownNodes, type SyntaxNode } from '../syntax/node';
import { branchesAround, isShared, type Test, testsOf, thingOf } from './support/conditions';
import { recheck } from './support/recheckFix';
import { isSetUp, mayBeGuarded } from './support/surroundings';

export const THR118: LintRule = {
  id: 'THR118',
  name: 'double-check-without-recheck',
  title: 'What was tested outside the lock is not tested again inside',
  severity: 'error',
  observedAs: ['race.lazy-init', 'race.check-then-act'],
  check(module, report) {
    for (const section of module.held.sections()) {
      const method = module.function(section.statement);
      if (!method || section.isOpen) continue;
      for (const { test, branch } of testsBefore(section)) {
        const { thing } = test;
        // A copy that was looked up before tells nothing of what is there now, and may be meant to.
        if (!test.node.contains(thing.base)) continue;
        if (!isShared(module, thing) || mayBeGuarded(module, test.node)) continue;
        const written = assignmentWithoutTest(section, thing.key);
        if (!written || (method.name !== '__new__' && isSetUp(module, method))) continue;
        const edits = branch ? recheck(module, section, branch) : [];
        report({
          node: section.node,
          message: `Two threads can both come here, since ${thing.key} was tested before ${section.lock.name} was taken. Test it again inside.`,
          related: [
            { node: test.node, text: 'tested here, without the lock' },
            { node: written, text: 'assigned here' },
          ],
          ...(edits.length > 0 ? { fix: { title: 'Test it again inside the lock', edits } } : {}),
        });
        break;
      }
    }
  },
};

interface Earlier {
  readonly test: Test;
  /** The `if` that the section is in; undefined when another `if` returned before. */
  readonly branch: SyntaxNode | undefined;
}

/** Tests that lead to a section: an `if` around it, or one before it that returns. */
function testsBefore({ statement }: Section): Earlier[] {
  const around = branchesAround(statement).flatMap(({ tests, statement: branch }) =>
    tests.map((test) => ({ test, branch })),
  );
  const siblings = statement.parent?.children ?? [];
  const before = siblings.slice(0, siblings.indexOf(statement));
  const returned = before.flatMap((each) => {
    const last = each.type === 'if_statement' ? each.child('consequence')?.children.at(-1) : undefined;
    const isLeft = last?.type === 'return_statement' && each.child('alternative') === undefined;
    return isLeft ? testsOf(each.child('condition'), 'false').map((test) => ({ test, branch: undefined })) : [];
  });
  return [...around, ...returned];
}

/** Calls that may be made twice: they say that something has happened. */
const HARMLESS =
  /^(acquire|release|notify|notify_all|set|clear|wait|cancel|discard|debug|info|warning|error|exception|log|print|locked|get|len|time|monotonic)$/;

/** The assignment in a section of what was tested, when nothing in it asks again. */
function assignmentWithoutTest(section: Section, key: string): SyntaxNode | undefined {
  const nodes = nodesOf(section);
  const written = nodes.find((each) => each.type === 'assignment' && targetOf(each.child('left'))?.key === key);
  const value = written?.child('right');
  if (!written || !value) return undefined;
  if (nodes.some((each) => each.start < value.end && isAsked(each, key, written))) return undefined;
  if (nodes.some(({ type }) => type === 'try_statement' && section.how === 'with')) return undefined;
  const calls = nodes.filter(({ type }) => type === 'call').map((each) => lastName(each.child('function')));
  const isConstant = /^(none|true|false|integer|float|string|list|dictionary|tuple)$/.test(value.type);
  if (isConstant) return calls.some((name) => !HARMLESS.test(name)) ? written : undefined;
  if (section.lock.kind.startsWith('asyncio.') && !nodes.some(({ type }) => type === 'await')) return undefined;
  return isMade(value) ? written : undefined;
}

/** A call makes it, here or where the name that holds it is assigned. */
function isMade(value: SyntaxNode): boolean {
  if (value.type !== 'identifier') return ownNodes(value).some(({ type }) => type === 'call');
  const bindings = bindingScope(value, value.text)?.bindings.get(value.text) ?? [];
  return bindings.some((each) => each.kind === 'assign' && each.value?.type === 'call');
}

function nodesOf({ statement, start, end, how }: Section): SyntaxNode[] {
  const body = how === 'with' ? statement.child('body') : statement.parent;
  return (body ? ownNodes(body) : []).filter((each) => start <= each.start && each.end <= end && !isFunction(each));
}

function targetOf(left: SyntaxNode | undefined): ReturnType<typeof thingOf> {
  return left?.type === 'identifier' ? { key: left.text, base: left, entry: undefined } : thingOf(left);
}

function lastName(callee: SyntaxNode | undefined): string {
  return (callee?.type === 'attribute' ? callee.child('attribute')?.text : callee?.text) ?? '';
}

/** Whether a node reads the thing, otherwise than to call a method of it in a statement of its own. */
function isAsked(node: SyntaxNode, key: string, written: SyntaxNode): boolean {
  if (node === written.child('left')) return false;
  if (node.type === 'comparison_operator' || node.type === 'call') {
    const asked = testsOf(node).some(({ thing }) => thing.key === key);
    if (asked && !/^(expression_statement)$/.test(node.parent?.type ?? '')) return true;
  }
  if (!/^(identifier|attribute|subscript)$/.test(node.type) || plainKey(node) !== key) return false;
  if (written.contains(node)) return written.child('right')?.contains(node) ?? false;
  const parent = node.parent;
  const isMethod = parent?.type === 'attribute' && node.field === 'object' && parent.parent?.type === 'call';
  return !(isMethod && parent.parent?.parent?.type === 'expression_statement');
}

function plainKey(node: SyntaxNode): string | undefined {
  return node.type === 'subscript' ? `${node.child('value')?.text}[${node.child('subscript')?.text}]` : node.text;
}
