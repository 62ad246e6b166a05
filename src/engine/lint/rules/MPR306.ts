import { qualifiedName } from '../model/imports';
import type { Module } from '../model/module';
import type { LintRule } from '../rule';
import { bodyNodes, functionAround, type SyntaxNode } from '../syntax/node';
import { isForkCall, LiveThreads } from './support/liveThreads';
import { processStarts } from './support/processes';

export const MPR306: LintRule = {
  id: 'MPR306',
  name: 'fork-with-threads',
  title: 'Process is forked while threads run',
  severity: 'warning',
  observedAs: ['hazard.fork-threads', 'hazard.fork-lock'],
  check(module, report) {
    const forks = forksIn(module);
    if (forks.length === 0 || hasCall(module.all('call'), /^os\.register_at_fork$/)) return;
    const threads = new LiveThreads(module);
    for (const fork of forks) {
      const around = functionAround(fork);
      if (hasCall(bodyNodes(around ?? module.root), /^os\.(exec\w+|posix_spawnp?)$/)) continue;
      const start = threads.before(fork) ?? (around ? threads.atImport() : undefined);
      if (!start) continue;
      report({
        node: fork,
        message:
          'This forks while a thread runs: the child lacks the thread, and a lock that it holds stays held. Use spawn, or fork first.',
        related: [{ node: start, text: 'the thread is started here' }],
      });
    }
  },
};

function forksIn(module: Module): SyntaxNode[] {
  const started = processStarts(module).filter(({ method, what }) => /ork$/.test(method) && FORKING.has(what));
  return [...module.all('call').filter(isFork), ...started.map(({ node }) => node)];
}

const FORKING: ReadonlySet<string> = new Set(['Process', 'Pool', 'Executor']);

function isFork(call: SyntaxNode): boolean {
  const text = call.child('function')?.text;
  return text !== undefined && /fork(pty)?$/.test(text) && isForkCall(call);
}

function hasCall(nodes: readonly SyntaxNode[], names: RegExp): boolean {
  return nodes.some(({ type, children: [callee] }) => type === 'call' && names.test(qualifiedName(callee) ?? ''));
}
