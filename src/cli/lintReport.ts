/** What the linter found, as lines of text and as JSON. */
import type { FileFinding, FilePlace } from '../engine/lint/fileFinding';

export const LINT_SCHEMA = 'interleave.lint/1';

/** A line for each finding: `file:line:column: severity ID message`, in a notebook `file:cell N:line:column: …`. */
export function* lintLines(findings: readonly FileFinding[]): Generator<string> {
  for (const { file, cell, line, column, severity, rule, message } of findings) {
    const inCell = cell === undefined ? '' : `cell ${cell}:`;
    yield `${printable(file)}:${inCell}${line}:${column + 1}: ${severity} ${rule} ${printable(message)}\n`;
  }
}

/** `a.py: fixed THR102 twice …` is said with numbers: `a.py: fixed 2 THR102, 1 THR105`. */
export function fixedLine(file: string, rules: readonly string[]): string {
  const each = [...new Set(rules)].sort().map((rule) => `${rules.filter((one) => one === rule).length} ${rule}`);
  return `${printable(file)}: fixed ${each.join(', ')}\n`;
}

/** One sentence about all of them, and the number of files that were looked at. */
export function summaryLine(findings: readonly FileFinding[], files: number, fixed: number): string {
  const mended = fixed === 0 ? '' : `Fixed ${counted(fixed, 'finding')}. `;
  if (files === 0) return 'No Python file or notebook was linted.\n';
  if (findings.length === 0)
    return `${mended}${fixed === 0 ? 'Nothing' : 'Nothing else'} found in ${counted(files, 'file')}.\n`;
  const severities = (['error', 'warning', 'info'] as const).flatMap((severity) => {
    const number = findings.filter((finding) => finding.severity === severity).length;
    return number === 0 ? [] : [counted(number, severity, severity === 'info' ? '' : 's')];
  });
  const left = fixed === 0 ? '' : ' left';
  const found = `${counted(findings.length, 'finding')}${left} in ${counted(files, 'file')}: ${severities.join(', ')}`;
  const fixable = findings.filter(({ fix }) => fix).length;
  return `${mended}${found}${fixable === 0 ? '' : `; --fix can mend ${fixable}`}.\n`;
}

/** One document; each finding has a line of its own. */
export function* lintJson(findings: readonly FileFinding[]): Generator<string> {
  yield `{\n"schema": ${JSON.stringify(LINT_SCHEMA)},\n"findings": [`;
  let separator = '\n';
  for (const finding of findings) {
    yield separator + JSON.stringify(jsonOf(finding));
    separator = ',\n';
  }
  yield `${findings.length > 0 ? '\n' : ''}]\n}\n`;
}

function jsonOf({ rule, severity, message, file, related, fix, ...place }: FileFinding): object {
  return {
    rule,
    severity,
    message,
    file,
    ...placeJson(place),
    fixable: fix !== undefined,
    related: related.map(({ text, ...other }) => ({ file, ...placeJson(other), text })),
  };
}

/** Columns count from 1 in all that the command line says. */
function placeJson({ cell, line, column, endLine, endColumn }: FilePlace): object {
  return { ...(cell === undefined ? {} : { cell }), line, column: column + 1, endLine, endColumn: endColumn + 1 };
}

function counted(number: number, noun: string, plural = 's'): string {
  return `${number} ${noun}${number === 1 ? '' : plural}`;
}

/** A file's name may have characters in it that a terminal would obey. */
function printable(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what it is about
  return text.replace(/[\u0000-\u001f\u007f-\u009f]/g, '\ufffd');
}
