import { indentationOf, indentationStep, insert, isOnOwnLines, lineEndOf, lineStop } from '../edits';
import { argument } from '../model/arguments';
import type { Module } from '../model/module';
import { bindingScope } from '../model/scopes';
import type { LintRule, RuleFinding } from '../rule';
import type { SyntaxNode } from '../syntax/node';

export const FUT402: LintRule = {
  id: 'FUT402',
  name: 'future-result-discarded',
  title: 'Result of submitted work is thrown away',
  severity: 'info',
  check(module, report) {
    for (const call of module.calls.ofMethod(...Object.keys(METHODS))) {
      const callee = call.child('function');
      const method = callee?.type === 'attribute' ? (callee.child('attribute')?.text ?? '') : '';
      const kinds = METHODS[method];
      const isAlone = call.parent?.type === 'expression_statement';
      if (!kinds || !(isAlone || (!method.endsWith('_async') && isUnused(call)))) continue;
      const kind = module.kinds.of(callee?.child('object'));
      if (!kind || !kinds.test(kind.name)) continue;
      if (kind.instanceOf && module.definitions.method(kind.instanceOf, method)) continue;
      const handlesErrors = method === 'map' ? false : argument(call, 4, 'error_callback') !== undefined;
      if (method === 'submit' ? cannotFail(module, argument(call, 0, 'fn')) : handlesErrors) continue;
      const fix = isAlone ? waitFix(module, call, kind.made) : undefined;
      const work = argument(call, 0, 'fn')?.text ?? '';
      const name = /^[\w.]{1,40}$/.test(work) ? work : 'the work';
      report({
        node: call,
        message: `When ${name} fails, nobody learns of it: ${method}() keeps the exception for who asks for its result.`,
        ...(method === 'map' ? { severity: 'warning' as const } : {}),
        ...(fix ? { fix } : {}),
      });
    }
  },
};

const EXECUTORS = /^concurrent\.futures\.(Thread|Process|Interpreter)PoolExecutor$/;
const POOLS = /^multiprocessing\.(Pool|pool\.ThreadPool)$/;
const METHODS: Readonly<Record<string, RegExp>> = {
  submit: EXECUTORS,
  map: EXECUTORS,
  apply_async: POOLS,
  map_async: POOLS,
  starmap_async: POOLS,
};

/** It is bound to a local name that stands nowhere else. */
function isUnused(call: SyntaxNode): boolean {
  const name = call.parent?.type === 'assignment' && call.field === 'right' ? call.parent.child('left') : undefined;
  if (name?.type !== 'identifier' || name.text.startsWith('_')) return false;
  const scope = bindingScope(name, name.text);
  if (scope?.node.type !== 'function_definition') return false;
  return !scope.node.all().some((each) => each !== name && each.type === 'identifier' && each.text === name.text);
}

const ENDING = /^(close|set|stop|cancel|shutdown)$/;
const LOGGING = /^(debug|info|warning|error|exception|critical|log)$/;

/** Work that deals with its errors, or has none. */
function cannotFail(module: Module, target: SyntaxNode | undefined): boolean {
  if (!target || target.text === 'print') return true;
  const method = target.type === 'attribute' ? (target.child('attribute')?.text ?? '') : '';
  if (ENDING.test(method) || (LOGGING.test(method) && /log/i.test(target.child('object')?.text ?? ''))) return true;
  const model = module.definitions.functionOfExpression(target);
  if (!model || model.node.type === 'lambda') return false;
  return model.decorators.length > 0 || isAllInTry(model.node.child('body'));
}

function isAllInTry(body: SyntaxNode | undefined): boolean {
  const [only, ...others] = (body?.children ?? []).filter(
    ({ type, children: [first] }) => !(type === 'expression_statement' && first?.type === 'string'),
  );
  if (!only || others.length > 0) return false;
  if (/^(while|for|with)_statement$/.test(only.type)) return isAllInTry(only.child('body'));
  return (
    only.type === 'try_statement' &&
    only.children.some(({ type, children: [caught] }) => {
      const isEverything = caught?.type === 'block' || /\b(Base)?Exception\b/.test(caught?.text ?? '');
      return type === 'except_clause' && isEverything;
    })
  );
}

/** Waits where the `with` of the executor waits anyway: at its end. */
function waitFix(module: Module, call: SyntaxNode, made: SyntaxNode | undefined): RuleFinding['fix'] {
  const statement = call.parent;
  const block = statement?.parent;
  const around = block?.parent;
  const method = call.child('function')?.child('attribute')?.text;
  if (!statement || around?.type !== 'with_statement' || block?.children.at(-1) !== statement) return undefined;
  if (!made || !around.childOfType('with_clause')?.contains(made) || !isOnOwnLines(module, statement)) return undefined;
  const title = 'Wait for the result';
  if (method === 'submit') return { title, edits: [insert(call.end, '.result()')] };
  if (method !== 'map') return undefined;
  const pass = `${lineEndOf(module)}${indentationOf(module, statement)}${indentationStep(module)}pass`;
  return {
    title,
    edits: [insert(call.start, 'for _ in '), insert(call.end, ':'), insert(lineStop(module, call.end), pass)],
  };
}
