/** Figures as a run of eight calls by two workers on four cores would have them, but for what a test says. */
import type { Mode, ThreadState } from '../../../../common/trace';
import type { ModeFigures } from '../../../../src/engine/compare/figures';

export const MS = 1e6;

type Given = Partial<Omit<ModeFigures, 'states' | 'mode'>> & {
  readonly states?: Partial<Record<ThreadState, number>>;
};

export function drawFigures(mode: Mode, given: Given): ModeFigures {
  const { states, ...rest } = given;
  return {
    mode,
    python: '3.13.0',
    gil: true,
    workers: 2,
    cores: 4,
    coreSource: 'exact',
    wallNs: 800 * MS,
    cpuNs: null,
    startupNs: mode === 'process' ? 40 * MS : 1 * MS,
    peakBytes: null,
    limitBytes: null,
    pickledBytes: 0,
    waits: {},
    coresBusy: null,
    callsNs: new Array(8).fill(100 * MS),
    callsAtOnce: mode === 'sequential' ? 1 : 2,
    ranAtOnce: 1,
    aloneShare: 0.05,
    isCoroutine: false,
    notes: [],
    ...rest,
    states: { running: 0, ready: 0, gil: 0, blocked: 0, waiting: 0, ...states },
  };
}
