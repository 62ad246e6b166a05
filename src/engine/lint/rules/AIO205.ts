import { insert, lineStop } from '../edits';
import type { ClassModel, FunctionModel } from '../model/definitions';
import { isAsyncLock } from '../model/kindNames';
import type { Module } from '../model/module';
import { scopeOf } from '../model/scopes';
import { isAsyncGenerator } from '../model/suspensions';
import type { LintRule } from '../rule';
import type { SyntaxNode } from '../syntax/node';
import { coroutineAround, isExpectedToFail } from './support/coroutines';
import { isNeverReached } from './support/reached';

export const AIO205: LintRule = {
  id: 'AIO205',
  name: 'coroutine-not-awaited',
  title: 'Coroutine is never awaited',
  severity: 'error',
  observedAs: ['leak.coroutine-never-run'],
  check(module, report) {
    const names = new Set(module.definitions.functions.flatMap(({ isAsync, name }) => (isAsync ? [name] : [])));
    const known = new Set(module.calls.named(...FUNCTIONS));
    for (const statement of module.allIf('expression_statement', isCall)) {
      const call = statement.children[0] as SyntaxNode;
      const model = names.has(lastName(call)) ? coroutineCalled(module, call) : undefined;
      if (!model && !known.has(call) && !isKnownMethod(module, call)) continue;
      if (isExpectedToFail(call) || isMeant(module, call) || isNeverReached(module, statement)) continue;
      const name = call.child('function')?.text ?? '';
      const isAwaitable = coroutineAround(call) !== undefined;
      report({
        node: call,
        message: `${name}() only makes a coroutine here, and nothing of it runs. ${isAwaitable ? 'Await it.' : 'Run it in an event loop.'}`,
        related: model ? [{ node: model.node.child('name') ?? model.node, text: 'it is an async def' }] : [],
        ...(isAwaitable ? { fix: { title: 'Add await', edits: [insert(call.start, 'await ')] } } : {}),
      });
    }
  },
};

function isCall({ children }: SyntaxNode): boolean {
  return children.length === 1 && children[0]?.type === 'call';
}

/** Somebody already told mypy that it is meant. */
function isMeant(module: Module, call: SyntaxNode): boolean {
  return module.text.slice(call.end, lineStop(module, call.end)).includes('unused-coroutine');
}

const FUNCTIONS: readonly string[] =
  'sleep wait wait_for to_thread open_connection start_server create_subprocess_exec create_subprocess_shell'
    .split(' ')
    .map((name) => `asyncio.${name}`);
const QUEUE = /^asyncio\.(|Lifo|Priority)Queue$/;
const WAITED = /^asyncio\.(Event|Condition|Barrier)$/;

/** `c` of `a.b.c()`. */
function lastName(call: SyntaxNode): string {
  const callee = call.child('function');
  return (callee?.type === 'attribute' ? callee.child('attribute')?.text : callee?.text) ?? '';
}

function isKnownMethod(module: Module, call: SyntaxNode): boolean {
  const callee = call.child('function');
  const method = callee?.child('attribute')?.text ?? '';
  if (!/^(acquire|wait|wait_for|get|put|join)$/.test(method)) return false;
  const { name: kind, instanceOf } = module.kinds.of(callee?.child('object')) ?? { name: '' };
  // A class of the module may have made it something else.
  if (instanceOf) return false;
  if (method === 'acquire') return isAsyncLock(kind);
  if (method === 'wait') return WAITED.test(kind);
  if (method === 'wait_for') return kind === 'asyncio.Condition';
  return QUEUE.test(kind);
}

function coroutineCalled(module: Module, call: SyntaxNode): FunctionModel | undefined {
  const { definitions, kinds } = module;
  const callee = call.child('function');
  if (callee?.type !== 'attribute') {
    const model = definitions.functionOfExpression(callee);
    return model && isPlainCoroutine(model) ? model : undefined;
  }
  const name = callee.child('attribute')?.text ?? '';
  const object = callee.child('object');
  const owner = kinds.ownerOf(object);
  const model = owner ? definitions.method(owner, name) : definitions.functionOfExpression(callee);
  const isCertain = model && isPlainCoroutine(model) && model.owner && isOnlyOne(module, owner ?? model.owner, model);
  return isCertain ? model : undefined;
}

const EXPLAINED: ReadonlySet<string> = new Set(['staticmethod', 'classmethod', 'abstractmethod', 'override']);

function isPlainCoroutine({ node, isAsync, decorators }: FunctionModel): boolean {
  return (
    isAsync && decorators.every(({ text }) => EXPLAINED.has(text.split('.').at(-1) ?? '')) && !isAsyncGenerator(node)
  );
}

/** Nothing else in the module has the method's name in its place: no second definition, attribute or plain method of an heir. */
function isOnlyOne(
  { definitions, attributes }: Module,
  owner: ClassModel,
  { name, owner: home }: FunctionModel,
): boolean {
  const isDefinedOnce = home !== undefined && scopeOf(home.node).bindings.get(name)?.length === 1;
  if (!isDefinedOnce || !isPlainClass(home) || !isPlainClass(owner)) return false;
  const heirs = definitions.heirs(owner);
  return [owner, ...heirs].every((each) => {
    const method = each.methods.get(name);
    return (!method || isPlainCoroutine(method)) && attributes.of(each, name).length === 0;
  });
}

/** Without a decorator that could change its methods, and without a metaclass. */
function isPlainClass({ node }: ClassModel): boolean {
  const wrapper = node.parent?.type === 'decorated_definition' ? node.parent : undefined;
  const decorators = wrapper?.children.filter(({ type }) => type === 'decorator') ?? [];
  const hasMetaclass = node.child('superclasses')?.children.some((each) => each.child('name')?.text === 'metaclass');
  return !hasMetaclass && decorators.every(({ text }) => /dataclass|final|define|total_ordering/.test(text));
}
