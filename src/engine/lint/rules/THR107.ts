import type { FunctionModel } from '../model/definitions';
import type { Module } from '../model/module';
import { bindingScope } from '../model/scopes';
import type { LintRule } from '../rule';
import { bodyNodes, type SyntaxNode } from '../syntax/node';
import { hasLocks, interruptionsBy, onePerLock, takenElsewhere } from './support/interruptions';

export const THR107: LintRule = {
  id: 'THR107',
  name: 'lock-in-signal-handler',
  title: 'A signal handler takes a lock that others hold',
  severity: 'warning',
  observedAs: ['hazard.signal-lock'],
  check(module, report) {
    if (module.calls.named('signal.signal').length === 0) return;
    for (const call of outputs(module)) {
      report({
        node: call,
        severity: 'info',
        message:
          'A signal can come in the middle of other output, and writing here raises RuntimeError then. Set a flag that the main loop looks at.',
      });
    }
    if (!hasLocks(module)) return;
    const inHandlers = module.units.reachedIn('signal');
    const isInHandler = (model: FunctionModel | undefined): boolean => model !== undefined && inHandlers.has(model);
    const isElsewhere = (model: FunctionModel | undefined): boolean =>
      isInHandler(model) || module.units.isInThread(model);
    for (const start of module.units.starts) {
      const { kind, model } = start;
      if (kind !== 'signal' || !model) continue;
      for (const { name, declaration, from, node } of onePerLock(interruptionsBy(module, { ...start, model }))) {
        const other = takenElsewhere(module, declaration, isElsewhere);
        // Threads that take it go on while the handler waits. Handlers alone can interrupt one another.
        if (!other && takenElsewhere(module, declaration, isInHandler)) continue;
        const who = model.name ? `The signal handler ${model.name}` : 'This signal handler';
        report({
          node: from,
          message: `${who} can interrupt ${other ? 'the main thread while that' : 'itself while it'} holds ${name}: then it waits for itself for ever. Set a flag that the main loop looks at.`,
          related: [
            ...(node === from ? [] : [{ node, text: 'taken here' }]),
            ...(other ? [{ node: other, text: 'also taken here' }] : []),
          ],
        });
      }
    }
  },
};

const LEVELS = /^(debug|info|warning|error|exception|critical|log)$/;

/** The first `print` or logging of each handler. */
function outputs(module: Module): SyntaxNode[] {
  const handlers = module.units.starts.flatMap(({ kind, model }) => (kind === 'signal' && model ? [model] : []));
  return [...new Set(handlers)].flatMap(({ node }) => bodyNodes(node).find((each) => isOutput(module, each)) ?? []);
}

function isOutput({ calls }: Module, node: SyntaxNode): boolean {
  const callee = node.type === 'call' ? node.child('function') : undefined;
  if (callee?.type === 'identifier') return callee.text === 'print' && !bindingScope(callee, 'print');
  const object = callee?.child('object');
  if (!object || !LEVELS.test(callee?.child('attribute')?.text ?? '')) return false;
  const bindings = object.type === 'identifier' ? bindingScope(object, object.text)?.bindings.get(object.text) : [];
  const loggers = calls.named('logging.getLogger');
  return object.text === 'logging' || (bindings?.some(({ value }) => value && loggers.includes(value)) ?? false);
}
