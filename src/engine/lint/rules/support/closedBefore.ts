/** Objects that take nothing more. */
import type { Access } from '../../model/accesses';
import type { FunctionModel } from '../../model/definitions';
import type { Lock } from '../../model/locks';
import type { Module } from '../../model/module';
import { functionAround, ownNodes, type SyntaxNode } from '../../syntax/node';

/**
 * Before it goes through the container, the function has set a flag with the lock held, and all who would disturb that
 * ask for the flag, with the lock held, and give up: nothing changes any more.
 */
export function isClosedBefore(module: Module, { node }: Access, lock: Lock, disturbing: readonly Access[]): boolean {
  const around = functionAround(node);
  const flags = module.held
    .sectionsIn(around)
    .filter((each) => each.lock.id === lock.id && each.how === 'with' && each.end <= node.start)
    .flatMap(({ statement }) => flagsSetIn(statement));
  return flags.some((flag) => {
    const gives = (model: FunctionModel | undefined): boolean => model !== undefined && asks(module, model, lock, flag);
    return disturbing.every((each) => {
      if (each.function && each.function.node === around) return true;
      const calls = each.function ? module.graph.callsOf(each.function) : [];
      return gives(each.function) || (calls.length > 0 && calls.every(({ caller }) => gives(caller)));
    });
  });
}

/** Attributes that a `with` sets to True or None in any case. */
function flagsSetIn(statement: SyntaxNode): string[] {
  return (statement.child('body')?.children ?? []).flatMap(({ children: [first] }) => {
    const name = first?.type === 'assignment' ? first.child('left')?.child('attribute')?.text : undefined;
    return name !== undefined && /^(true|none)$/.test(first?.child('right')?.type ?? '') ? [name] : [];
  });
}

/** `if self.closed: raise …` in a section of the lock. */
function asks(module: Module, model: FunctionModel, lock: Lock, flag: string): boolean {
  return module.held.sectionsIn(model.node).some(
    (section) =>
      section.lock.id === lock.id &&
      ownNodes(section.statement).some((each) => {
        const condition = each.type === 'if_statement' ? each.child('condition') : undefined;
        const last = each.child('consequence')?.children.at(-1)?.type ?? '';
        return condition?.child('attribute')?.text === flag && /^(raise|return)_statement$/.test(last);
      }),
  );
}
