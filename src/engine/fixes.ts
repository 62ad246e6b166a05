/** Changes of the source that mend what was found, where that is safe: those that move nothing and rename nothing. */

/** Lines `from` to `to`, from 1 and both included, become these. */
export interface LineFix {
  /** `Wrap in with self._lock`. */
  readonly title: string;
  readonly from: number;
  readonly to: number;
  readonly lines: readonly string[];
}

const WITH = /^(\s*)with\s+([A-Za-z_][\w.]*)\s*:/;
const ACQUIRE = /^(\s*)([A-Za-z_][\w.]*)\.acquire\(\s*\)\s*$/;
const TEXT_OVER_LINES = /"""|'''|\\$/;

/**
 * A statement of one line at `unguarded` is put under the lock that line `guarded` is under: a `with` around that one,
 * whose lock is called `lock` (`Cache._lock`: its last name counts) and is the same where the statement is, a global
 * name of the file or an attribute of `self` in the same class. Undefined where one of this is not so.
 */
export function wrapInLock(
  lines: readonly string[],
  guarded: number,
  unguarded: number,
  lock: string,
): LineFix | undefined {
  const guard = enclosing(lines, guarded, (line) => WITH.exec(line)?.[2] ?? '').find(
    (name) => lastOf(name) === lastOf(lock),
  );
  const statement = lines[unguarded - 1];
  if (guard === undefined || statement === undefined || !isSimpleStatement(statement)) return undefined;
  const isWrapped = enclosing(lines, unguarded, (line) => WITH.exec(line)?.[2] ?? '').includes(guard);
  if (isWrapped || !meansTheSame(lines, guard, guarded, unguarded)) return undefined;
  const indent = indentOf(statement);
  const wrapped = [`${indent}with ${guard}:`, `${indent}${unitOf(lines)}${statement.slice(indent.length)}`];
  return { title: `Wrap in with ${guard}`, from: unguarded, to: unguarded, lines: wrapped };
}

/** `lock.acquire()` at a line and `lock.release()` further down in the same block become a `with`. */
export function useWith(lines: readonly string[], acquire: number): LineFix | undefined {
  const [, indent, lock] = ACQUIRE.exec(lines[acquire - 1] ?? '') ?? [];
  if (indent === undefined || lock === undefined) return undefined;
  const release = `${indent}${lock}.release()`;
  for (let line = acquire + 1; line <= lines.length; line++) {
    const text = lines[line - 1] as string;
    if (text.trimEnd() === release) return withFix(lines, acquire, line, lock);
    if (text.trim() === '') continue;
    if (!text.startsWith(indent) || text.includes(`${lock}.`) || TEXT_OVER_LINES.test(text)) return undefined;
  }
  return undefined;
}

function withFix(lines: readonly string[], from: number, to: number, lock: string): LineFix {
  const indent = indentOf(lines[from - 1] as string);
  const unit = unitOf(lines);
  const body = lines.slice(from, to - 1).map((line) => (line.trim() === '' ? line : `${unit}${line}`));
  const isEmpty = body.every((line) => /^\s*(#.*)?$/.test(line));
  const all = [`${indent}with ${lock}:`, ...body, ...(isEmpty ? [`${indent}${unit}pass`] : [])];
  return { title: `Use with ${lock}`, from, to, lines: all };
}

/** What `pick` finds on the lines whose blocks a line is in, innermost first. */
function enclosing(lines: readonly string[], line: number, pick: (line: string) => string): string[] {
  const found: string[] = [];
  let depth = indentOf(lines[line - 1] ?? '').length;
  for (let above = line - 1; above >= 1 && depth > 0; above--) {
    const text = lines[above - 1] as string;
    if (text.trim() === '' || text.trim().startsWith('#') || indentOf(text).length >= depth) continue;
    depth = indentOf(text).length;
    const name = pick(text);
    if (name !== '') found.push(name);
  }
  return found;
}

/** Whether a name that is a lock at one line is the same lock at another. */
function meansTheSame(lines: readonly string[], name: string, line: number, other: number): boolean {
  const [root] = name.split('.') as [string];
  if (root === 'self') {
    const classOf = (at: number): string | undefined =>
      enclosing(lines, at, (text) => /^\s*class\s+(\w+)/.exec(text)?.[1] ?? '')[0];
    const selfOf = (at: number): string | undefined =>
      enclosing(lines, at, (text) => /\bdef\s+\w+\((\w+)/.exec(text)?.[1] ?? '')[0];
    return classOf(line) !== undefined && classOf(line) === classOf(other) && selfOf(other) === 'self';
  }
  const assigned = new RegExp(`^[^(]*\\b${root}\\b[^(=]*=[^=]`);
  const isParameter = new RegExp(`\\bdef\\b.*\\(.*\\b${root}\\b`);
  const bindings = lines.filter((text) => assigned.test(text) || isParameter.test(text));
  return bindings.length > 0 && bindings.every((text) => indentOf(text) === '' && !isParameter.test(text));
}

const COMPOUND_OR_LEAVES =
  /^(if|elif|else|for|while|with|try|except|finally|def|class|async|match|case|@|return|yield|break|continue|global|nonlocal|import|from)\b/;

function isSimpleStatement(line: string): boolean {
  const code = line.trim();
  const count = (signs: string): number => [...code].filter((each) => signs.includes(each)).length;
  if (count('([{') !== count(')]}') || code.endsWith(':') || TEXT_OVER_LINES.test(code)) return false;
  return !COMPOUND_OR_LEAVES.test(code) && !/\b(await|yield)\b/.test(code);
}

function indentOf(line: string): string {
  return /^\s*/.exec(line)?.[0] ?? '';
}

function unitOf(lines: readonly string[]): string {
  const first = lines.find((line) => /^\s+\S/.test(line) && !line.trim().startsWith('#'));
  const indent = first === undefined ? '    ' : indentOf(first);
  return indent.startsWith('\t') ? '\t' : indent;
}

function lastOf(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1);
}
