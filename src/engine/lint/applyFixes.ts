/** Puts fixes into a text. */
import type { Fix, TextEdit } from './finding';

/** Those that can be applied at once, the first ones first: of two that touch each other, the later one has to wait. */
export function compatibleFixes<T extends { readonly fix: Fix }>(findings: readonly T[]): T[] {
  const taken: TextEdit[] = [];
  return findings.filter(({ fix }) => {
    if (fix.edits.some((edit) => taken.some((other) => touch(edit, other)))) return false;
    taken.push(...fix.edits);
    return true;
  });
}

/** The text after edits that do not overlap; of several at one place, the first one comes first. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  let result = '';
  let at = 0;
  for (const { start, end, text: inserted } of [...edits].sort((a, b) => a.start - b.start || a.end - b.end)) {
    result += text.slice(at, start) + inserted;
    at = end;
  }
  return result + text.slice(at);
}

function touch(one: TextEdit, other: TextEdit): boolean {
  return one.start <= other.end && other.start <= one.end;
}
