import { isChange, useOf } from '../model/accesses';
import type { Section } from '../model/held';
import { isSemaphore } from '../model/kindNames';
import type { Module } from '../model/module';
import type { LintRule, Report } from '../rule';
import { isFunction, type SyntaxNode } from '../syntax/node';
import { mergeFix } from './support/mergeSections';
import { checkCallsOfSections } from './support/sectionCalls';
import {
  areApart,
  decisionsFor,
  entryAt,
  type Flow,
  flowFrom,
  nodesIn,
  type Read,
  sharedNodes,
} from './support/sectionFlow';

export const THR114: LintRule = {
  id: 'THR114',
  name: 'split-critical-section',
  title: 'What was read under the lock is old when it is written',
  severity: 'warning',
  observedAs: ['atomicity.split-section', 'atomicity.triple'],
  check(module, report) {
    const sections = module.held.sections().filter(({ isOpen, lock }) => !isOpen && !isSemaphore(lock.kind));
    const byPlace = new Map<string, Section[]>();
    for (const section of sections) {
      const around = module.function(section.statement);
      if (!around || !isFunction(around.node)) continue;
      const key = `${around.node.start} ${section.lock.id}`;
      byPlace.set(key, [...(byPlace.get(key) ?? []), section]);
    }
    for (const group of byPlace.values()) if (group.length > 1) checkGroup(module, group, report);
    checkCallsOfSections(module, sections, report);
  },
};

function checkGroup(module: Module, group: readonly Section[], report: Report): void {
  const sorted = [...group].sort((a, b) => a.start - b.start);
  for (const second of sorted) {
    const around = module.function(second.statement)?.node;
    for (const first of sorted) {
      if (!around || first.end > second.start || areApart(first.statement, second.statement)) continue;
      if ([first, second].some((each) => module.held.isHeldAt(each.statement, each.lock.id))) continue;
      const flow = flowFrom(module, first, around, second.start);
      const found = staleWrite(module, second, flow);
      if (!found) continue;
      const edits = mergeFix(module, first, second);
      report({
        node: found.write,
        message: `${found.read.text} was read in an earlier section of ${second.lock.name}, and another thread can have changed it since. Read and write it in one section.`,
        related: [{ node: found.read.node, text: 'read here, before the lock was given back' }],
        ...(edits.length > 0 ? { fix: { title: 'Make it one section', edits } } : {}),
      });
      break;
    }
  }
}

interface Stale {
  readonly write: SyntaxNode;
  readonly read: Read;
}

/** A change in the second section of what the first one read, by what it read; none when the second one looks again. */
function staleWrite(module: Module, section: Section, flow: Flow): Stale | undefined {
  const inside = nodesIn(section);
  const nodes = sharedNodes(module, inside);
  if (inside.some((each) => nodes.some((node) => each.child('condition')?.contains(node)))) return undefined;
  const changes = nodes.filter((node) => isChange(useOf(node)));
  const decisions = decisionsFor(flow, section.statement);
  const known = new Set(decisions.flatMap(({ reads }) => reads.map(({ text }) => text)));
  for (const change of changes) {
    const statement = assignmentOf(change);
    const value = statement?.child('right');
    const rests = value ? flow.restsOn(value) : [];
    const texts = new Set([...rests.map(({ text }) => text), ...known]);
    const looksAgain = nodes.some((node) => !changes.includes(node) && texts.has(node.text));
    if (looksAgain) continue;
    const isSame = (read: Read): boolean => read.text === change.text && read.entry === entryAt(change);
    const byValue = statement?.type === 'assignment' ? rests.find(isSame) : undefined;
    if (byValue) return { write: statement ?? change, read: byValue };
    for (const { reads, tests } of decisions) {
      const read = reads.find(isSame);
      const isMissing = tests.some(({ how }) => how === 'none' || how === 'truth' || how === 'entry');
      const isUpdate = statement?.type === 'augmented_assignment' && !isMissing;
      const isFill =
        statement?.type === 'assignment' && isMissing && value && isObject(module, value) && entryAt(change);
      const isEnough = statement?.type === 'augmented_assignment' && tests.some(({ how }) => how === 'truth');
      if (read && (isUpdate || isEnough || isFill)) return { write: statement ?? change, read };
    }
  }
  return undefined;
}

function assignmentOf(node: SyntaxNode): SyntaxNode | undefined {
  const target = node.parent?.type === 'subscript' && node.field === 'value' ? node.parent : node;
  const parent = target.parent;
  return target.field === 'left' && /assignment$/.test(parent?.type ?? '') ? (parent ?? undefined) : undefined;
}

/** Made by a class, here or where its name is assigned: two of them are not the same. */
function isObject(module: Module, value: SyntaxNode): boolean {
  const values = value.type === 'identifier' ? module.kinds.valuesOf(value) : [value];
  return values.some(
    (each) => each.type === 'call' && module.definitions.classNamed(each.child('function')) !== undefined,
  );
}
