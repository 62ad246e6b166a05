import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Grammar, loadGrammar } from '../../engine/lint/linter';
import { Failure } from '../../support/failure';

/** The grammar of Python that the build puts beside its bundles. Rejects with a Failure when it is not there. */
export async function loadGrammarFrom(distFolder: string): Promise<Grammar> {
  try {
    const [runtime, grammar] = await Promise.all([
      readFile(join(distFolder, 'tree-sitter.wasm')),
      readFile(join(distFolder, 'tree-sitter-python.wasm')),
    ]);
    return await loadGrammar(runtime, grammar);
  } catch (error) {
    throw new Failure('The grammar of Python cannot be loaded: install Interleave again.', String(error));
  }
}
