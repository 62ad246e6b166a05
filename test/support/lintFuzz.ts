/** Texts that no one would write: programs that are cut, shuffled, mixed and spoilt. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LintFinding, TextPlace } from '../../src/engine/lint/finding';
import { below, randomFrom } from './random';

const TOKENS = (
  'with as async await def class self . ( ) [ ] { } : , = += == not in is None lambda yield return raise try except finally ' +
  'if elif else while for import from global nonlocal del match case print threading.Lock() self._lock .acquire() .release() ' +
  "lock.wait() asyncio.create_task(f()) Thread(target=f) f'{x}' ''' \\ # @ * ** -> := \0 \uD800 \u{1F600} é \t \r \f"
).split(' ');

/** All programs below a folder, such as `test/programs/lint`. */
export function programsBelow(folder: string): string[] {
  return readdirSync(join(process.cwd(), folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.py'))
    .sort()
    .map((name) => readFileSync(join(process.cwd(), folder, name), 'utf8'));
}

/** An endless row of texts made from programs; the same for the same seed. */
export function* spoiltTexts(programs: readonly string[], seed: number): Generator<string> {
  const random = randomFrom(seed);
  const pick = <T>(list: readonly T[]): T => list[below(random, list.length)] as T;
  const ways: ((text: string) => string)[] = [
    (text) => text.slice(0, below(random, text.length + 1)),
    (text) => text.slice(below(random, text.length + 1)),
    (text) => cutOut(text, below(random, text.length + 1), below(random, 200)),
    (text) => shuffled(text.split('\n'), random).join('\n'),
    (text) =>
      text
        .split('\n')
        .map((line) => (random() < 0.2 ? line.trimStart() : line))
        .join('\n'),
    (text) =>
      text
        .split(/\b/)
        .map((word) => (random() < 0.05 ? pick(TOKENS) : word))
        .join(''),
    (text) => shuffled(text.split(/(\s+)/), random).join(''),
    (text) => text + pick(programs).slice(below(random, 500)),
    () => Array.from({ length: below(random, 120) }, () => pick(TOKENS)).join(pick([' ', '', '\n', '\n    '])),
  ];
  for (;;) {
    let text = pick(programs);
    for (let i = below(random, 3); i >= 0; i--) text = pick(ways)(text);
    yield text;
  }
}

function cutOut(text: string, from: number, length: number): string {
  return text.slice(0, from) + text.slice(from + length);
}

function shuffled(list: readonly string[], random: () => number): string[] {
  return list
    .map((item) => ({ item, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
}

/** Throws when a finding or a fix is about something outside of its text. */
export function checkedFindings(text: string, findings: readonly LintFinding[]): void {
  const lines = text.split('\n');
  const check = ({ line, column, endLine, endColumn }: TextPlace): void => {
    const isInside = line >= 1 && endLine >= line && endLine <= lines.length && column >= 0;
    assert.ok(
      isInside && column <= (lines[line - 1] as string).length && endColumn <= (lines[endLine - 1] as string).length,
    );
    assert.ok(endLine > line || endColumn >= column);
  };
  for (const finding of findings) {
    check(finding);
    finding.related.forEach(check);
    assert.ok(/\.$/.test(finding.message), finding.message);
    let before = 0;
    for (const { start, end } of [...(finding.fix?.edits ?? [])].sort((a, b) => a.start - b.start)) {
      assert.ok(
        start >= before && end >= start && end <= text.length,
        `${finding.rule}: an edit from ${start} to ${end}`,
      );
      before = end;
    }
  }
}
