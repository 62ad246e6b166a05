/** A comparison as text for a terminal: a row for each mode, the verdict, what it rests on. */
import type { CompareDocument, CompareRun } from '../../../common/compare';
import { table } from '../reportText';
import { bytes, taking } from './words';

const HEAD = [
  'Mode',
  'wall (min to max)',
  'speed-up',
  'per worker',
  'CPU',
  'cores busy',
  'start-up',
  'memory',
  'sent',
  'waited',
];
const UNKNOWN = '?';
const MOST_REASONS = 2;

export function compareText(document: CompareDocument): string {
  const { runs, verdict, skipped, notes } = document;
  const several = new Set([...runs, ...skipped].map(({ python }) => python)).size > 1;
  const head = `${document.function} · inputs ${document.inputs} · ${document.workers} worker${document.workers === 1 ? '' : 's'}`;
  const rows = runs.map((run) => rowOf(run, document.workers, several));
  const lines = [head, ''];
  if (rows.length > 0) lines.push(...table([HEAD, ...rows]), '');
  for (const { mode, python, reason } of skipped) lines.push(`not run: ${nameOf(mode, python, several)}: ${reason}`);
  if (skipped.length > 0) lines.push('');
  lines.push(`${verdict.kind}, best: ${verdict.best}`, `  ${verdict.text}`);
  lines.push(...verdict.evidence.map((sentence) => `  - ${sentence}`));
  if (notes.length > 0) lines.push('', ...notes.map((sentence) => `! ${sentence}`));
  return `${lines.join('\n')}\n`;
}

function rowOf(run: CompareRun, workers: number, several: boolean): string[] {
  const { wallNs, cpuNs, speedup, startupNs, peakBytes, pickledBytes, coresBusy, waits } = run;
  const or = (value: number | null, text: (value: number) => string): string =>
    value === null ? UNKNOWN : text(value);
  const isOne = run.mode === 'sequential' || run.mode === 'async';
  return [
    nameOf(run.mode, run.python, several),
    `${taking(wallNs.median)} (${taking(wallNs.min)} to ${taking(wallNs.max)})`,
    or(speedup, (value) => `${value.toFixed(2)}x`),
    isOne ? '' : or(speedup, (value) => `${Math.round((100 * value) / Math.max(1, workers))} %`),
    or(cpuNs, taking),
    or(coresBusy, (value) => value.toFixed(1)),
    or(startupNs, taking),
    or(peakBytes, bytes),
    or(pickledBytes, bytes),
    Object.entries(waits)
      .slice(0, MOST_REASONS)
      .map(([reason, nanos]) => `${reason} ${taking(nanos)}`)
      .join(', '),
  ];
}

function nameOf(mode: string, python: string, several: boolean): string {
  return several ? `${mode}, ${python}` : mode;
}
