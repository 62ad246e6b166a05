/** Runs with more and more workers as the page of a comparison shows them. Pure. */
import type { Comparison, FigureRow, FigureTable, ScalingPicture } from '../../../common/comparison';
import type { ScalingDocument } from '../../../common/scaling';
import { speedupBy } from './amdahl';
import { modeName, percent, times } from './words';

/** Pieces of the curve of Amdahl's law: at 600 pixels a piece is too short to be seen as straight. */
const CURVE_PIECES = 40;

/** `8 workers`, `1 worker`. */
export function workersName(workers: number): string {
  return `${workers} ${workers === 1 ? 'worker' : 'workers'}`;
}

/**
 * Numbers of workers whose runs are shown: the fewest, the knee and the most. The knee is known when all are over; until
 * then it is left out, so that there are never fewer runs than before.
 */
export function shownWorkers({ points, knee }: ScalingDocument, isOver: boolean): readonly number[] {
  const counts = points.map(({ workers }) => workers);
  const ends = [counts[0], counts.at(-1), isOver ? (knee ?? undefined) : undefined];
  return [...new Set(ends.filter((workers) => workers !== undefined))].sort((a, b) => a - b);
}

/** `progress` is what goes on, '' when all runs are over: only then something is concluded. */
export function scalingPage(found: ScalingDocument, progress: string): Comparison {
  const { points, text, evidence, notes } = found;
  const isOver = progress === '';
  const knee = isOver ? seenKnee(found) : null;
  const picture = pictureOf(found, isOver);
  return {
    kind: 'comparison',
    title: `${found.function}(${found.inputs}) ${modeName(found.mode)}, more and more workers`,
    progress,
    runs: shownWorkers(found, isOver).map((workers) => ({
      title: workersName(workers),
      note: workers === knee ? 'the knee' : '',
    })),
    sentences: isOver ? [text] : [],
    evidence: isOver ? [...evidence, ...notes] : [],
    tables: points.length > 0 ? [tableOf(found)] : [],
    ...(picture ? { scaling: picture } : {}),
    canSave: isOver && points.length > 0,
  };
}

/** Null where it grew up to the most workers: what comes beyond them was not seen. */
function seenKnee({ points, knee }: ScalingDocument): number | null {
  return knee === points.at(-1)?.workers ? null : knee;
}

/** Undefined where there is nothing to draw a speed-up from. */
function pictureOf(found: ScalingDocument, isOver: boolean): ScalingPicture | undefined {
  const { points, amdahl, cores, text } = found;
  const one = points.find(({ workers }) => workers === 1)?.wallNs.median;
  const most = points.at(-1)?.workers ?? 1;
  if (!one || most === 1) return undefined;
  const law = isOver && amdahl?.follows ? amdahl : undefined;
  const curve = Array.from({ length: CURVE_PIECES + 1 }, (_, i) => most ** (i / CURVE_PIECES));
  return {
    points: points.map(({ workers, speedup, wallNs }) => ({
      workers,
      speedup,
      spread: [one / wallNs.max, one / wallNs.min],
    })),
    cores,
    knee: isOver ? seenKnee(found) : null,
    law: law
      ? {
          words: `Amdahl's law: ${percent(law.serial)} serial${law.limit === null ? '' : `, at most ${times(law.limit)} as fast`}`,
          curve: curve.map((workers) => [workers, speedupBy(law, workers)]),
        }
      : null,
    words: isOver ? text : 'Speed-up by workers, so far.',
  };
}

function tableOf({ points }: ScalingDocument): FigureTable {
  const hasOne = points.some(({ workers }) => workers === 1);
  const rows: FigureRow[] = [
    {
      name: 'wall time',
      title: 'From where the calls begin to where all are over: the median of the runs, half the spread behind ±',
      unit: 'ns',
      better: 'less',
      values: points.map(({ wallNs }) => wallNs.median),
      spreads: points.map(({ wallNs }) => (wallNs.min === wallNs.max ? null : [wallNs.min, wallNs.max])),
    },
    {
      name: 'speed-up',
      title: 'Against one worker',
      unit: 'times',
      better: 'more',
      values: points.map(({ speedup }) => (hasOne ? speedup : null)),
    },
    {
      name: 'efficiency',
      title: 'Speed-up by the number of workers',
      unit: 'share',
      better: '',
      values: points.map(({ efficiency }) => (hasOne ? efficiency : null)),
    },
    {
      name: 'cores busy',
      title: 'CPU time by wall time',
      unit: 'cores',
      better: '',
      values: points.map(({ coresBusy }) => coresBusy),
    },
  ];
  return {
    title: 'Workers',
    columns: points.map(({ workers }) => String(workers)),
    rows: rows.filter(({ values }) => values.some((value) => value !== null)),
    note: '',
  };
}
