/** Runs of one function in several modes, put together into one document with its verdict. */
import type { CompareDocument, CompareRun, CompareVerdict, SkippedMode } from '../../../common/compare';
import { type Facts, factsOf } from './facts';
import type { ModeFigures } from './figures';
import { type Measured, measure } from './measured';
import { type Judgement, judge, THRESHOLDS } from './rules';
import { modeName, percent } from './words';

/** What was asked for; of importance where nothing could be run. */
export interface CompareRequest {
  readonly function: string;
  readonly inputs: string;
  /** 0 for the number of cores. */
  readonly workers: number;
}

export function compareRuns(
  request: CompareRequest,
  figures: readonly ModeFigures[],
  skipped: readonly SkippedMode[] = [],
): CompareDocument {
  const byPython = [...measure(figures)];
  const judged = byPython.map(([python, measured]) => ({ python, judgement: judgeOn(request.function, measured) }));
  const first = judged[0]?.judgement ?? judgeOn(request.function, []);
  return {
    schema: 'interleave.compare/1',
    function: request.function,
    workers: figures[0]?.workers ?? request.workers,
    inputs: request.inputs,
    runs: byPython.flatMap(([python, measured]) => measured.map((run) => documentRun(python, run))),
    verdict: verdictOf(first, judged),
    skipped,
    notes: notesOf(figures),
  };
}

function documentRun(python: string, { mode, wallNs, speedup, figures }: Measured): CompareRun {
  const { cpuNs, startupNs, peakBytes, pickledBytes, waits, coresBusy } = figures;
  return {
    mode,
    python,
    wallNs: { median: Math.round(wallNs.median), min: Math.round(wallNs.min), max: Math.round(wallNs.max) },
    cpuNs,
    speedup: speedup === null ? null : rounded(speedup),
    startupNs: startupNs === null ? null : Math.round(startupNs),
    peakBytes,
    pickledBytes,
    waits,
    coresBusy: coresBusy === null ? null : rounded(coresBusy),
  };
}

function verdictOf(
  first: Judgement,
  judged: readonly { readonly python: string; readonly judgement: Judgement }[],
): CompareVerdict {
  const others = judged.slice(1).map(({ python, judgement }) => `On Python ${python}: ${judgement.text}`);
  const on = judged.length > 1 ? `On Python ${judged[0]!.python}: ` : '';
  return { ...first, text: on + first.text, evidence: [...first.evidence, ...others] };
}

function judgeOn(name: string, measured: readonly Measured[]): Judgement {
  const facts = factsOf(name, measured);
  const { kind, best, text, evidence } = judge(facts);
  return { kind, best, text, evidence: [...evidence, ...crowdOf(facts), ...busyMachineOf(facts)] };
}

/** More workers than cores: for what computes that is more than can run. */
function crowdOf({ all, workers, cpuShare }: Facts): string[] {
  const cores = all[0]?.figures.cores ?? 0;
  if (cores === 0 || workers <= cores || cpuShare < THRESHOLDS.waits) return [];
  return [`There were ${workers} workers and ${cores} cores: what computes cannot get faster than ${cores} times.`];
}

/** Times of a machine that others keep busy say little, whatever they are. */
function busyMachineOf({ all, workers }: Facts): string[] {
  // With more workers than cores they push off each other.
  const alone = all.filter(({ mode, figures }) => mode === 'sequential' || workers <= figures.cores);
  const shares = alone.map(({ mode, figures: { states } }) => {
    const whole = Object.values(states).reduce((sum, nanos) => sum + nanos, 0);
    return { mode, share: states.ready / Math.max(1, whole) };
  });
  const most = shares.sort((a, b) => b.share - a.share)[0];
  if (!most || most.share < THRESHOLDS.busyMachine) return [];
  return [
    `Other programs kept the cores busy: ${modeName(most.mode)}, the calls wanted a core and had none for ${percent(most.share)} of their time, so wall times say little.`,
  ];
}

function notesOf(figures: readonly ModeFigures[]): string[] {
  const byNote = new Map<string, Set<string>>();
  const names = new Set<string>();
  for (const { mode, python, notes: own } of figures) {
    const name = `${mode}, Python ${python}`;
    names.add(name);
    for (const note of own) byNote.set(note, (byNote.get(note) ?? new Set()).add(name));
  }
  const notes = [...byNote].map(([note, of]) => (of.size === names.size ? note : `${[...of].join('; ')}: ${note}`));
  if (figures.some(({ coreSource }) => coreSource === 'sampled'))
    notes.unshift('Who ran on which core is sampled here, so how many ran at once is not exact.');
  if (figures.some(({ coreSource }) => coreSource === 'none'))
    notes.unshift('Who ran on which core is not known here, so that a call ran is told only from its not waiting.');
  if (figures.some(({ peakBytes }) => peakBytes !== null))
    notes.push('Memory is the highest of samples 10 ms apart or more, so a short peak can be missing.');
  return notes;
}

function rounded(number: number): number {
  return Math.round(number * 1000) / 1000;
}
