/** Places in methods that run while no other thread uses the object: before its threads start, after they have ended. */
import type { FunctionModel } from '../../model/definitions';
import type { Module } from '../../model/module';
import { functionAround, type SyntaxNode } from '../../syntax/node';

const MOST_DEPTH = 5;
const START_OR_END =
  /^__(init|new|post_init|attrs_post_init|setstate|init_subclass|a?enter|a?exit|del|copy|deepcopy|reduce|reduce_ex|getstate|getnewargs|set_name|class_getitem|repr|str)__$/;

/** By function of a module: whether all of it runs alone. */
const wholeFunctions = new WeakMap<Module, Map<FunctionModel, boolean>>();

export function isAlone(module: Module, node: SyntaxNode): boolean {
  return isAloneAt(module, node, 0);
}

function isAloneAt(module: Module, node: SyntaxNode, depth: number): boolean {
  const model = module.definitions.around(node);
  const method = module.definitions.selfMethod(node);
  if (!model || !method) return false;
  return (
    isWholeAlone(module, method, depth) ||
    (model !== method && isWholeAlone(module, model, depth)) ||
    startsThreadAfter(module, model, node) ||
    joinsBefore(module, model, node)
  );
}

function isWholeAlone(module: Module, model: FunctionModel, depth: number): boolean {
  const ofModule = wholeFunctions.get(module) ?? new Map<FunctionModel, boolean>();
  wholeFunctions.set(module, ofModule);
  const before = ofModule.get(model);
  if (before !== undefined) return before;
  // Until it is known, what calls itself is not.
  ofModule.set(model, false);
  const found =
    (model.owner !== undefined && START_OR_END.test(model.name)) ||
    isForFork(module, model) ||
    isOnlyCalledAlone(module, model, depth);
  ofModule.set(model, found);
  return found;
}

/** A private method, all of whose calls are in such places, or one that takes the place of such a method. */
function isOnlyCalledAlone(module: Module, model: FunctionModel, depth: number): boolean {
  if (depth >= MOST_DEPTH || !model.name.startsWith('_') || module.graph.isPassedOn(model)) return false;
  const calls = module.graph.callsOf(model);
  if (calls.length > 0) return calls.every(({ node }) => isAloneAt(module, node, depth + 1));
  const overridden = model.owner && module.definitions.family(model.owner).slice(1);
  return (
    overridden?.some(({ methods }) => {
      const other = methods.get(model.name);
      return other !== undefined && isWholeAlone(module, other, depth + 1);
    }) ?? false
  );
}

/** A forked child has one thread only. */
export function isForFork(module: Module, model: FunctionModel): boolean {
  if (/fork/i.test(model.name)) return true;
  return module.calls.named('os.register_at_fork').some((call) => {
    const given = call.child('arguments')?.children ?? [];
    return given.some((each) => module.definitions.functionOfExpression(each.child('value') ?? each) === model);
  });
}

function startsThreadAfter(module: Module, { node: around }: FunctionModel, node: SyntaxNode): boolean {
  return callsOf(around).some((call) => call.start > node.start && startsThread(module, call));
}

function startsThread(module: Module, call: SyntaxNode): boolean {
  if (isStart(call)) return true;
  const model = module.definitions.callee(call);
  return model !== undefined && model.name !== '__init__' && callsOf(model.node).some(isStart);
}

function isStart(call: SyntaxNode): boolean {
  const callee = call.child('function');
  const name = callee?.child('attribute')?.text ?? callee?.text;
  if (name === 'start_new_thread') return true;
  return name === 'start' && callee?.type === 'attribute' && call.child('arguments')?.children.length === 0;
}

function joinsBefore(module: Module, { node: around }: FunctionModel, node: SyntaxNode): boolean {
  return callsOf(around).some((call) => call.end <= node.start && isJoin(module, call));
}

function isJoin(module: Module, call: SyntaxNode): boolean {
  const callee = call.child('function');
  if (callee?.type !== 'attribute') return false;
  const name = callee.child('attribute')?.text;
  const kind = module.kinds.nameOf(callee.child('object'));
  if (name === 'shutdown') return /Executor$/.test(kind);
  if (name !== 'join') return false;
  const given = call.child('arguments')?.children ?? [];
  return /Thread$|Process$|Timer$/.test(kind) || given.every(({ type }) => type === 'keyword_argument');
}

/** Kept with the syntax: they are what the function's text says. */
const known = new WeakMap<SyntaxNode, readonly SyntaxNode[]>();

/** Calls that a function makes itself. */
function callsOf(around: SyntaxNode): readonly SyntaxNode[] {
  const before = known.get(around);
  if (before) return before;
  const calls = around.all().filter((each) => each.type === 'call' && functionAround(each) === around);
  known.set(around, calls);
  return calls;
}
