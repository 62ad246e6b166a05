import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

interface Step {
  readonly id: string;
  readonly description: string;
  readonly media: { readonly svg: string; readonly altText: string };
}

const { contributes } = JSON.parse(readFileSync(join(process.cwd(), 'package.json'), 'utf8'));
const steps: readonly Step[] = contributes.walkthroughs[0].steps;

for (const { id, description, media } of steps) {
  test(`the step ${id} of the walkthrough has its picture, and leads to commands that there are`, () => {
    assert.ok(existsSync(join(process.cwd(), media.svg)), media.svg);
    assert.ok(media.altText);
    const known = contributes.commands.map(({ command }: { command: string }) => command);
    const named = [...description.matchAll(/\(command:(interleave\.[\w.]+)\)/g)].map(([, command]) => command);
    assert.deepEqual(
      named.filter((command) => !known.includes(command)),
      [],
    );
  });
}
