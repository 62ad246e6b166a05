import { isChange } from '../model/accesses';
import type { FunctionModel } from '../model/definitions';
import { qualifiedName } from '../model/imports';
import type { Module } from '../model/module';
import { bindingScope } from '../model/scopes';
import type { LintRule } from '../rule';
import type { SyntaxNode } from '../syntax/node';
import { isSetUp } from './support/surroundings';

export const THR123: LintRule = {
  id: 'THR123',
  name: 'spin-wait',
  title: 'A loop asks again and again instead of waiting',
  severity: 'info',
  isOptIn: true,
  check(module, report) {
    for (const loop of module.all('while_statement')) {
      const around = module.function(loop);
      if (around?.isAsync) continue;
      const condition = askedBy(loop);
      const asked = condition && thingsAsked(module, condition, around);
      const [first] = asked ?? [];
      if (!first || !condition) continue;
      report({
        node: loop.child('condition') ?? loop,
        message: `This loop asks for ${first.text} again and again until another thread changes it. Wait for an Event or Condition instead.`,
      });
    }
  },
};

/** What a loop asks whose body does nothing else: its condition, or that of the `if` with `break` in a `while True`. */
function askedBy(loop: SyntaxNode): SyntaxNode | undefined {
  const condition = loop.child('condition');
  const body = loop.child('body')?.children ?? [];
  if (loop.child('alternative')) return undefined;
  if (condition?.type !== 'true' && condition?.text !== '1') return body.every(isIdle) ? condition : undefined;
  const [exit, ...others] = body.filter((each) => !isIdle(each));
  const leaves =
    exit?.type === 'if_statement' &&
    exit
      .child('consequence')
      ?.children.map(({ type }) => type)
      .join();
  const isExit = leaves === 'break_statement' && !exit?.child('alternative');
  return isExit && others.length === 0 ? exit?.child('condition') : undefined;
}

/** `pass`, `continue`, or a sleep of less than a second. */
function isIdle(statement: SyntaxNode): boolean {
  if (statement.type === 'pass_statement' || statement.type === 'continue_statement') return true;
  const call = statement.type === 'expression_statement' ? statement.children[0] : undefined;
  if (call?.type === 'ellipsis') return true;
  if (call?.type !== 'call' || qualifiedName(call.child('function')) !== 'time.sleep') return false;
  const [duration] = call.child('arguments')?.children ?? [];
  return duration !== undefined && /^(integer|float)$/.test(duration.type) && Number(duration.text) < 1;
}

const QUESTIONS: Readonly<Record<string, RegExp>> = {
  is_alive: /^threading\.(Thread|Timer)$/,
  is_set: /\.Event$/,
  done: /\.(Future|Task)$/,
  running: /\.Future$/,
  empty: /(Queue|queue)/,
  qsize: /(Queue|queue)/,
  full: /(Queue|queue)/,
  locked: /\.Lock$/,
};

/** All that a condition asks for, when each is something that other threads change; undefined when there is anything else. */
function thingsAsked(module: Module, node: SyntaxNode, around: FunctionModel | undefined): SyntaxNode[] | undefined {
  switch (node.type) {
    case 'parenthesized_expression':
    case 'not_operator':
    case 'boolean_operator':
    case 'comparison_operator': {
      const parts = node.children.filter(({ field }) => !/^operators?$/.test(field));
      const asked = parts.map((each) => thingsAsked(module, each, around));
      return asked.every((each) => each !== undefined) ? asked.flat() : undefined;
    }
    case 'integer':
    case 'float':
    case 'string':
    case 'none':
    case 'true':
    case 'false':
      return [];
    case 'call': {
      const callee = node.child('function');
      const question = QUESTIONS[callee?.child('attribute')?.text ?? ''];
      return question?.test(module.kinds.nameOf(callee?.child('object'))) ? [node] : undefined;
    }
    case 'identifier':
    case 'attribute':
      return isChangedElsewhere(module, node, around) ? [node] : undefined;
    default:
      return undefined;
  }
}

/** An attribute of `self` or a global that another function of the file sets. */
function isChangedElsewhere(module: Module, node: SyntaxNode, around: FunctionModel | undefined): boolean {
  const name = node.type === 'identifier' ? node.text : module.definitions.selfAttribute(node);
  if (name === undefined) return false;
  const owner = module.definitions.classAround(node);
  const home = owner && (module.attributes.home(owner, name) ?? owner);
  const isGlobal = node.type === 'identifier' && bindingScope(node, name) === bindingScope(module.root, name);
  const accesses = isGlobal ? module.accesses.globals : home && module.accesses.ofClass(home);
  if (node.type === 'identifier' && !isGlobal) return false;
  const found = accesses?.get(name) ?? [];
  return found.some(
    (each) => isChange(each) && each.function && each.function !== around && !isSetUp(module, each.method),
  );
}
