/** Runs in the page of a comparison before it: stands for VS Code, and compares two runs of a shop. */
import type { Comparison, ComparisonMessage, ComparisonRequest } from '../../../common/comparison';
import { TraceBuilder } from './traceBuilder';
import { TRACES } from './traces';

const query = new URLSearchParams(location.search);
const theme = query.get('theme') ?? 'dark';
document.body.className = `vscode-${theme}`;
document.documentElement.dataset.theme = theme;

const posted: ComparisonRequest[] = [];
const names = (query.get('traces') ?? 'orders,orders').split(',');
const builders = names.map((name) => TRACES[name]?.() ?? new TraceBuilder());

const comparison: Comparison = {
  kind: 'comparison',
  title: 'orders.py and orders.py without the lock',
  progress: '',
  runs: builders.map((_, i) => ({
    title: ['with the lock', 'without it'][i] ?? `run ${i + 1}`,
    note: 'Python 3.13.0',
  })),
  sentences: ['The second run took 4.10 s in place of 6.10 s, 33 % less.'],
  evidence: ['wall time 6.10 s and 4.10 s', 'waiting for Cache._lock 2.30 s and 0 s'],
  tables: [
    {
      title: 'The whole run',
      note: 'Where cores were sampled, CPU time is an estimate.',
      rows: [
        {
          name: 'wall',
          title: 'From start to end',
          unit: 'ns',
          values: builders.map((_, i) => 6.1e9 - i * 2e9),
          better: 'less',
        },
        { name: 'threads', title: 'Number of threads', unit: 'count', values: builders.map(() => 4), better: '' },
        {
          name: 'CPU',
          title: 'Time on cores',
          unit: 'ns',
          values: builders.map((_, i) => (i ? null : 3e9)),
          better: 'less',
        },
      ],
    },
  ],
};

const send = (message: ComparisonMessage): void => window.postMessage(message, '*');
Object.assign(window, {
  acquireVsCodeApi: () => ({
    postMessage: (request: ComparisonRequest) => {
      posted.push(request);
      if (request.kind !== 'ready') return;
      send(comparison);
      for (const [run, builder] of builders.entries()) send({ kind: 'runDelta', run, delta: builder.snapshot() });
    },
  }),
  fake: { posted, comparison, send },
});
