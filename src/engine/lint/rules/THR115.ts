import type { FunctionModel } from '../model/definitions';
import type { Module } from '../model/module';
import { bindingScope } from '../model/scopes';
import type { LintRule } from '../rule';
import type { SyntaxNode } from '../syntax/node';
import { isAlone } from './support/alone';
import { meetingsOf } from './support/meetings';
import { newLockFix } from './support/newLockFix';
import { isSetUp, mayBeGuarded } from './support/surroundings';

export const THR115: LintRule = {
  id: 'THR115',
  name: 'unsynchronised-read-modify-write',
  title: 'Several threads count up the same value without a lock',
  severity: 'warning',
  observedAs: ['race.data'],
  check(module, report) {
    const meetings = meetingsOf(module);
    if (meetings.roots.length === 0) return;
    const updates = [...module.all('augmented_assignment'), ...module.all('assignment')].flatMap(
      (node) => updateOf(module, node) ?? [],
    );
    for (const update of updates) {
      const { node, target, function: around, key, isOfObject } = update;
      const threads = [...meetings.of(around)].filter(({ model }) => model);
      if (threads.length === 0 || isSetUp(module, around)) continue;
      const isMany = threads.some((each) => (isOfObject ? each.isManyOfSelf : each.isMany));
      const other = updates.find(
        (each) =>
          each.key === key &&
          each.function !== around &&
          [...meetings.of(each.function)].some(
            (context) =>
              context.model &&
              !threads.includes(context) &&
              !(context.isAwaited && threads.every(({ isAwaited }) => isAwaited)),
          ),
      );
      const isMet = isMany || other !== undefined;
      if (!isMet && !update.isOfFile) continue;
      if (mayBeGuarded(module, node) || isAlone(module, node)) continue;
      const edits = newLockFix(module, node, target);
      const start = threads[0]?.starts[0]?.target;
      report({
        node,
        ...(isMet ? {} : { severity: 'info' }),
        message: isMet
          ? `Several threads change ${target.text} here without a lock, so a change can get lost between reading and writing. Take a lock around it.`
          : `A thread changes ${target.text} here without a lock: as soon as a second one does, a change can get lost between reading and writing.`,
        related: [
          ...(start ? [{ node: start, text: 'threads run it from here' }] : []),
          ...(other ? [{ node: other.node, text: 'another thread changes it here' }] : []),
        ],
        ...(edits.length > 0 ? { fix: { title: 'Guard it with a new lock', edits } } : {}),
      });
    }
  },
};

interface Update {
  readonly node: SyntaxNode;
  readonly target: SyntaxNode;
  readonly function: FunctionModel;
  /** The same for the same variable or attribute. */
  readonly key: string;
  /** Of `self`, so that each object has one of its own. */
  readonly isOfObject: boolean;
  /** A variable of the module or an attribute of a class, which there is once for all threads. */
  readonly isOfFile: boolean;
}

type Place = Pick<Update, 'key' | 'isOfObject' | 'isOfFile'>;

const UNSUITED = /^(list|set|tuple|multiprocessing\.|asyncio\.|threading\.local)/;

/** `x += 1`, `x = x + 1`, `d[k] += 1` of something that threads can share. */
function updateOf(module: Module, node: SyntaxNode): Update | undefined {
  const target = node.child('left');
  if (!target || (node.type === 'assignment' && !isMadeOfItself(target, node.child('right')))) return undefined;
  const around = module.function(node);
  const base = target.type === 'subscript' ? target.child('value') : target;
  if (!around || !base || !/^(identifier|attribute)$/.test(base.type)) return undefined;
  const kind = module.kinds.nameOf(base);
  if (target.type === 'subscript' ? !/^(dict|list|collections\.\w+)$/.test(kind) : UNSUITED.test(kind))
    return undefined;
  const found = base.type === 'identifier' ? variable(base, around) : attribute(module, base);
  return found && { node, target, function: around, ...found };
}

/** `x + y`, `x * y` and their like, with x as an operand. */
function isMadeOfItself(target: SyntaxNode, value: SyntaxNode | undefined): boolean {
  if (value?.type !== 'binary_operator' || !/^(identifier|attribute|subscript)$/.test(target.type)) return false;
  const left = value.child('left');
  return left?.text === target.text || value.child('right')?.text === target.text || isMadeOfItself(target, left);
}

function variable(name: SyntaxNode, around: FunctionModel): Place | undefined {
  const scope = bindingScope(name, name.text);
  const bindings = scope?.bindings.get(name.text) ?? [];
  const isVariable =
    bindings.some(({ kind }) => kind === 'assign') && bindings.every(({ kind }) => /assign|update/.test(kind));
  if (!scope || !isVariable || scope.node === around.node) return undefined;
  const isOfFile = scope.node.type === 'module';
  const isOuter = isOfFile || scope.node.type === 'function_definition';
  return isOuter ? { key: `${scope.node.start}:${name.text}`, isOfObject: false, isOfFile } : undefined;
}

function attribute(module: Module, node: SyntaxNode): Place | undefined {
  const { definitions } = module;
  const object = node.child('object');
  const name = node.child('attribute')?.text ?? '';
  const isSelf = definitions.isSelf(object);
  const owner = isSelf ? definitions.classAround(node) : definitions.classNamed(object);
  const home = owner && (module.attributes.home(owner, name) ?? owner);
  if (!home || definitions.method(home, name)) return undefined;
  const isLocal = definitions.foreignBases(home).includes('threading.local');
  const isOfObject = isSelf && !definitions.selfMethod(node)?.decorators.some(({ text }) => text === 'classmethod');
  return isLocal ? undefined : { key: `${home.node.start}.${name}`, isOfObject, isOfFile: !isOfObject };
}
