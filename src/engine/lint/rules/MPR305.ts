import { type FunctionModel, isStatic } from '../model/definitions';
import { isProcessLock } from '../model/kindNames';
import type { Module } from '../model/module';
import { scopeOf } from '../model/scopes';
import type { LintRule, RuleFinding } from '../rule';
import { functionAround, type SyntaxNode } from '../syntax/node';
import { functionFix } from './support/lambdaFix';
import { importsProcesses, startMethod } from './support/processes';
import { type Work, workIn } from './support/work';

export const MPR305: LintRule = {
  id: 'MPR305',
  name: 'unpicklable-target',
  title: 'Function cannot be sent to another process',
  severity: 'error',
  check(module, report) {
    if (!importsProcesses(module)) return;
    const found = workIn(module).flatMap((work) => {
      const reason = work.kind === 'process' ? reasonOf(module, work) : undefined;
      return reason && work.target ? [{ node: work.target, way: work.way, ...reason }] : [];
    });
    const lambdas = found.filter(({ node }) => node.type === 'lambda');
    for (const { node, way, message, related } of found) {
      const fix = node.type === 'lambda' && lambdas.length === 1 ? functionFix(module, node) : undefined;
      report({
        node,
        message,
        ...(way === 'pool' ? {} : { severity: 'warning' as const }),
        related,
        ...(fix ? { fix } : {}),
      });
    }
  },
};

interface Reason {
  readonly message: string;
  readonly related: NonNullable<RuleFinding['related']>;
}

function reasonOf(module: Module, { target, model, way, call }: Work): Reason | undefined {
  if (!target || !model) return undefined;
  if (way !== 'pool' && startMethod(module, call) === 'fork') return undefined;
  const named = target.type === 'call' ? (target.child('arguments')?.children[0] ?? target) : target;
  const tail = way === 'pool' ? 'so it cannot be sent to a process' : 'so only a forked process can have it';
  if (model.node.type === 'lambda') {
    const related = named === model.node ? [] : [{ node: model.node, text: 'the lambda' }];
    return { message: `A lambda has no name to be found by, ${tail}. Make it a function of the module.`, related };
  }
  if (!model.owner) return isNested(model) ? nested(model, tail) : undefined;
  const isBound = named.type === 'attribute' && !module.definitions.classNamed(named.child('object'));
  if (!isBound || isStatic(model) || model.decorators.some(({ text }) => text === 'classmethod')) return undefined;
  return boundMethod(module, model, named, way);
}

function nested(model: FunctionModel, tail: string): Reason {
  return {
    message: `${model.name} is made inside a function, ${tail}. Move it to the top level of the module.`,
    related: [{ node: model.node.child('name') ?? model.node, text: 'made here' }],
  };
}

function isNested({ node, name }: FunctionModel): boolean {
  const around = functionAround(node);
  return around !== undefined && !scopeOf(around).globals.has(name);
}

const BASES_WITHOUT_STATE: ReadonlySet<string> = new Set(['object', 'ABC', 'abc.ABC', 'Generic', 'Protocol']);
const UNPICKLABLE =
  /^(threading\.\w+|queue\.(Queue|LifoQueue|PriorityQueue)|concurrent\.futures\.\w+Executor|multiprocessing\.(Pool|pool\.ThreadPool)|file)$/;

/** A method takes its object along, with all that this has. */
function boundMethod(module: Module, model: FunctionModel, named: SyntaxNode, way: Work['way']): Reason | undefined {
  const { definitions, attributes, kinds } = module;
  const owner = kinds.ownerOf(named.child('object'));
  if (!owner) return undefined;
  const family = definitions.family(owner);
  const isWhole = family.every(({ bases }) =>
    bases.every((base) => definitions.classNamed(base) || BASES_WITHOUT_STATE.has(base.text)),
  );
  const says = ['__getstate__', '__reduce__', '__reduce_ex__'].some((name) => definitions.method(owner, name));
  if (!isWhole || says) return undefined;
  if (functionAround(owner.node))
    return {
      message: `${owner.name} is a class made inside a function, so its method ${model.name} cannot be sent to a process.`,
      related: [{ node: owner.node.child('name') ?? owner.node, text: 'made here' }],
    };
  for (const name of new Set(family.flatMap((each) => attributes.names(each)))) {
    for (const { node, value, method } of attributes.of(owner, name)) {
      const kind = method && value ? kinds.of(value) : undefined;
      if (!kind?.made || kind.instanceOf || kind.made.type !== 'call') continue;
      const isInherited = isProcessLock(kind.name) && kind.name.split('.').length === 2;
      if (!UNPICKLABLE.test(kind.name) && !(isInherited && way === 'pool')) continue;
      return {
        message: `${model.name} takes its object along, and that has ${name}, which cannot be pickled. Give the process a function and plain values.`,
        related: [{ node, text: `${name} is made here` }],
      };
    }
  }
  return undefined;
}
