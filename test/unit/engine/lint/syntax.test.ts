/** A text that was edited bit by bit has the tree that it has when it is read whole. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { LintDocument } from '../../../../src/engine/lint/linter';
import type { SyntaxNode } from '../../../../src/engine/lint/syntax/node';
import { testGrammar } from '../../../support/lint';
import { below, randomFrom } from '../../../support/random';

const ready = testGrammar();
const PIECES = [
  '',
  '',
  '\n',
  '    ',
  'with self.lock:\n        pass\n',
  'class A:\n    def f(self): pass\n',
  '"""',
  '(',
  '# why\n',
  'é🎉',
  'async ',
];

function shape(document: LintDocument): string[] {
  const lines: string[] = [];
  const add = (node: SyntaxNode, depth: number): void => {
    assert.ok(node.children.every(({ parent }) => parent === node));
    lines.push(`${' '.repeat(depth)}${node.field}:${node.type} ${node.start}-${node.end} ${JSON.stringify(node.text)}`);
    for (const child of node.children) add(child, depth + 1);
  };
  add(document.module.root, 0);
  return [...lines, ...document.comments.map(({ start, text }) => `${start} ${text}`)];
}

test('edits one after the other', async () => {
  const grammar = await ready;
  let text = readFileSync(join(process.cwd(), 'examples/tour.py'), 'utf8');
  const document = new LintDocument(grammar, text);
  const random = randomFrom(20);
  for (let i = 0; i < 150; i++) {
    const start = below(random, text.length + 1);
    const end = Math.min(text.length, start + (random() < 0.6 ? 0 : below(random, 40)));
    const inserted = PIECES[below(random, PIECES.length)] as string;
    text = text.slice(0, start) + inserted + text.slice(end);
    document.update(text, [{ start, end, text: inserted }]);
    const whole = new LintDocument(grammar, text);
    assert.deepEqual(shape(document), shape(whole), `edit ${i}`);
    whole.dispose();
  }
  document.dispose();
});
