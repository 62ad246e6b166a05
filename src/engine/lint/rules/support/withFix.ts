/** The fix that makes `with` of `acquire()` and `release()`. */
import { indent, isOnOwnLines, lineStart, nextLine, replace, stringsIn } from '../../edits';
import type { TextEdit } from '../../finding';
import type { Module } from '../../model/module';
import { type SyntaxNode, statementOf } from '../../syntax/node';

export interface WithFix {
  readonly title: string;
  readonly edits: readonly TextEdit[];
}

/** Where both are statements of the same block, or the release is all that the `finally` of a `try` there does. */
export function withFix(
  module: Module,
  call: SyntaxNode,
  object: SyntaxNode,
  releases: readonly SyntaxNode[],
): WithFix | undefined {
  const first = statementOf(call);
  const siblings = first.parent?.children ?? [];
  const hasArguments = (call.child('arguments')?.children.length ?? 0) > 0;
  if (call.parent !== first || hasArguments || object.text.includes('\n')) return undefined;
  const end = siblings.find(
    (each) => each.start > first.start && releases.some((release) => statementOf(release) === each),
  );
  const attempt = siblings.find((each) => each.start > first.start && each.type === 'try_statement');
  const edits = end ? toRelease(module, first, end) : attempt && toTry(module, first, attempt, releases);
  if (!edits || siblings.some((each) => isObstacle(module, each, first, end ?? attempt, releases))) return undefined;
  return { title: 'Use with', edits: [replace(first, `with ${object.text}:`), ...edits] };
}

/** Something between them takes or releases it as well, cannot be indented, or is not on lines of its own. */
function isObstacle(
  module: Module,
  statement: SyntaxNode,
  first: SyntaxNode,
  last: SyntaxNode | undefined,
  releases: readonly SyntaxNode[],
): boolean {
  if (!last || statement.start < first.start || statement.start > last.start) return false;
  if (!isOnOwnLines(module, statement)) return true;
  const isEnd = statement === first || statement === last;
  if (!isEnd && releases.some((release) => statement.contains(release))) return true;
  return stringsIn(statement).some(({ text }) => text.includes('\n'));
}

function toRelease(module: Module, first: SyntaxNode, release: SyntaxNode): TextEdit[] | undefined {
  const start = nextLine(module, first.end);
  const stop = lineStart(module, release.start);
  if (module.text.slice(start, stop).trim() === '' || release.children[0]?.type !== 'call') return undefined;
  return [...indent(module, start, stop, []), { start: stop, end: nextLine(module, release.end), text: '' }];
}

/** The body of the `try` has the depth already that it will have below `with`. */
function toTry(
  module: Module,
  first: SyntaxNode,
  attempt: SyntaxNode,
  releases: readonly SyntaxNode[],
): TextEdit[] | undefined {
  const body = attempt.child('body');
  const last = attempt.childOfType('finally_clause');
  const [only, ...others] = last?.childOfType('block')?.children ?? [];
  const isPure = attempt.children.every((each) => each === body || each === last);
  if (!body || !last || !only || !isPure || others.length > 0) return undefined;
  const inside = releases.filter((release) => attempt.contains(release));
  const isOnly = inside.length === 1 && inside[0]?.parent === only && isOnOwnLines(module, only);
  if (!isOnly) return undefined;
  const start = nextLine(module, first.end);
  const head = lineStart(module, attempt.start);
  const behindHead = nextLine(module, attempt.start);
  const comments = module.text.slice(behindHead, last.start) + module.text.slice(last.start, only.start);
  if (lineStart(module, body.start) < behindHead || /finally:\s*#/.test(comments)) return undefined;
  return [
    ...indent(module, start, head, []),
    { start: head, end: behindHead, text: '' },
    { start: lineStart(module, last.start), end: nextLine(module, only.end), text: '' },
  ];
}
