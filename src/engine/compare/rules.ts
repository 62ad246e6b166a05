/**
 * Which mode work needs, and why: a table of rules, the first that applies counts.
 *
 * They rest on what the traces show (who ran, who waited, how many at once), which a busy machine does not change; wall
 * times only decide whether a mode has paid off in these runs.
 */
import type { VerdictKind } from '../../../common/compare';
import type { Mode } from '../../../common/trace';
import type { Facts } from './facts';
import { isSurelyFaster, type Measured } from './measured';
import { count, modeName, percent, taking, times } from './words';

export const THRESHOLDS = {
  /** Sequential calls that were on a core for at least this part of their time (cores that they waited for left out) compute. */
  computes: 0.7,
  /** Up to this part they wait. */
  waits: 0.5,
  /** A mode pays off when sequential takes this many times as long. */
  paysOff: 1.1,
  /** Waits overlap when so many calls went on at once. */
  overlap: 1.5,
  /** Up to so many threads on cores at once is one at a time; the rest is the moment in which the GIL changes hands. */
  oneAtATime: 1.2,
  /** One call after the other that keeps so many cores busy has threads of its own. */
  ownThreads: 1.3,
  /** From so many on they run at once, which the GIL would not let them. */
  severalAtOnce: 1.3,
  /** Threads of what computes stood in line for the GIL when they were off their cores, not pushed off, for this part of their time. */
  standsInLine: 0.25,
  /** Other programs kept the cores busy when calls were pushed off for this part of their time. */
  busyMachine: 0.25,
  /** The longest call is this many times a worker's even share of the work. */
  longest: 1.4,
  /** The longest call was alone for this part of the time. */
  alone: 0.3,
  /** The loop was blocked for this part of an async run. */
  blocked: 0.3,
  /** The same calls took so many times as much CPU time when they ran at once; two threads of one core reach 1.6. */
  dearer: 1.7,
  /** Memory came to this part of the machine's. */
  memory: 0.8,
} as const;

export interface Judgement {
  readonly kind: VerdictKind;
  readonly best: Mode;
  /** Two sentences. */
  readonly text: string;
  readonly evidence: readonly string[];
}

interface Rule {
  readonly kind: VerdictKind;
  /** Undefined when it does not apply. */
  readonly judge: (facts: Facts) => Omit<Judgement, 'kind'> | undefined;
}

const T = THRESHOLDS;

export const RULES: readonly Rule[] = [
  { kind: 'unclear', judge: nothingToCompare },
  { kind: 'memory-bound', judge: memoryIsFull },
  { kind: 'too-small', judge: tooSmall },
  { kind: 'uneven', judge: uneven },
  { kind: 'blocked-loop', judge: blockedLoop },
  { kind: 'io-bound', judge: ioBound },
  { kind: 'memory-bound', judge: memoryIsSlow },
  { kind: 'gil-free', judge: hasThreadsOfItsOwn },
  { kind: 'gil-free', judge: gilFree },
  { kind: 'cpu-bound', judge: cpuBound },
  { kind: 'unclear', judge: unclear },
];

export function judge(facts: Facts): Judgement {
  for (const { kind, judge: apply } of RULES) {
    const found = apply(facts);
    if (found) return { kind, ...found };
  }
  return { kind: 'unclear', best: 'sequential', text: '', evidence: [] };
}

function nothingToCompare({ name, sequential, others }: Facts) {
  if (sequential && others.length > 0) return undefined;
  const missing = sequential ? 'no other mode came to its end' : 'it did not come to its end one after the other';
  return {
    best: 'sequential' as const,
    text: `Nothing can be said about ${name}, since ${missing}. See what was skipped.`,
    evidence: [],
  };
}

function memoryIsFull({ name, sequential, all }: Facts) {
  const fullest = all
    .filter(({ figures }) => figures.peakBytes !== null && figures.limitBytes !== null)
    .sort((a, b) => b.figures.peakBytes! - a.figures.peakBytes!)[0];
  if (!fullest) return undefined;
  const share = fullest.figures.peakBytes! / Math.max(1, fullest.figures.limitBytes!);
  if (share < T.memory) return undefined;
  const alone = sequential!.figures.peakBytes;
  return {
    best: 'sequential' as const,
    text: `${name} is bound by memory: ${modeName(fullest.mode)} it came to ${percent(share)} of what the machine has. More workers at once need more of it, so fewer are safer than faster.`,
    evidence: [
      `Memory ${modeName(fullest.mode)}: ${percent(share)} of the machine's${alone === null ? '' : `; one after the other ${percent(alone / fullest.figures.limitBytes!)}`} (sampled).`,
    ],
  };
}

function tooSmall({ name, sequential, helpful, calls, places }: Facts) {
  if (helpful.length === 0 || helpful.some(({ speedup }) => speedup! > 1)) return undefined;
  const cost = Math.min(...helpful.map(({ startupNs }) => startupNs));
  const work = sequential!.wallNs.median;
  // What can be won at most: all but one worker's share.
  if (cost < work * (1 - 1 / places)) return undefined;
  return {
    best: 'sequential' as const,
    text: `${name} is too small for workers: all ${calls} calls take ${taking(work)} one after the other, and to start and end workers costs ${taking(cost)} or more. Give each call more work, or run them one after the other.`,
    evidence: [
      `Start-up, the shortest of the runs: ${helpful.map((run) => `${taking(run.startupNs)} ${modeName(run.mode)}`).join(', ')}.`,
    ],
  };
}

function uneven(facts: Facts) {
  const { name, sequential, helpful, workers, calls } = facts;
  const run = fastest(helpful);
  if (!run || calls <= workers / 2 || calls < 2) return undefined;
  const durations = sequential!.figures.callsNs;
  const share = durations.reduce((sum, nanos) => sum + nanos, 0) / Math.min(workers, calls);
  const longest = Math.max(...durations);
  const { aloneShare } = run.figures;
  if (longest < T.longest * share || aloneShare < T.alone) return undefined;
  return {
    ...choice(facts, [run]),
    text: `The calls of ${name} are uneven: the longest takes ${taking(longest)}, an even share of the work for each of ${workers} workers would be ${taking(share)}. ${modeName(run.mode, true)} ${gain(run, sequential!)}, and for ${percent(aloneShare)} of the time only one call was left: split the longest, or begin with it.`,
    evidence: [
      `The longest call is ${times(longest / share)} an even share.`,
      `${modeName(run.mode, true)}, one call was alone for ${percent(aloneShare)} of the time.`,
    ],
  };
}

function blockedLoop(facts: Facts) {
  const { name, tasks, isCoroutine, overlapping, others } = facts;
  if (!tasks) return undefined;
  // That a plain function blocks the loop is no news beside modes that have none.
  if (!isCoroutine && others.length > 1) return undefined;
  const { waiting, blocked } = tasks.figures.states;
  const share = (waiting + blocked) / Math.max(1, tasks.figures.wallNs);
  if (share < T.blocked || (tasks.figures.callsAtOnce > T.overlap && share < T.waits)) return undefined;
  const chosen = choice(
    facts,
    overlapping.filter(({ mode }) => mode !== 'async'),
  );
  const what = isCoroutine ? 'waits without await' : 'is a plain function that waits';
  return {
    ...chosen,
    text: `${name} ${what}, so it blocks the event loop: for ${percent(share)} of the async run nothing else could run in it. ${chosen.best === 'sequential' ? 'Await what it waits for, or hand it to threads (asyncio.to_thread).' : `${modeName(chosen.best, true)} its waits overlap; in the loop they would if it awaited them.`}`,
    evidence: [
      `Steps of tasks waited ${taking(waiting + blocked)} of ${taking(tasks.figures.wallNs)} without giving the loop back.`,
    ],
  };
}

function ioBound(facts: Facts) {
  const { name, cpuShare, overlapping, sequential } = facts;
  if (cpuShare > T.waits || overlapping.length === 0) return undefined;
  const chosen = choice(facts, overlapping);
  const run = overlapping.find(({ mode }) => mode === chosen.best) ?? overlapping[0]!;
  const processes = facts.all.find(({ mode }) => mode === 'process');
  const dearer = processes && processes.startupNs > run.startupNs && run.mode !== 'process';
  return {
    ...chosen,
    text: `${name} is I/O-bound: it waited ${percent(1 - cpuShare)} of its time, and ${modeName(run.mode)} ${count(run.figures.callsAtOnce)} calls waited at once. ${modeName(run.mode, true)} ${gain(run, sequential!)}${dearer ? `; processes only add start-up (${taking(processes.startupNs)})` : ''}.`,
    evidence: [
      `One after the other the calls waited ${percent(1 - cpuShare)} of their time.`,
      `${modeName(run.mode, true)}, ${count(run.figures.callsAtOnce)} calls went on at once.`,
    ],
  };
}

function memoryIsSlow(facts: Facts) {
  const { name, cpuShare, sequential, all } = facts;
  if (cpuShare < T.computes) return undefined;
  const base = sequential!.figures.states.running;
  const together = all.filter(({ mode, figures }) => mode !== 'sequential' && figures.ranAtOnce >= T.severalAtOnce);
  // In threads alone, a lock in C code looks the same.
  const run = together.find(({ mode }) => mode === 'process');
  const isDear = ({ figures, speedup }: Measured): boolean =>
    figures.states.running >= T.dearer * base && speedup! < T.paysOff;
  if (!run || !together.every(isDear)) return undefined;
  const factor = times(run.figures.states.running / base);
  return {
    best: 'sequential' as const,
    text: `${name} is probably bound by memory: ${modeName(run.mode)} ${count(run.figures.ranAtOnce)} calls ran at once, but took ${factor} the CPU time that they take one after the other. Something that the cores share (memory, most likely) is the limit, so more workers did not make it faster.`,
    evidence: [
      `CPU time of the calls ${modeName(run.mode)}: ${factor} that of sequential.`,
      `${modeName(run.mode, true)}, ${count(run.figures.ranAtOnce)} calls ran at once.`,
    ],
  };
}

/** A library that computes in threads of its own, as numpy's matrices do. */
function hasThreadsOfItsOwn(facts: Facts) {
  const { name, cpuShare, sequential, helpful, all } = facts;
  const busy = sequential!.figures.coresBusy ?? 0;
  if (cpuShare < T.computes || busy < T.ownThreads) return undefined;
  const { cores } = sequential!.figures;
  const chosen = choice(facts, helpful);
  const run = all.find(({ mode }) => mode === chosen.best);
  const outcome =
    run && run !== sequential
      ? `${modeName(run.mode, true)} ${gain(run, sequential!)} all the same`
      : 'Further workers had the same cores to share and were not faster';
  return {
    ...chosen,
    text: `${name} computes in threads of its own, without the GIL: one call after the other kept ${count(busy)} of ${cores} cores busy. ${outcome}.`,
    evidence: [
      `One after the other the calls took ${taking(sequential!.figures.cpuNs ?? 0)} of CPU time in ${taking(sequential!.wallNs.median)}.`,
    ],
  };
}

function gilFree(facts: Facts) {
  const { name, cpuShare, threads, sequential } = facts;
  if (!threads || cpuShare < T.computes || threads.figures.ranAtOnce < T.severalAtOnce) return undefined;
  const chosen = choice(facts, facts.helpful);
  const why = threads.figures.gil ? 'what it calls frees the GIL' : 'this Python has no GIL';
  const better = chosen.best === 'thread' ? undefined : facts.helpful.find(({ mode }) => mode === chosen.best);
  const outcome =
    threads.speedup! >= T.paysOff
      ? `${better ? 'Threads help' : 'Threads are enough'}: ${gain(threads, sequential!)}${better ? `, ${modeName(better.mode)} ${taking(better.wallNs.median)}` : ''}`
      : better
        ? `All the same ${gain(threads, sequential!)}, but ${modeName(better.mode)} ${taking(better.wallNs.median)}: something that the threads of one process share is in the way, a lock in C code perhaps`
        : `All the same ${gain(threads, sequential!)}`;
  return {
    ...chosen,
    text: `${name} computes, and its threads run at once, since ${why}: ${count(threads.figures.ranAtOnce)} of ${Math.min(facts.workers, facts.calls)} ran at the same time. ${outcome}.`,
    evidence: [
      `One after the other the calls were on a core for ${percent(cpuShare)} of their time.`,
      `In threads, ${count(threads.figures.ranAtOnce)} calls ran at once; they stood in line for ${percent(lineShare(threads))} of their time.`,
    ],
  };
}

function cpuBound(facts: Facts) {
  const { name, cpuShare, threads, helpful, sequential, workers, calls } = facts;
  if (cpuShare < T.computes || !(threads?.figures.gil ?? true)) return undefined;
  if (threads && (threads.figures.ranAtOnce > T.oneAtATime || lineShare(threads) < T.standsInLine)) return undefined;
  const chosen = choice(facts, helpful);
  const run = helpful.find(({ mode }) => mode === chosen.best);
  const parallel = fastest(helpful);
  const outcome = run
    ? `${modeName(run.mode, true)} ${gain(run, sequential!)}`
    : parallel
      ? `${modeName(parallel.mode, true)} ${gain(parallel, sequential!)}, either`
      : 'No mode without a common GIL was run';
  const held = threads
    ? `in threads ${count(threads.figures.ranAtOnce)} of ${Math.min(workers, calls)} ran at a time, since the others wanted the GIL`
    : 'whether its threads run at once was not looked at';
  return {
    ...chosen,
    text: `${name} is CPU-bound: it was on a core for ${percent(cpuShare)} of its time, and ${held}. ${outcome}.`,
    evidence: [
      `One after the other the calls were on a core for ${percent(cpuShare)} of their time.`,
      ...(threads
        ? [
            `In threads, ${count(threads.figures.ranAtOnce)} calls were on a core at once; they stood in line for ${percent(lineShare(threads))} of their time.`,
          ]
        : []),
    ],
  };
}

function unclear(facts: Facts) {
  const { name, cpuShare, threads, others, sequential, isCoroutine } = facts;
  const run = fastest(others);
  // Without a reason for it, times must speak for themselves; a plain function gains nothing in a loop.
  const sure = others.filter((other) => isSurelyFaster(other, sequential!) && (other.mode !== 'async' || isCoroutine));
  const chosen = choice(facts, sure);
  return {
    ...chosen,
    text: `What limits ${name} is not clear from these runs: it was on a core for ${percent(cpuShare)} of its time${threads ? `, and in threads ${count(threads.figures.ranAtOnce)} calls ran at once` : ''}. ${run ? `The fastest other mode was ${run.mode}, ${gainFigures(run, sequential!)}` : 'No other mode was run'}.`,
    evidence: [],
  };
}

/** Threads of what computes and was not pushed off its core: off it, they wait for the GIL, whoever had it then. */
function lineShare({ figures }: Measured): number {
  const { running, ready, gil, blocked } = figures.states;
  return (gil + blocked) / Math.max(1, running + ready + gil + blocked);
}

/** The simplest of the modes that is about as fast as the fastest of them; sequential when none pays off. */
function choice({ order }: Facts, runs: readonly Measured[]): { readonly best: Mode } {
  const top = fastest(runs);
  if (!top || top.speedup! < T.paysOff) return { best: 'sequential' };
  const close = runs.filter(({ wallNs }) => wallNs.median <= T.paysOff * top.wallNs.median);
  return { best: [...close].sort((a, b) => order.indexOf(a.mode) - order.indexOf(b.mode))[0]!.mode };
}

function fastest(runs: readonly Measured[]): Measured | undefined {
  return [...runs].sort((a, b) => a.wallNs.median - b.wallNs.median)[0];
}

function gain(run: Measured, sequential: Measured): string {
  const figures = gainFigures(run, sequential);
  if (run.speedup! < T.paysOff) return `the calls were not faster in these runs (${figures})`;
  const isSure = isSurelyFaster(run, sequential);
  return `the calls took ${figures}${isSure ? '' : ' (probably faster: the runs vary more than they differ)'}`;
}

function gainFigures(run: Measured, sequential: Measured): string {
  return `${taking(run.wallNs.median)} in place of ${taking(sequential.wallNs.median)}`;
}
