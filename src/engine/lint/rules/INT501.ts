import type { Kind } from '../model/kinds';
import type { Module } from '../model/module';
import type { LintRule } from '../rule';
import { bodyNodes, type SyntaxNode } from '../syntax/node';
import { partsOf, putInto } from './support/handedOver';
import { workIn } from './support/work';

export const INT501: LintRule = {
  id: 'INT501',
  name: 'unshareable-to-interpreter',
  title: 'Object cannot be sent to another interpreter',
  severity: 'error',
  check(module, report) {
    const works = workIn(module).filter(({ kind }) => kind === 'interpreter');
    const given = works.flatMap((work) => work.given.map(({ node }) => node));
    const put = putInto(module, /^concurrent\.interpreters\.Queue$/).map(({ node }) => node);
    for (const node of [...given, ...put, ...prepared(module)].flatMap(partsOf)) {
      if (!/^(identifier|attribute|call|generator_expression)$/.test(node.type)) continue;
      const kind = kindOf(module, node);
      if (!kind?.made || kind.instanceOf || !OF_ONE_INTERPRETER.test(kind.name)) continue;
      const text = node.text.length <= 40 && node.type !== 'generator_expression' ? node.text : 'This';
      report({
        node,
        message: `${text} is ${WORDS[kind.name] ?? `a ${kind.name}`}, which cannot be sent to another interpreter. Send plain values, or give a queue of interpreters.`,
        related: kind.made === node ? [] : [{ node: kind.made, text: 'made here' }],
      });
    }
  },
};

const OF_ONE_INTERPRETER =
  /^(threading\.(Lock|RLock|Condition|Semaphore|BoundedSemaphore|Event|Barrier|local|Thread|Timer)|queue\.\w+|concurrent\.futures\.\w+|asyncio\.(Future|Task)|multiprocessing\.pool\.ThreadPool|file|socket\.socket|generator)$/;
const WORDS: Readonly<Record<string, string>> = { file: 'an open file', generator: 'a generator' };

function kindOf({ definitions, kinds }: Module, node: SyntaxNode): Kind | undefined {
  const model = node.type === 'call' ? definitions.callee(node) : undefined;
  if (!model) return kinds.of(node);
  const isGenerator = model.decorators.length === 0 && bodyNodes(model.node).some(({ type }) => type === 'yield');
  return isGenerator && !model.isAsync ? { name: 'generator', made: node } : kinds.of(node);
}

/** What `prepare_main` of an interpreter gets. */
function prepared(module: Module): SyntaxNode[] {
  return module.all('call').flatMap((call) => {
    const callee = call.child('function');
    if (callee?.type !== 'attribute' || callee.child('attribute')?.text !== 'prepare_main') return [];
    if (module.kinds.nameOf(callee.child('object')) !== 'concurrent.interpreters.Interpreter') return [];
    const list = call.child('arguments')?.children ?? [];
    return list.flatMap((each) => (each.type === 'keyword_argument' ? (each.child('value') ?? []) : each));
  });
}
