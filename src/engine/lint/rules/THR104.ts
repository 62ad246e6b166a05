import { replace } from '../edits';
import type { FunctionModel } from '../model/definitions';
import type { Section } from '../model/held';
import { qualifiedName } from '../model/imports';
import { isSemaphore } from '../model/kindNames';
import type { Lock } from '../model/locks';
import type { Module } from '../model/module';
import { bindingScope } from '../model/scopes';
import type { LintRule, Report, RuleFinding } from '../rule';
import { functionAround, type SyntaxNode } from '../syntax/node';
import { isCertain } from './support/acquire';
import { innerCalls } from './support/innerCalls';
import { enter, isWaiting, MOST_CALLS, takings } from './support/takings';

export const THR104: LintRule = {
  id: 'THR104',
  name: 'reacquire-nonreentrant',
  title: 'A lock is taken again by who holds it',
  severity: 'error',
  observedAs: ['deadlock.self'],
  check(module, report) {
    for (const section of module.held.sections()) {
      const { lock } = section;
      if (lock.isReentrant || !isCertain(section) || isAsyncSemaphore(lock)) continue;
      direct(module, section, report);
      const model = module.definitions.around(section.node);
      if (model) byCalls(module, section, model, report);
    }
  },
};

/** A class that inherits from its own makes another lock of it. */
function isOverridden(module: Module, { home, declaration }: Lock): boolean {
  const name = declaration.slice(declaration.lastIndexOf('.') + 1);
  return (
    home !== undefined && module.definitions.heirs(home).some((heir) => module.attributes.names(heir).includes(name))
  );
}

function isAsyncSemaphore({ kind }: Lock): boolean {
  return isSemaphore(kind) && kind.startsWith('asyncio.');
}

/** Another section of the same lock in it. */
function direct(module: Module, section: Section, report: Report): void {
  const { lock } = section;
  const others = module.held.sectionsIn(functionAround(section.node));
  for (const other of others) {
    const isInside = section.start <= other.node.start && other.node.start < section.end;
    if (other === section || other.lock.id !== lock.id || !isInside || !isWaiting(other)) continue;
    if (!isHeld(module, section, other.node) || isBoundAgain(section, other.node) || isOverridden(module, lock))
      continue;
    report({
      node: other.node,
      message: `${lock.name} is held here already, and a ${lock.kind} cannot be taken twice: this waits for ever.`,
      related: [{ node: section.node, text: 'taken here first' }],
      ...fix(module, lock),
    });
  }
}

/** A function that takes it, called in it. */
function byCalls(module: Module, section: Section, model: FunctionModel, report: Report): void {
  const { lock } = section;
  for (const { node, callee, isSameObject } of innerCalls(module, model)) {
    const isInside = section.start <= node.start && node.start < section.end;
    if (!isInside) continue;
    const again = takings(module, callee, MOST_CALLS - 1)
      .filter((taking) => taking.lock.id === lock.id)
      .flatMap((taking) => enter(taking, callee, isSameObject) ?? [])
      .find((taking) => taking.isSameObject || !lock.isOfInstance);
    if (!again || !isHeld(module, section, node) || isOverridden(module, lock)) continue;
    const names = again.way.map(({ name }) => name || 'the lambda').join(', which calls ');
    report({
      node,
      message: `${lock.name} is held here, and ${names} takes it again. A ${lock.kind} cannot be taken twice: this waits for ever.`,
      related: [
        { node: section.node, text: 'taken here first' },
        { node: again.node, text: 'taken here again' },
      ],
      ...fix(module, lock),
    });
  }
}

function isHeld(module: Module, section: Section, node: SyntaxNode): boolean {
  return module.held.sectionsAt(node).some((each) => each.node === section.node);
}

/** Between both, the name of the object means another one: `node = node.next`. */
function isBoundAgain({ node, start }: Section, again: SyntaxNode): boolean {
  const name = node.type === 'call' ? node.child('function')?.child('object') : node;
  let root = name;
  while (root?.type === 'attribute') root = root.child('object');
  if (root?.type !== 'identifier') return true;
  const bindings = bindingScope(root, root.text)?.bindings.get(root.text) ?? [];
  return bindings.some((each) => start <= each.node.start && each.node.start < again.start);
}

/** Where it is made, as an RLock, if it is used in nothing but `with`. */
function fix(module: Module, lock: Lock): Pick<RuleFinding, 'fix'> {
  const callee = lock.made?.child('function');
  const name = callee?.type === 'attribute' ? callee.child('attribute') : undefined;
  if (!name || qualifiedName(callee) !== 'threading.Lock' || lock.kind !== 'threading.Lock') return {};
  const uses = [...module.all('attribute'), ...module.all('identifier')].filter(
    (node) => module.locks.of(node)?.declaration === lock.declaration && !isPartOfAttribute(node),
  );
  const made = uses.filter(({ field }) => field === 'left');
  const isSimple =
    made.length === 1 && uses.every((node) => node.field === 'left' || node.parent?.type === 'with_item');
  if (!isSimple) return {};
  return { fix: { title: `Make ${lock.name} an RLock`, edits: [replace(name, 'RLock')] } };
}

function isPartOfAttribute(node: SyntaxNode): boolean {
  return node.type === 'identifier' && node.parent?.type === 'attribute';
}
