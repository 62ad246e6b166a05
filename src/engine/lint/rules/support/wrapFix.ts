/** The fix that puts a statement under `with lock:`. */
import { isOnOwnLines, putUnder } from '../../edits';
import type { TextEdit } from '../../finding';
import type { Access } from '../../model/accesses';
import type { FunctionModel } from '../../model/definitions';
import type { Lock } from '../../model/locks';
import type { Module } from '../../model/module';
import { functionAround, ownNodes, type SyntaxNode, statementOf } from '../../syntax/node';

const SIMPLE = /^(expression_statement|return_statement|delete_statement|assert_statement|raise_statement)$/;
const MOST_DEPTH = 5;
const PAUSES = /^(await|yield|string|concatenated_string)$/;

/** Only where the section can be this statement alone: the method takes the lock nowhere else and calls no method of the object. */
export function wrapFix(
  module: Module,
  { node, name }: Pick<Access, 'node' | 'name'>,
  lock: Lock,
): { readonly title: string; readonly edits: readonly TextEdit[] } | undefined {
  const statement = statementOf(node);
  const self = node.child('object')?.text ?? '';
  if (!lock.name.startsWith(`${self}.`) || !SIMPLE.test(statement.type) || !isOnOwnLines(module, statement))
    return undefined;
  const around = functionAround(node);
  if (around !== functionAround(statement)) return undefined;
  const takesElsewhere = module.held
    .sections()
    .some((section) => section.lock.id === lock.id && around?.contains(section.node));
  const parts = ownNodes(statement);
  if (!lock.isReentrant && mayBeEnteredWith(module, module.function(node), lock.id)) return undefined;
  if (takesElsewhere || parts.some((part) => isObstacle(module, part))) return undefined;
  const isFirst = parts.find((part) => part.type === 'attribute' && part.text === node.text) === node;
  if (!isFirst) return undefined;
  const edits = putUnder(module, `with ${lock.name}:`, statement);
  return { title: `Take ${lock.name} to change ${name}`, edits };
}

/** A caller in the module holds the lock, so that taking it again would never end. */
export function mayBeEnteredWith(module: Module, model: FunctionModel | undefined, id: string, depth = 0): boolean {
  if (!model || depth >= MOST_DEPTH) return false;
  return module.graph
    .callsOf(model)
    .some(({ node, caller }) => module.held.isHeldAt(node, id) || mayBeEnteredWith(module, caller, id, depth + 1));
}

function isObstacle(module: Module, part: SyntaxNode): boolean {
  if (part.type === 'string' && !part.text.includes('\n')) return false;
  if (PAUSES.test(part.type)) return true;
  return part.type === 'call' && module.definitions.selfAttribute(part.child('function')) !== undefined;
}
