/** How long the linter takes: a file at first, again, and after an edit to the findings. `npm run bench -- lint [FILE.py …]` */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LintDocument, loadGrammar } from '../src/engine/lint/linter';

const packages = join(process.cwd(), 'node_modules');
const EDITS = 300;

async function main(): Promise<void> {
  const text = sourceOf(process.argv.slice(2));
  const lines = text.split('\n').length;
  const grammar = await loadGrammar(
    readFileSync(join(packages, 'web-tree-sitter/web-tree-sitter.wasm')),
    readFileSync(join(packages, 'tree-sitter-python/tree-sitter-python.wasm')),
  );
  const first = timed(() => new LintDocument(grammar, text).findings());
  const again = median(
    Array.from({ length: 7 }, () =>
      timed(() => {
        const document = new LintDocument(grammar, text);
        document.findings();
        document.dispose();
      }),
    ),
  );
  const document = new LintDocument(grammar, text);
  document.findings();
  const edits: number[] = [];
  let edited = text;
  for (let i = 0; i < EDITS; i++) {
    const start = edited.indexOf('\n', Math.floor((edited.length * (i + 0.5)) / EDITS));
    const inserted = i % 2 === 0 ? '  # x' : '';
    edited = edited.slice(0, start) + inserted + edited.slice(start);
    edits.push(
      timed(() => {
        document.update(edited, [{ start, end: start, text: inserted }]);
        document.findings();
      }),
    );
  }
  edits.sort((a, b) => a - b);
  const at = (share: number): string => (edits[Math.floor((EDITS - 1) * share)] as number).toFixed(1);
  console.log(`${lines} lines, ${document.findings().length} findings`);
  console.log(
    `first ${first.toFixed(0)} ms, again ${again.toFixed(0)} ms (${((again * 5000) / lines).toFixed(0)} ms for 5,000 lines)`,
  );
  console.log(`an edit to its findings: median ${at(0.5)} ms, p95 ${at(0.95)} ms, longest ${at(1)} ms`);
}

/** The files, or the modules of this project's runtime and examples, repeated until there are 5,000 lines. */
function sourceOf(files: readonly string[]): string {
  if (files.length > 0) return files.map((file) => readFileSync(file, 'utf8')).join('\n');
  const tour = readFileSync(join(process.cwd(), 'examples/tour.py'), 'utf8');
  const copies = Array.from({ length: Math.ceil(5000 / tour.split('\n').length) }, (_, i) =>
    tour.replace(/^(def|class|async def) (\w+)/gm, `$1 $2_${i}`),
  );
  return copies.join('\n');
}

function timed(work: () => void): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] as number;
}

void main();
