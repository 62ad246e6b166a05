/** Edits of a text that the fixes of several rules are made of. */
import type { TextEdit } from './finding';
import type { Module } from './model/module';
import type { SyntaxNode } from './syntax/node';

const MULTILINE: ReadonlySet<string> = new Set(['string', 'concatenated_string']);

export function lineEndOf({ text }: Module): string {
  return text.includes('\r\n') ? '\r\n' : '\n';
}

/** Offset of the first character of the line that an offset is in. */
export function lineStart({ text }: Module, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}

/** Offset behind the last character of the line that an offset is in, before its line end. */
export function lineStop({ text }: Module, offset: number): number {
  const end = text.indexOf('\n', offset);
  if (end < 0) return text.length;
  return text[end - 1] === '\r' && end > offset ? end - 1 : end;
}

/** Offset of the first character of the next line. */
export function nextLine({ text }: Module, offset: number): number {
  const end = text.indexOf('\n', offset);
  return end < 0 ? text.length : end + 1;
}

/** The white space in front of the line that a node starts in. */
export function indentationOf(module: Module, node: SyntaxNode): string {
  const start = lineStart(module, node.start);
  return /^[ \t]*/.exec(module.text.slice(start, node.start))?.[0] ?? '';
}

/** One step of the indentation in this text. */
export function indentationStep(module: Module): string {
  for (const block of module.all('block')) {
    const [first] = block.children;
    const owner = block.parent;
    if (!first || !owner || !isOnOwnLines(module, first)) continue;
    const inner = indentationOf(module, first);
    const outer = indentationOf(module, owner);
    if (inner.length > outer.length && inner.startsWith(outer)) return inner.slice(outer.length);
  }
  return '    ';
}

/** Nothing but white space is before a statement on its first line, nothing but a comment behind it on its last. */
export function isOnOwnLines(module: Module, statement: SyntaxNode): boolean {
  const before = module.text.slice(lineStart(module, statement.start), statement.start);
  const behind = module.text.slice(statement.end, lineStop(module, statement.end));
  return before.trim() === '' && /^\s*(#.*)?$/.test(behind);
}

/** Indents the lines from that of `start` to that of `end` by one step; text in strings stays as it is. */
export function indent(module: Module, start: number, end: number, strings: readonly SyntaxNode[]): TextEdit[] {
  const step = indentationStep(module);
  const edits: TextEdit[] = [];
  for (let at = lineStart(module, start); at < end; at = nextLine(module, at)) {
    const isBlank = module.text.slice(at, lineStop(module, at)).trim() === '';
    const isInString = strings.some((string) => string.start < at && at < string.end);
    if (!isBlank && !isInString) edits.push({ start: at, end: at, text: step });
    if (nextLine(module, at) === at) break;
  }
  return edits;
}

/** Puts statements that follow one another under a new head such as `with lock:`. They must be on lines of their own. */
export function putUnder(module: Module, head: string, first: SyntaxNode, last: SyntaxNode = first): TextEdit[] {
  const start = lineStart(module, first.start);
  const strings = stringsIn(first.parent ?? first);
  const [, ...others] = indent(module, first.start, last.end, strings);
  const text = `${indentationOf(module, first)}${head}${lineEndOf(module)}${indentationStep(module)}`;
  return [{ start, end: start, text }, ...others];
}

/** Takes statements away with their whole lines. */
export function removeLines(module: Module, first: SyntaxNode, last: SyntaxNode = first): TextEdit {
  return { start: lineStart(module, first.start), end: nextLine(module, last.end), text: '' };
}

export function replace({ start, end }: SyntaxNode, text: string): TextEdit {
  return { start, end, text };
}

export function insert(offset: number, text: string): TextEdit {
  return { start: offset, end: offset, text };
}

export function stringsIn(node: SyntaxNode): SyntaxNode[] {
  return node.all().filter(({ type }) => MULTILINE.has(type));
}

/** Whether a comment stands between two offsets. Text with a `#` in a string counts as well. */
export function mayHaveComment({ text }: Module, start: number, end: number): boolean {
  return text.slice(start, end).includes('#');
}
