/** The imports at the top of a module. */
import { insert, isOnOwnLines, lineEndOf, lineStop } from '../../edits';
import type { TextEdit } from '../../finding';
import type { Module } from '../../model/module';

const IMPORTS = /^(import|import_from|future_import)_statement$/;
const DEFINITIONS = /^(function|class|decorated)_definition$/;

/** Adds a line below the imports; undefined when there are none above the first definition. */
export function belowImports(module: Module, line: string): TextEdit | undefined {
  const statements = module.root.children;
  const definition = statements.findIndex(({ type }) => DEFINITIONS.test(type));
  const top = definition < 0 ? statements : statements.slice(0, definition);
  const last = top.findLast(({ type }) => IMPORTS.test(type));
  const end = lineEndOf(module);
  return last && isOnOwnLines(module, last) ? insert(lineStop(module, last.end), `${end}${end}${line}`) : undefined;
}
