import { withIgnoreComment } from '../ignored';
import type { LintFinding, TextEdit } from './finding';
import type { Module } from './model/module';
import { lineStartsOf } from './syntax/lines';

/**
 * For each finding the comment that hides it, on a line of its own; undefined where none can stand: inside of a string,
 * before a backslash.
 */
export function ignoreEdits(module: Module, findings: readonly LintFinding[]): (TextEdit | undefined)[] {
  const starts = lineStartsOf(module.text);
  return findings.map((finding) => ignoreEdit(module, starts, finding));
}

function ignoreEdit(
  module: Module,
  lineStarts: readonly number[],
  { rule, line, endLine }: LintFinding,
): TextEdit | undefined {
  for (const each of new Set([line, endLine])) {
    const start = lineStarts[each - 1] as number;
    const end = endOfLine(module.text, start);
    const text = module.text.slice(start, end);
    const isInString = module.all('string').some((node) => node.start < end && end < node.end);
    if (!isInString && !text.endsWith('\\')) return { start, end, text: withIgnoreComment(text, rule) };
  }
  return undefined;
}

function endOfLine(text: string, start: number): number {
  const found = text.indexOf('\n', start);
  const end = found < 0 ? text.length : found;
  return text[end - 1] === '\r' && end > start ? end - 1 : end;
}
