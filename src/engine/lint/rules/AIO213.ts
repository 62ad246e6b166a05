import { canFollow } from '../model/flow';
import type { Module } from '../model/module';
import { suspensionsOf } from '../model/suspensions';
import type { LintRule, Report } from '../rule';
import { functionAround, type SyntaxNode } from '../syntax/node';
import { coroutineAround } from './support/coroutines';
import { type LocalUse, localUses } from './support/threadLocals';

export const AIO213: LintRule = {
  id: 'AIO213',
  name: 'thread-local-in-async',
  title: "Thread's own value is shared by all tasks",
  severity: 'warning',
  check(module, report) {
    for (const each of localUses(module)) {
      checkCoroutines(each, report);
      checkTopLevel(module, each, report);
    }
  },
};

/** A coroutine sets it, and another one can change it before it is read. */
function checkCoroutines(uses: readonly LocalUse[], report: Report): void {
  for (const { node, how, object, attribute } of uses) {
    const around = how === 'write' ? coroutineAround(node) : undefined;
    if (!around) continue;
    const next = suspensionsOf(around).find(
      (each) => each.start > node.start && !isSetBy(node, each) && canFollow(node, each),
    );
    const own = uses.filter((each) => functionAround(each.node) === around);
    if (!next || isRestored(own, node, next)) continue;
    const isBetween = (read: SyntaxNode): boolean =>
      functionAround(read) === around && node.start < read.start && read.start < next.start;
    if (!uses.some((each) => isRead(each) && !isBetween(each.node) && !isSaved(each, around, node))) continue;
    report({
      node,
      message: `All tasks of an event loop share ${object.text}.${attribute}, so another task can change it during the next await. Use a contextvars.ContextVar.`,
      related: [{ node: next, text: 'other tasks run at this await' }],
    });
  }
}

function isRead({ how }: LocalUse): boolean {
  return how !== 'write' && how !== 'delete';
}

/** The await is part of what is assigned. */
function isSetBy(target: SyntaxNode, suspension: SyntaxNode): boolean {
  return target.parent?.contains(suspension) ?? false;
}

/** It is deleted or set back before the next await, or is itself what sets it back. */
function isRestored(own: readonly LocalUse[], node: SyntaxNode, next: SyntaxNode): boolean {
  return own.some(
    (each) => (each.how === 'write' || each.how === 'delete') && each.node !== node && each.node.start < next.start,
  );
}

/** A read before it is set, that only keeps the old value. */
function isSaved({ node }: LocalUse, around: SyntaxNode, written: SyntaxNode): boolean {
  return functionAround(node) === around && node.start < written.start && node.parent?.type === 'assignment';
}

/** The top level sets it, for its own thread alone, and a function reads it. */
function checkTopLevel(module: Module, uses: readonly LocalUse[], report: Report): void {
  const isAtTop = ({ node }: LocalUse): boolean =>
    functionAround(node) === undefined && !node.ancestor('class_definition');
  const written = uses.find((each) => each.how === 'write' && isAtTop(each));
  if (!written) return;
  const { object, attribute, node } = written;
  const others = uses.filter((each) => each.how === 'write' && !isAtTop(each));
  const model = module.kinds.of(object)?.instanceOf;
  if (model && module.attributes.of(model, attribute).length > 0) return;
  // A function that asks first and sets it then has not got it either in another thread.
  const isFirst = ({ node: each }: LocalUse): boolean =>
    others.every((other) => functionAround(other.node) === functionAround(each) && other.node.start > each.start);
  const read = uses.find((each) => isRead(each) && !isAtTop(each) && !isTried(each.node) && isFirst(each));
  if (!read || isAskedFor(module, object, attribute)) return;
  report({
    node,
    message: `${object.text}.${attribute} is set for the thread that imports this file, and for no other: any other thread gets an AttributeError.`,
    related: [{ node: read.node, text: 'read here, in whatever thread' }],
  });
}

function isTried(node: SyntaxNode): boolean {
  const statement = node.ancestor('try_statement');
  return (
    statement?.children.some(({ type, text }) => type === 'except_clause' && /AttributeError|except:/.test(text)) ??
    false
  );
}

/** `hasattr` or `getattr` with a default show that it may be missing. */
function isAskedFor(module: Module, object: SyntaxNode, attribute: string): boolean {
  return module.all('string').some((each) => {
    const list = each.text.slice(1, -1) === attribute ? each.parent : undefined;
    const isOf = list?.type === 'argument_list' && list.children[0]?.text === object.text;
    return isOf && /^(hasattr|getattr|setattr)$/.test(list.parent?.child('function')?.text ?? '');
  });
}
