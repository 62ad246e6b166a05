import { indentationOf, indentationStep, insert, isOnOwnLines, lineEndOf, lineStop, mayHaveComment } from '../edits';
import type { Module } from '../model/module';
import type { LintRule, RuleFinding } from '../rule';
import { functionAround, type SyntaxNode, statementOf } from '../syntax/node';

export const INT503: LintRule = {
  id: 'INT503',
  name: 'interpreter-call-is-not-concurrent',
  title: 'Interpreters are called one after the other',
  severity: 'info',
  isOptIn: true,
  check(module, report) {
    for (const call of module.all('call')) {
      const callee = call.child('function');
      const method = callee?.type === 'attribute' ? (callee.child('attribute')?.text ?? '') : '';
      if (method !== 'call' && method !== 'exec') continue;
      const object = callee?.child('object');
      const loop = object?.type === 'identifier' ? loopOver(module, object) : undefined;
      if (!object || !loop || isCarried(call) || module.units.isInThread(module.function(call))) continue;
      const fix = method === 'call' ? threadsFix(module, call, loop) : undefined;
      report({
        node: call,
        message: `${object.text}.${method}() returns when the work is done, so the interpreters work one after the other. Use call_in_thread().`,
        ...(fix ? { fix } : {}),
      });
    }
  },
};

const INTERPRETER = 'concurrent.interpreters.Interpreter';

/** The loop or comprehension in each of whose turns the name is another interpreter. */
function loopOver(module: Module, name: SyntaxNode): SyntaxNode | undefined {
  const around = functionAround(name);
  for (let at = name.parent; at && at !== around; at = at.parent) {
    if (!/^(for_statement|while_statement|generator_expression|\w+_comprehension)$/.test(at.type)) continue;
    const clause = at.type === 'for_statement' ? at : at.childOfType('for_in_clause');
    const source = clause && sourceOf(clause, name.text);
    if (source && module.kinds.ofItems(source)?.name === INTERPRETER) return at;
    const kind = module.kinds.of(name);
    if (kind?.name === INTERPRETER && kind.made && at.child('body')?.contains(kind.made)) return at;
  }
  return undefined;
}

/** What a name of the loop goes through, also inside `enumerate` and `zip`. */
function sourceOf(clause: SyntaxNode, name: string): SyntaxNode | undefined {
  const left = clause.child('left');
  const right = clause.child('right');
  if (!left || left.text === name) return right;
  const index = left.children.findIndex(({ text }) => text === name);
  const list = right?.child('arguments')?.children ?? [];
  const by = right?.child('function')?.text;
  if (index < 0 || !/^(pattern_list|tuple_pattern)$/.test(left.type)) return undefined;
  if (by === 'zip') return list[index];
  return by === 'enumerate' && index === 1 ? list[0] : undefined;
}

/** What one call returned goes into the next. */
function isCarried(call: SyntaxNode): boolean {
  const assignment = call.ancestor('assignment', 'augmented_assignment');
  const bound = assignment?.child('left');
  if (!bound || !assignment || statementOf(assignment) !== statementOf(call)) return false;
  if (assignment.type === 'augmented_assignment') return false;
  const given = call.child('arguments')?.all() ?? [];
  return bound.all().some(({ type, text }) => type === 'identifier' && given.some((each) => each.text === text));
}

/** `threads = [… for x in xs]`, and a loop that joins them. */
function threadsFix(module: Module, call: SyntaxNode, loop: SyntaxNode): RuleFinding['fix'] {
  const statement = call.parent;
  const left = loop.child('left');
  const right = loop.child('right');
  const method = call.child('function')?.child('attribute');
  const body = loop.child('body');
  if (loop.type !== 'for_statement' || loop.isAsync || loop.child('alternative') || !left || !right || !method)
    return undefined;
  const isAlone = body?.children.length === 1 && body.children[0] === statement;
  if (!isAlone || left.type !== 'identifier' || left.text !== call.child('function')?.child('object')?.text)
    return undefined;
  if (!isOnOwnLines(module, statement) || mayHaveComment(module, loop.start, call.start)) return undefined;
  if (module.all('identifier').some(({ text }) => text === 'threads' || text === 'thread')) return undefined;
  const end = `${lineEndOf(module)}${indentationOf(module, loop)}`;
  const joining = `${end}for thread in threads:${end}${indentationStep(module)}thread.join()`;
  return {
    title: 'Call them in threads',
    edits: [
      { start: loop.start, end: call.start, text: 'threads = [' },
      insert(method.end, '_in_thread'),
      insert(call.end, ` for ${left.text} in ${right.text}]`),
      insert(lineStop(module, call.end), joining),
    ],
  };
}
