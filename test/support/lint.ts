/** The linter over texts, for tests. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { applyEdits } from '../../src/engine/lint/applyFixes';
import type { Fix, LintFinding, TextEdit } from '../../src/engine/lint/finding';
import { type Grammar, LintDocument, loadGrammar, type RuleLevels } from '../../src/engine/lint/linter';

const packages = join(process.cwd(), 'node_modules');

export function testGrammar(): Promise<Grammar> {
  return loadGrammar(
    readFileSync(join(packages, 'web-tree-sitter/web-tree-sitter.wasm')),
    readFileSync(join(packages, 'tree-sitter-python/tree-sitter-python.wasm')),
  );
}

export function lint(grammar: Grammar, text: string, levels?: RuleLevels): LintFinding[] {
  const document = new LintDocument(grammar, text);
  try {
    return document.findings(levels);
  } finally {
    document.dispose();
  }
}

/** `LINE ID` of each finding that the comments `# expect: ID, ID` of a text ask for, sorted. */
export function expectations(text: string): string[] {
  return text
    .split('\n')
    .flatMap((line, i) => {
      const ids = /# expect: ([A-Z0-9, ]+)/.exec(line)?.[1] ?? '';
      return ids.split(',').flatMap((id) => (id.trim() === '' ? [] : [`${i + 1} ${id.trim()}`]));
    })
    .sort();
}

/** The text after fixes that do not overlap; what several of them do alike is done once. */
export function applyFixes(text: string, fixes: readonly Fix[]): string {
  const edits = new Map<string, TextEdit>();
  for (const edit of fixes.flatMap((fix) => fix.edits)) edits.set(`${edit.start} ${edit.end} ${edit.text}`, edit);
  return applyEdits(text, [...edits.values()]);
}
