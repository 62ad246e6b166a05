import { insert, replace } from '../edits';
import type { Module } from '../model/module';
import { bindingScope } from '../model/scopes';
import type { LintRule, Report } from '../rule';
import type { SyntaxNode } from '../syntax/node';
import { type ThreadCall, threadCalls } from './support/threadCalls';

export const THR121: LintRule = {
  id: 'THR121',
  name: 'bad-thread-arguments',
  title: 'A thread gets its function or its arguments in the wrong place',
  severity: 'error',
  alsoReportedBy: { pylint: ['W1506'] },
  check(module, report) {
    for (const made of threadCalls(module)) {
      checkTarget(module, made, report);
      checkArguments(module, made, report);
    }
  },
};

const STRINGS: ReadonlySet<string> = new Set(['string', 'concatenated_string']);
const NUMBERS: ReadonlySet<string> = new Set(['integer', 'float', 'true', 'false']);
const PLAIN_KINDS: ReadonlySet<string> = new Set(['int', 'float', 'bool', 'str']);
const TUPLE_KINDS: ReadonlySet<string> = new Set(['tuple', 'list', 'collections.deque', 'set', 'dict', 'generator']);
const LIKE_ARGUMENTS = /(args|arguments|params|parameters|argv)$/i;

/** `Thread(work)`: the first place is that of the group. */
function checkTarget(module: Module, { call, kind }: ThreadCall, report: Report): void {
  if (kind === 'Timer') return;
  const list = call.child('arguments')?.children ?? [];
  const positional = list.filter(({ type }) => type !== 'keyword_argument');
  const [first] = positional;
  if (!first || positional.some(({ type }) => type.endsWith('_splat'))) return;
  const hasTarget = list.some((each) => each.child('name')?.text === 'target' && each.type === 'keyword_argument');
  const isAlone = positional.length === 1 && !hasTarget;
  const isFunction = first.type === 'lambda' || module.definitions.functionOfExpression(first) !== undefined;
  const mayBeWork = /^(identifier|attribute)$/.test(first.type) && !/group/.test(first.text);
  if (!isFunction && !(isAlone && mayBeWork)) return;
  const fix = isAlone ? { title: 'Give it as target', edits: [insert(first.start, 'target=')] } : undefined;
  report({
    node: first,
    message: `The first place of ${kind}() is its group, so this call raises. Give ${shown(first)} as target=.`,
    ...(fix ? { fix } : {}),
  });
}

function checkArguments(module: Module, { call, kind, args }: ThreadCall, report: Report): void {
  if (!args) return;
  const inner = args.type === 'parenthesized_expression' ? args.children[0] : undefined;
  const value = inner ?? args;
  const problem = inner ? inParentheses(module, inner) : withoutParentheses(module, args, kind);
  if (problem === undefined) return;
  const edit = inner ? insert(inner.end, ',') : replace(value, `(${value.text},)`);
  report({
    node: args,
    message: `${problem} Write (${shown(value)},) to give it as the only argument.`,
    related: [{ node: call, text: `the ${kind.toLowerCase()} is made here` }],
    fix: { title: 'Make it a tuple of one', edits: [edit] },
  });
}

function inParentheses(module: Module, value: SyntaxNode): string | undefined {
  if (STRINGS.has(value.type)) return value.text.length > 2 ? APART : undefined;
  if (NUMBERS.has(value.type)) return `${value.text} in parentheses is no tuple, so the thread dies with TypeError.`;
  if (value.type !== 'identifier' && value.type !== 'attribute') return undefined;
  if (LIKE_ARGUMENTS.test(value.text) || mayBeTuple(module, value)) return undefined;
  return `${value.text} in parentheses is no tuple: it is taken apart into arguments.`;
}

const APART = 'A string is taken apart: each of its letters becomes an argument.';

function withoutParentheses(module: Module, value: SyntaxNode, kind: string): string | undefined {
  if (STRINGS.has(value.type)) return value.text.length > 2 ? APART : undefined;
  const dies = `${shown(value)} cannot be taken apart into arguments, so the ${kind.toLowerCase()} dies with TypeError.`;
  if (NUMBERS.has(value.type)) return dies;
  if (value.type === 'none') return kind === 'Timer' ? undefined : dies;
  if (value.type !== 'identifier' && value.type !== 'attribute') return undefined;
  const { definitions, kinds } = module;
  if (definitions.functionOfExpression(value)?.owner === undefined && definitions.functionOfExpression(value))
    return dies;
  if (definitions.classNamed(value)) return dies;
  const found = kinds.of(value);
  if (found?.name === 'str') return APART;
  if (found && PLAIN_KINDS.has(found.name)) return dies;
  const model = found?.instanceOf;
  if (!model || found.name !== '') return undefined;
  const family = definitions.family(model);
  const isWhole = family.every(({ bases }) => bases.every((base) => definitions.classNamed(base)));
  const isIterable = definitions.method(model, '__iter__') ?? definitions.method(model, '__getitem__');
  return isWhole && !isIterable ? dies : undefined;
}

/** A tuple or list is assigned to it, or it is a parameter with a star. */
function mayBeTuple(module: Module, value: SyntaxNode): boolean {
  if (module.kinds.valuesOf(value).some((each) => TUPLE_KINDS.has(module.kinds.nameOf(each)))) return true;
  if (value.type !== 'identifier') return false;
  const bindings = bindingScope(value, value.text)?.bindings.get(value.text) ?? [];
  return bindings.some(({ kind, node }) => kind === 'parameter' && node.type.endsWith('_splat_pattern'));
}

/** Its text, when it is short. */
function shown({ text }: SyntaxNode): string {
  return text.length <= 40 && !text.includes('\n') ? text : 'the value';
}
