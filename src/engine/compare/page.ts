/** A comparison of modes as the page shows it: a column for each mode and Python. Pure. */
import type { CompareDocument, CompareRun } from '../../../common/compare';
import type { Comparison, FigureRow, FigureTable } from '../../../common/comparison';
import { modeName } from './words';

/** Title of a run's column and lanes: `In threads`; with several Pythons `In threads, 3.13.0`. */
export function runTitle({ mode, python }: Pick<CompareRun, 'mode' | 'python'>, hasSeveralPythons: boolean): string {
  return hasSeveralPythons ? `${modeName(mode, true)}, ${python}` : modeName(mode, true);
}

/** `progress` is what goes on, '' when all runs are over: only then there is a verdict. */
export function comparisonPage(found: CompareDocument, progress: string): Comparison {
  const { runs, verdict, skipped, notes } = found;
  const several = new Set(runs.map(({ python }) => python)).size > 1;
  const workers = `${found.workers} ${found.workers === 1 ? 'worker' : 'workers'}`;
  const left = skipped.map(({ mode, python, reason }) => {
    return `Not ${modeName(mode)}${several ? ` on Python ${python}` : ''}: ${reason}`;
  });
  return {
    kind: 'comparison',
    title: `${found.function}(${found.inputs}), ${workers}`,
    progress,
    runs: runs.map((run) => ({ title: runTitle(run, several), note: several ? '' : `Python ${run.python}` })),
    sentences: progress === '' ? [verdict.text, ...left] : left,
    evidence: progress === '' ? [...verdict.evidence, ...notes] : [],
    tables: [figureTable(runs, found.workers), waitTable(runs)].filter(({ rows }) => rows.length > 0),
    canSave: progress === '' && runs.length > 0,
  };
}

function figureTable(runs: readonly CompareRun[], workers: number): FigureTable {
  const rows: FigureRow[] = [
    {
      name: 'wall time',
      title: 'From where the calls begin to where all are over: the median of the runs, half the spread behind ±',
      unit: 'ns',
      better: 'less',
      values: runs.map(({ wallNs }) => wallNs.median),
      spreads: runs.map(({ wallNs }) => (wallNs.min === wallNs.max ? null : [wallNs.min, wallNs.max])),
    },
    {
      name: 'speed-up',
      title: 'Against one call after the other',
      unit: 'times',
      better: 'more',
      values: runs.map(({ speedup }) => speedup),
    },
    {
      name: 'efficiency',
      title: 'Speed-up by the number of workers',
      unit: 'share',
      better: '',
      values: runs.map(({ mode, speedup }) => (speedup === null || mode === 'sequential' ? null : speedup / workers)),
    },
    {
      name: 'CPU time',
      title: 'Of all threads and processes meanwhile',
      unit: 'ns',
      better: 'less',
      values: runs.map(({ cpuNs }) => cpuNs),
    },
    {
      name: 'cores busy',
      title: 'CPU time by wall time',
      unit: 'cores',
      better: '',
      values: runs.map(({ coresBusy }) => coresBusy),
    },
    {
      name: 'start-up',
      title: 'What the mode adds: until the first call of each worker, and after the last one',
      unit: 'ns',
      better: 'less',
      values: runs.map(({ startupNs }) => startupNs),
    },
    {
      name: 'peak memory',
      title: 'Of all processes together, the highest of samples',
      unit: 'bytes',
      better: 'less',
      values: runs.map(({ peakBytes }) => peakBytes),
    },
    {
      name: 'sent',
      title: 'Between processes or interpreters, calls and results',
      unit: 'bytes',
      better: 'less',
      values: runs.map(({ pickledBytes }) => pickledBytes),
    },
  ];
  return { title: 'Modes', rows: rows.filter(({ values }) => values.some((value) => value !== null)), note: '' };
}

function waitTable(runs: readonly CompareRun[]): FigureTable {
  const reasons = [...new Set(runs.flatMap(({ waits }) => Object.keys(waits)))];
  const total = (reason: string): number => runs.reduce((sum, { waits }) => sum + (waits[reason] ?? 0), 0);
  const rows = reasons
    .sort((a, b) => total(b) - total(a))
    .map((reason): FigureRow => {
      const title = 'Summed over all calls, which may wait at the same time';
      return { name: reason, title, unit: 'ns', better: '', values: runs.map(({ waits }) => waits[reason] ?? 0) };
    });
  return { title: 'Waits of the calls', rows, note: '' };
}
