/** The fix that makes a lock beside a global and takes it around a statement. */
import { insert, isOnOwnLines, lineEndOf, lineStop, putUnder } from '../../edits';
import type { TextEdit } from '../../finding';
import type { Module } from '../../model/module';
import { bindingScope, scopeOf } from '../../model/scopes';
import { ownNodes, type SyntaxNode, statementOf } from '../../syntax/node';

/** A lock below the only assignment of a global, and the statement in a `with` of it. */
export function newLockFix(module: Module, node: SyntaxNode, target: SyntaxNode): TextEdit[] {
  if (target.type !== 'identifier') return [];
  const statement = statementOf(node);
  const scope = bindingScope(target, target.text);
  const [binding, ...others] = scopeOf(module.root).bindings.get(target.text) ?? [];
  const first = binding && statementOf(binding.node);
  const lock = `${target.text}_lock`;
  if (scope?.node !== module.root || !first || first.parent !== module.root || others.length > 0) return [];
  const imported = scopeOf(module.root).bindings.get('threading')?.[0];
  const isImported =
    imported?.kind === 'import' && imported.node.text === 'threading' && imported.node.end < first.start;
  const names = module.all('identifier');
  const changes = names.filter(
    (each) => each.text === target.text && each.field === 'left' && bindingScope(each, each.text) === scope,
  );
  const isPlain = !ownNodes(statement).some(({ type }) => type === 'await' || type === 'yield');
  if (!isImported || changes.length > 2 || names.some(({ text }) => text === lock) || !isPlain) return [];
  if (!isOnOwnLines(module, first) || !isOnOwnLines(module, statement)) return [];
  const line = `${lineEndOf(module)}${lock} = threading.Lock()`;
  return [insert(lineStop(module, first.end), line), ...putUnder(module, `with ${lock}:`, statement)];
}
