import { replace } from '../edits';
import type { TextEdit } from '../finding';
import type { FunctionModel } from '../model/definitions';
import type { Module } from '../model/module';
import type { LintRule, Report } from '../rule';
import { bodyNodes, functionAround, type SyntaxNode } from '../syntax/node';
import { isThreadKind } from './support/threadCalls';

export const THR120: LintRule = {
  id: 'THR120',
  name: 'thread-body-called-eagerly',
  title: 'The work is done here and now instead of in the thread',
  severity: 'error',
  check(module, report) {
    for (const { kind, node, target } of module.units.starts) {
      if (target?.type !== 'call' || !/^(thread|process|interpreter)$/.test(kind)) continue;
      const model = module.definitions.functionOfExpression(target.child('function'));
      if (!model || target.child('function')?.type === 'call' || mayReturnFunction(module, model)) continue;
      const name = target.child('function')?.text ?? '';
      const edits = model.isAsync || isGenerator(model) ? [] : callEdits(module, node, target);
      report({
        node: target,
        message: eagerMessage(model, name, kind),
        related: [{ node: model.node.child('name') ?? model.node, text: `${name} gives back nothing to call` }],
        ...(edits.length > 0 ? { fix: { title: `Give ${name} without calling it`, edits } } : {}),
      });
    }
    for (const call of module.calls.ofMethod('run')) checkRun(module, call, report);
  },
};

function eagerMessage(model: FunctionModel, name: string, kind: string): string {
  const unit = kind === 'process' ? 'process' : 'thread';
  if (model.isAsync)
    return `${name}() makes a coroutine here, and the ${unit} cannot call that. Run it in an event loop.`;
  if (isGenerator(model)) return `${name}() makes a generator here, and the ${unit} cannot call that.`;
  return `${name}() runs here, before the ${unit} has it, and the ${unit} gets its result. Give the function itself.`;
}

const PLAIN =
  /^(integer|float|string|concatenated_string|true|false|none|comparison_operator|not_operator|list|dictionary|set|tuple|list_comprehension|dictionary_comprehension|set_comprehension|generator_expression|expression_list|binary_operator|unary_operator)$/;
const PLAIN_KINDS = /^(str|int|float|bool|dict|list|set|tuple|file|collections\.\w+)$/;

/** Unless it is certain that it gives back a plain value or nothing. */
function mayReturnFunction(module: Module, model: FunctionModel): boolean {
  if (model.node.type === 'lambda' || model.decorators.some(({ text }) => !/^(static|class)method$/.test(text)))
    return true;
  if (model.isAsync || isGenerator(model)) return false;
  const isReplaced =
    model.owner && module.definitions.heirs(model.owner).some(({ methods }) => methods.has(model.name));
  if (isReplaced || (model.owner && isStub(model))) return true;
  return bodyNodes(model.node).some(
    ({ type, children: [value] }) =>
      type === 'return_statement' &&
      value !== undefined &&
      !PLAIN.test(value.type) &&
      !PLAIN_KINDS.test(module.kinds.nameOf(value)),
  );
}

function isGenerator({ node }: FunctionModel): boolean {
  return bodyNodes(node).some(({ type }) => type === 'yield');
}

/** A method that others are to fill in. */
function isStub({ node }: FunctionModel): boolean {
  const statements = node.child('body')?.children ?? [];
  return statements.every(
    ({ type, children: [value] }) =>
      /^(pass_statement|raise_statement)$/.test(type) ||
      (type === 'expression_statement' && /^(string|ellipsis)$/.test(value?.type ?? '')),
  );
}

/** Edits that give the function, and its arguments beside it. */
function callEdits(module: Module, call: SyntaxNode, target: SyntaxNode): TextEdit[] {
  const callee = target.child('function')?.text ?? '';
  const list = target.child('arguments')?.children ?? [];
  const own = call.child('arguments')?.children ?? [];
  const [first] = list;
  const last = list.at(-1);
  if (!first || !last) return own.some(isArgs) ? [] : [replace(target, callee)];
  if (target.child('arguments')?.type !== 'argument_list') return [];
  if (
    list.some(({ type }) => type === 'keyword_argument' || type.endsWith('_splat') || type === 'generator_expression')
  )
    return [];
  const text = module.text.slice(first.start, last.end);
  if (!isThreadKind(module.kinds.nameOf(call))) {
    return own.at(-1) === target ? [replace(target, `${callee}, ${text}`)] : [];
  }
  const behind = own.slice(own.findIndex((each) => each.contains(target)) + 1);
  if (own.some(isArgs) || behind.some(({ type }) => type !== 'keyword_argument')) return [];
  return [replace(target, `${callee}, args=(${text}${list.length === 1 ? ',' : ''})`)];
}

function isArgs(node: SyntaxNode): boolean {
  return node.type === 'keyword_argument' && /^(args|kwargs)$/.test(node.child('name')?.text ?? '');
}

/** `thread.run()`, where `start()` is meant. */
function checkRun(module: Module, call: SyntaxNode, report: Report): void {
  const callee = call.child('function');
  const method = callee?.type === 'attribute' ? callee.child('attribute') : undefined;
  const object = callee?.child('object');
  if (method?.text !== 'run' || !object || call.child('arguments')?.children.length !== 0) return;
  const kind = module.kinds.nameOf(object);
  if (!isThreadKind(kind) || module.definitions.isSelf(object)) return;
  const around = functionAround(call) ?? module.root;
  const isStarted = around.all().some((each) => each.type === 'attribute' && each.text === `${object.text}.start`);
  const unit = kind.endsWith('Process') ? 'process' : 'thread';
  report({
    node: call,
    message: `${object.text.length > 40 ? 'This' : object.text}.run() does the work here and makes no ${unit}. Call start().`,
    ...(isStarted ? {} : { fix: { title: 'Call start()', edits: [replace(method, 'start')] } }),
  });
}
