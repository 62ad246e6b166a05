/** Whether two threads can be in two functions at once, and have the same object there. */
import type { FunctionModel } from '../../model/definitions';
import type { Module } from '../../model/module';
import { bindingScope } from '../../model/scopes';
import type { Start } from '../../model/units';
import { functionAround, type SyntaxNode } from '../../syntax/node';
import { isSetUp } from './surroundings';

/** A function that threads run, with all the places that start them; or all that is not known to run in one. */
export interface Context {
  readonly model: FunctionModel | undefined;
  readonly starts: readonly Start[];
  /** Several threads can be in it at once. */
  readonly isMany: boolean;
  /** These have the same `self`. */
  readonly isManyOfSelf: boolean;
  /** Coroutines await each run before they go on, so that runs follow one another as far as can be seen. */
  readonly isAwaited: boolean;
}

const MAIN: Context = { model: undefined, starts: [], isMany: false, isManyOfSelf: false, isAwaited: false };
const LOOPS = [
  'for_statement',
  'while_statement',
  'list_comprehension',
  'set_comprehension',
  'generator_expression',
  'dictionary_comprehension',
] as const;
const NONE: ReadonlySet<Context> = new Set();
const known = new WeakMap<Module, Meetings>();

export function meetingsOf(module: Module): Meetings {
  const before = known.get(module);
  if (before) return before;
  const meetings = new Meetings(module);
  known.set(module, meetings);
  return meetings;
}

export class Meetings {
  readonly roots: readonly Context[];
  private readonly contexts = new Map<FunctionModel, Set<Context>>();
  private readonly extraCallees = new Map<FunctionModel, FunctionModel[]>();

  constructor(private readonly module: Module) {
    const { starts } = module.units;
    this.roots = starts.some(({ kind }) => kind === 'thread') ? this.findRoots(starts) : [];
    if (this.roots.length === 0) return;
    this.findCalleesByKind();
    for (const root of this.roots) if (root.model) this.spread(root, [root.model]);
    const processes = module.units.reachedIn('process');
    const others = module.definitions.functions.filter(
      (each) => !this.contexts.has(each) && !processes.has(each) && each.node.type !== 'lambda',
    );
    this.spread(MAIN, others);
  }

  /** The threads that can run a function. Without threads in the module there are none. */
  of(model: FunctionModel | undefined): ReadonlySet<Context> {
    if (!model || this.roots.length === 0) return NONE;
    const found = this.contexts.get(model);
    if (found && (model.node.type === 'lambda' || !found.has(MAIN) || found.size > 1)) return found;
    // What is made inside of a function and not seen to be handed on runs where that runs.
    const outer = this.module.definitions.function(functionAround(model.node));
    return outer ? this.of(outer) : (found ?? NONE);
  }

  /**
   * Two threads can be in both functions at once; `isSelf`: with the same object; `isSure`: also when nothing happens
   * while a coroutine awaits a run.
   */
  canMeet(one: FunctionModel | undefined, other: FunctionModel | undefined, isSelf: boolean, isSure = false): boolean {
    const ofOther = this.of(other);
    for (const context of this.of(one)) {
      for (const each of ofOther) {
        if (each === context && (isSelf ? each.isManyOfSelf : each.isMany)) return true;
        const isInTurn = isSure ? each.isAwaited || context.isAwaited : each.isAwaited && context.isAwaited;
        if (each !== context && !isInTurn) return true;
      }
    }
    return false;
  }

  private spread(context: Context, models: readonly FunctionModel[]): void {
    const reached = new Set(models);
    for (const model of reached) {
      const contexts = this.contexts.get(model) ?? new Set();
      this.contexts.set(model, contexts.add(context));
      if (context === MAIN && isSetUp(this.module, model)) continue;
      const callees = [...this.module.graph.calleesOf(model), ...(this.extraCallees.get(model) ?? [])];
      for (const callee of callees) if (!/^__(init|new)__$/.test(callee.name)) reached.add(callee);
    }
  }

  private findRoots(starts: readonly Start[]): Context[] {
    const byModel = new Map<FunctionModel, Start[]>();
    for (const start of starts) {
      if (start.kind !== 'thread' && start.kind !== 'callback') continue;
      const model = start.model ?? this.methodOf(start.target);
      if (model) byModel.set(model, [...(byModel.get(model) ?? []), start]);
    }
    return [...byModel].map(([model, own]) => {
      const isRun = own.some(({ target }) => target === undefined);
      const isMany = isRun ? this.isMadeOften(model) : this.areMany(model, own);
      const isAwaited = own.every(({ node }) => node.parent?.type === 'await');
      return { model, starts: own, isMany, isManyOfSelf: isMany && !isRun, isAwaited };
    });
  }

  private areMany(model: FunctionModel, starts: readonly Start[]): boolean {
    const free = starts.filter(({ node }) => node.parent?.type !== 'await');
    if (free.some((start) => this.isRepeated(start))) return true;
    const own = free.filter(({ kind, node }) => kind === 'thread' && this.module.function(node) !== model);
    const submits = own.filter(({ isMany }) => isMany);
    if (submits.length > 1) return true;
    const around = own.map(({ node }) => functionAround(node));
    return around.some((each, i) => around.indexOf(each) !== i);
  }

  /** By a loop that does not wait for each, or `map`. */
  private isRepeated({ node, kind, target }: Start): boolean {
    if (kind !== 'thread') return false;
    const method = node.child('function')?.child('attribute')?.text ?? '';
    if (/^(map|imap|starmap)/.test(method)) return true;
    const loop = node.ancestor(...LOOPS);
    if (!loop || functionAround(loop) !== functionAround(node)) return false;
    if (/\.(join|result|get)\(/.test(loop.text.slice(node.end - loop.start))) return false;
    const object = target?.type === 'attribute' ? target.child('object') : undefined;
    if (object?.type !== 'identifier' || this.module.definitions.isSelf(object)) return true;
    const bindings = bindingScope(object, object.text)?.bindings.get(object.text) ?? [];
    return bindings.every((each) => !loop.contains(each.node));
  }

  private isMadeOften({ owner }: FunctionModel): boolean {
    const calls = this.module
      .all('call')
      .filter((call) => owner && this.module.definitions.classNamed(call.child('function')) === owner);
    return calls.length > 1 || calls.some((call) => call.ancestor(...LOOPS) !== undefined);
  }

  private methodOf(target: SyntaxNode | undefined): FunctionModel | undefined {
    if (target?.type !== 'attribute') return undefined;
    const model = this.module.kinds.of(target.child('object'))?.instanceOf;
    return model && this.module.definitions.method(model, target.child('attribute')?.text ?? '');
  }

  /** Calls of methods of an object that the function has not made itself, and which others can therefore have. */
  private findCalleesByKind(): void {
    const { module } = this;
    const names = new Set(module.definitions.classes.flatMap(({ methods }) => [...methods.keys()]));
    for (const call of module.all('call')) {
      const callee = call.child('function');
      const object = callee?.type === 'attribute' ? callee.child('object') : undefined;
      if (!object || !names.has(callee?.child('attribute')?.text ?? '')) continue;
      const caller = module.function(call);
      if (!caller || module.definitions.isSelf(object) || !this.isFromOutside(object, caller)) continue;
      const model = this.methodOf(callee);
      if (model) this.extraCallees.set(caller, [...(this.extraCallees.get(caller) ?? []), model]);
    }
  }

  private isFromOutside(object: SyntaxNode, caller: FunctionModel): boolean {
    if (object.type === 'attribute') return this.module.definitions.isSelf(object.child('object'));
    if (object.type !== 'identifier') return false;
    const scope = bindingScope(object, object.text);
    return scope !== undefined && !caller.node.contains(scope.node);
  }
}
