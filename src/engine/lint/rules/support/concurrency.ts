/** Whether a coroutine can run more than once at a time, as far as the module shows it. */
import type { ClassModel, FunctionModel } from '../../model/definitions';
import { qualifiedName } from '../../model/imports';
import { isAsyncLock } from '../../model/kindNames';
import type { Module } from '../../model/module';
import { scopeOf } from '../../model/scopes';
import type { Start } from '../../model/units';
import { isFunction, type SyntaxNode } from '../../syntax/node';

const MOST_DEPTH = 4;

/** What an object is begun with, mostly by its owner alone. */
const BEGINS = /^_*(init|setup|set_up|start|open|connect|begin|launch|run$|main$)/;

export function mayRunTwice(module: Module, model: FunctionModel, depth = 0): boolean {
  if (isRegistered(model) || isStartedTwice(module, model)) return true;
  const isUsual = !BEGINS.test(model.name) || module.graph.callsOf(model).length > 0;
  if (depth === 0 && isUsual && model.owner && isSharedByTasks(module, model.owner)) return true;
  if (depth >= MOST_DEPTH) return false;
  return module.graph
    .callsOf(model)
    .some(({ node, caller }) => caller && node.parent?.type === 'await' && mayRunTwice(module, caller, depth + 1));
}

const EVENTS = new Set(
  'get post put head options route websocket command event listener on on_event on_message message_handler'.split(' '),
);

/** `@app.get("/")` and its like: it is called whenever something comes. */
function isRegistered({ decorators }: FunctionModel): boolean {
  return decorators.some((decorator) => {
    const callee = decorator.type === 'call' ? decorator.child('function') : decorator;
    const name = callee?.type === 'attribute' ? (callee.child('attribute')?.text ?? '') : '';
    if (decorator.type !== 'call') return name === 'event';
    const first = decorator.child('arguments')?.children[0];
    const isPath = first?.type === 'string' && /^['"]\//.test(first.text);
    return isPath || EVENTS.has(name);
  });
}

/** The class makes a lock of asyncio, or one of its objects is there for the whole module. */
function isSharedByTasks({ definitions, attributes, kinds, root }: Module, owner: ClassModel): boolean {
  const family = definitions.family(owner);
  const hasLock = family.some((each) =>
    attributes
      .names(each)
      .some((name) => attributes.of(each, name).some(({ value }) => isAsyncLock(kinds.nameOf(value)))),
  );
  if (hasLock) return true;
  return [...scopeOf(root).bindings.values()].flat().some(({ kind, value }) => {
    const made =
      kind === 'assign' && value?.type === 'call' ? definitions.classNamed(value.child('function')) : undefined;
    return made !== undefined && definitions.family(made).includes(owner);
  });
}

function isStartedTwice({ units }: Module, model: FunctionModel): boolean {
  const starts = units.starts.filter((start) => start.kind === 'task' && start.model === model && isConcurrent(start));
  if (starts.some(isStartedInRounds)) return true;
  // A second task that takes the place of the first one does not count, nor one of another object.
  const keepers = starts.map(({ node }) => targetOf(node)).filter((target) => target?.includes('.'));
  const objects = starts.map(objectOf);
  return (
    starts.length > 1 && new Set(keepers).size + (starts.length - keepers.length) > 1 && new Set(objects).size === 1
  );
}

/** The one that starts it goes on meanwhile. */
function isConcurrent({ node }: Start): boolean {
  const name = qualifiedName(node.child('function'));
  return (
    name !== 'asyncio.run' &&
    name !== 'asyncio.wait_for' &&
    node.child('function')?.child('attribute')?.text !== 'run_until_complete'
  );
}

function targetOf(node: SyntaxNode): string | undefined {
  return node.parent?.type === 'assignment' ? node.parent.child('left')?.text : undefined;
}

function objectOf({ target }: Start): string {
  return target?.child('function')?.child('object')?.text ?? '';
}

const LOOPS =
  /^(for_statement|while_statement|list_comprehension|set_comprehension|generator_expression|dictionary_comprehension)$/;

/** In each round of a loop another one is started, of the same object, before the one before has ended. */
function isStartedInRounds({ node, target }: Start): boolean {
  let isWaitedFor = false;
  for (let at: SyntaxNode | null | undefined = target; at && !isFunction(at); at = at.parent) {
    // What is awaited in a round has ended when the next one begins.
    if (at.type === 'await') isWaitedFor = true;
    if (LOOPS.test(at.type) && !isWaitedFor) return !isMadeInside(at, target) && !isAwaitedInside(at, node);
  }
  return false;
}

/** Each round has an object of its own. */
function isMadeInside(loop: SyntaxNode, target: SyntaxNode | undefined): boolean {
  const object = target?.child('function')?.child('object');
  if (!object || object.type === 'call') return object !== undefined;
  const [name] = object.text.split(/[.[]/);
  return loop.all().some((each) => each.type === 'identifier' && each.text === name && isBound(each));
}

function isBound({ field, parent }: SyntaxNode): boolean {
  return field === 'left' || /^(pattern_list|tuple_pattern|as_pattern_target)$/.test(parent?.type ?? '');
}

/** The task has a name that is awaited in the same round. */
function isAwaitedInside(loop: SyntaxNode, node: SyntaxNode): boolean {
  const name = targetOf(node);
  return name !== undefined && loop.all().some(({ type, text }) => type === 'await' && text.includes(name));
}
