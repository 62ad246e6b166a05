/** CPU time and data between processes, from what the processes themselves and the kernel say. */
import type { Model } from '../model';
import type { Trace } from '../trace';

interface Window {
  readonly from: number;
  readonly to: number;
}

/** Nanoseconds on cores of all threads: from the kernel's switch records, or else as each process adds up its own. */
export function cpuWithin(
  trace: Trace,
  { from, to }: Window,
): { readonly nanos: number | null; readonly note: string } {
  if (trace.cores.source === 'exact') {
    const { start, end } = trace.coreSpans.columns;
    let nanos = 0;
    for (let row = 0; row < trace.coreSpans.length; row++) {
      nanos += Math.max(0, Math.min(end[row]!, to) - Math.max(start[row]!, from));
    }
    return { nanos: Math.round(nanos), note: '' };
  }
  const nanos = sumOver(trace, 'cpuNs');
  return nanos === null
    ? { nanos, note: 'CPU time is not known, since a process ended before it could tell.' }
    : { nanos, note: 'CPU time is as each Python process adds up its own; what is no Python is not in it.' };
}

/** Bytes that calls and results took on their way between processes or interpreters. */
export function sentBytes(trace: Trace): { readonly bytes: number | null; readonly note: string } {
  const hasOwnPool = trace.run.mode === 'interpreter' && isFrom314(trace.run.python);
  if (hasOwnPool) return { bytes: null, note: "What Python's own pool of interpreters sends to them is not known." };
  const bytes = sumOver(trace, 'sentBytes');
  return {
    bytes,
    note: bytes === null ? 'What was sent is not known, since a process ended before it could tell.' : '',
  };
}

/** Over the program between begin and over, and the other processes from their begin to their end; null where one is silent. */
function sumOver({ usages, units }: Trace, figure: keyof Pick<Model['usages'][number], 'cpuNs' | 'sentBytes'>) {
  const begin = usages.find(({ at }) => at === 'begin');
  const over = usages.find(({ at }) => at === 'over');
  if (!begin || !over) return null;
  let sum = over[figure] - begin[figure];
  for (const { id, kind, start, how } of units) {
    if (kind !== 'process' || id === begin.unit || start < begin.time) continue;
    const told = usages.find(({ unit, at }) => unit === id && at === 'end');
    // What serves others (a tracker, the fork server) is ended by force, and does nothing that matters.
    if (!told && how === 'server') continue;
    if (!told) return null;
    sum += told[figure];
  }
  return sum;
}

function isFrom314(python: string): boolean {
  const [major = 3, minor = 0] = python.split('.').map(Number);
  return major > 3 || minor >= 14;
}
