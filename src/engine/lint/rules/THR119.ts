import { replace } from '../edits';
import type { Access } from '../model/accesses';
import type { Module } from '../model/module';
import type { LintRule, Report } from '../rule';
import type { SyntaxNode } from '../syntax/node';
import { isAlone } from './support/alone';
import { disturbsLoop } from './support/containers';
import { meetingsOf } from './support/meetings';
import { isSetUp, mayBeGuarded } from './support/surroundings';

export const THR119: LintRule = {
  id: 'THR119',
  name: 'iterating-shared-container',
  title: 'A container is gone through while another thread changes it',
  severity: 'warning',
  observedAs: ['race.iteration', 'race.data'],
  check(module, report) {
    if (meetingsOf(module).roots.length === 0) return;
    for (const model of module.definitions.classes) {
      for (const accesses of module.accesses.ofClass(model).values()) checkAccesses(module, accesses, report);
    }
    for (const accesses of module.accesses.globals.values()) checkAccesses(module, accesses, report);
  },
};

const CONTAINERS = /^(dict|list|set|collections\.(deque|defaultdict|OrderedDict|Counter))$/;

function checkAccesses(module: Module, accesses: readonly Access[], report: Report): void {
  const loops = accesses.filter(({ how }) => how === 'iterate');
  if (loops.length === 0) return;
  const meetings = meetingsOf(module);
  for (const loop of loops) {
    const kind = module.kinds.nameOf(loop.node);
    if (!CONTAINERS.test(kind) || !loop.function) continue;
    const change = accesses.find(
      (each) =>
        changesSize(each, kind) &&
        each.function !== loop.function &&
        meetings.canMeet(loop.function, each.function, loop.method !== undefined) &&
        !isQuiet(module, each),
    );
    if (!change || isQuiet(module, loop)) continue;
    const iterated = iteratedOf(loop.node);
    report({
      node: iterated,
      message: `${loop.node.text} can change while this loop goes through it: ${outcome(kind)}. Go through list(…) of it, or take a lock in both places.`,
      related: [{ node: change.node, text: 'another thread can change its size here' }],
      fix: { title: 'Go through a copy', edits: [replace(iterated, `list(${iterated.text})`)] },
    });
  }
}

function outcome(kind: string): string {
  return kind === 'list' ? 'items are skipped or seen twice' : 'that raises RuntimeError';
}

/** `d[k] += 1` of a plain dict changes no size, since the entry must be there. */
function changesSize(access: Access, kind: string): boolean {
  const item = access.node.parent;
  const isUpdate = access.by === '[]' && item?.parent?.type === 'augmented_assignment' && item.field === 'left';
  if (isUpdate && !/defaultdict|Counter/.test(kind)) return false;
  const container = /deque|list|set/.exec(kind)?.[0] ?? 'dict';
  const isItemOfSequence = access.by === '[]' && container === 'deque' && item?.parent?.type !== 'delete_statement';
  return !isItemOfSequence && disturbsLoop(access, container);
}

/** A lock is held, or no other thread has it there. */
function isQuiet(module: Module, { node, function: around, method }: Access): boolean {
  return isSetUp(module, method) || isSetUp(module, around) || isAlone(module, node) || mayBeGuarded(module, node);
}

/** With `.items()` and its like. */
function iteratedOf(node: SyntaxNode): SyntaxNode {
  const call = node.field === 'object' ? node.parent?.parent : undefined;
  return call?.type === 'call' ? call : node;
}
