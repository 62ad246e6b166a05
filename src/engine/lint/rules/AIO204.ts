import { insert } from '../edits';
import type { TextEdit } from '../finding';
import { withValue } from '../model/held';
import { isAsyncLock, isThreadLock } from '../model/kindNames';
import type { Module } from '../model/module';
import { suspensionsOf } from '../model/suspensions';
import type { LintRule, Report } from '../rule';
import type { SyntaxNode } from '../syntax/node';
import { coroutineAround, isExpectedToFail } from './support/coroutines';
import { contextsOf } from './support/surroundings';

export const AIO204: LintRule = {
  id: 'AIO204',
  name: 'wrong-with-kind',
  title: 'Lock is entered the wrong way',
  severity: 'error',
  alsoReportedBy: { pylint: ['E1701'] },
  check(module, report) {
    for (const item of module.all('with_item')) checkItem(module, item, report);
    for (const call of module.calls.ofMethod('acquire')) {
      if (call.parent?.type !== 'await') continue;
      const object = call.child('function')?.child('object');
      const kind = module.kinds.nameOf(object);
      if (!object || !isThreadLock(kind) || isExpectedToFail(call)) continue;
      const message = `${object.text} is a ${kind}: it is taken at once, and then the await of its True raises.`;
      report({ node: call.parent, message });
    }
  },
};

function checkItem(module: Module, item: SyntaxNode, report: Report): void {
  const value = withValue(item);
  const statement = item.ancestor('with_statement');
  const kind = module.kinds.nameOf(value);
  if (!value || !statement) return;
  const isWrong = statement.isAsync ? isThreadLock(kind) : isAsyncContext(kind);
  if (!isWrong || isExpectedToFail(statement)) return;
  const name = value.type === 'call' ? `${value.child('function')?.text}()` : value.text;
  const edits = statement.isAsync ? toPlain(module, statement) : toAsync(module, statement);
  const [wrong, right] = statement.isAsync ? ['async with', 'with'] : ['with', 'async with'];
  const made = module.kinds.of(value)?.made;
  report({
    node: value,
    message: `${name} is a ${kind}, so ${wrong} raises here. Use ${right}.`,
    related: made && made !== value ? [{ node: made, text: 'made here' }] : [],
    ...(edits.length > 0 ? { fix: { title: `Use ${right}`, edits } } : {}),
  });
}

function isAsyncContext(kind: string): boolean {
  return isAsyncLock(kind) || kind === 'asyncio.timeout' || kind === 'asyncio.TaskGroup';
}

function toAsync(module: Module, statement: SyntaxNode): TextEdit[] {
  const isPossible =
    coroutineAround(statement) !== undefined &&
    contextsOf(statement).every((each) => isAsyncContext(module.kinds.nameOf(each)));
  return isPossible ? [insert(statement.start, 'async ')] : [];
}

function toPlain(module: Module, statement: SyntaxNode): TextEdit[] {
  const around = coroutineAround(statement);
  const isPossible =
    around !== undefined &&
    contextsOf(statement).every((each) => isThreadLock(module.kinds.nameOf(each))) &&
    suspensionsOf(around).every((each) => each === statement || !statement.contains(each));
  const prefix = /^async\s+/.exec(statement.text)?.[0];
  return isPossible && prefix ? [{ start: statement.start, end: statement.start + prefix.length, text: '' }] : [];
}
