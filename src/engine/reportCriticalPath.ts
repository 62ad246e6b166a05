/** The critical path in the report: how long it is and what its time went into. */
import { criticalPath, type PathKind } from '../../common/analysis/criticalPath';
import { criticalShares } from '../../common/analysis/criticalShares';
import type { CoreSource } from '../../common/trace';
import { objectName, placeName, unitName } from './names';
import type { Trace } from './trace';

/** More of a kind are not listed. */
const MOST_SHARES = 10;
/** A smaller part of the path is not told in the one line of it. */
const WORTH_TELLING = 0.05;

export interface ReportShare {
  readonly name: string;
  readonly ns: number;
}

export interface ReportCriticalPath {
  /** Nanoseconds from its beginning to its end. */
  readonly ns: number;
  /** False where the chain breaks off before the beginning of the run. */
  readonly whole: boolean;
  /** How the units on it stood; all of them, together they are `ns`. The ten largest of each of the rest. */
  readonly states: readonly (ReportShare & { readonly name: PathKind })[];
  readonly units: readonly (ReportShare & { readonly unit: number })[];
  /** Time of the path in waits for an object, those of the unit to which it goes over next included. */
  readonly objects: readonly ReportShare[];
  /** Own time of functions, the time in calls of what is not recorded included. */
  readonly functions: readonly (ReportShare & { readonly file: string; readonly line: number })[];
}

/** Null while the program runs, and when nothing was recorded. */
export function reportCriticalPath(trace: Trace): ReportCriticalPath | null {
  const { kind } = trace.run.state;
  if (kind === 'running' || kind === 'starting') return null;
  const path = criticalPath(trace);
  if (path.segments.length === 0) return null;
  const shares = criticalShares(trace, path);
  const ns = (nanos: number): number => Math.round(nanos);
  return {
    ns: ns(shares.whole),
    whole: path.isWhole,
    states: shares.kinds.map(({ key, nanos }) => ({ name: key, ns: ns(nanos) })),
    units: shares.units
      .slice(0, MOST_SHARES)
      .map(({ key, nanos }) => ({ name: unitName(trace, key), unit: key, ns: ns(nanos) })),
    objects: shares.objects
      .slice(0, MOST_SHARES)
      .map(({ key, nanos }) => ({ name: objectName(trace, key), ns: ns(nanos) })),
    functions: shares.functions.slice(0, MOST_SHARES).map(({ key, nanos }) => {
      const site = trace.sites[key];
      return { name: site?.function || placeName(site), ns: ns(nanos), file: site?.file ?? '', line: site?.line ?? 0 };
    }),
  };
}

const KIND_WORDS: Readonly<Record<PathKind, string>> = {
  running: 'running',
  ready: 'wanting a core',
  gil: 'wanting the GIL',
  blocked: 'in calls that are not recorded',
  waiting: 'waiting',
  woken: 'woken and not yet on',
  starting: 'starting',
  unrecorded: 'not recorded',
};

/** `critical path: 62 % running, 38 % waiting; 37 % in waits for Cache._lock; 45 % on worker-1`. */
export function criticalPathLine(path: ReportCriticalPath, source: CoreSource): string {
  const { ns, whole, states, objects, units, functions } = path;
  const share = (part: ReportShare): string => `${Math.round((100 * part.ns) / Math.max(1, ns))} %`;
  const isTold = (part: ReportShare | undefined): part is ReportShare => (part?.ns ?? 0) >= ns * WORTH_TELLING;
  const [object, unit, code] = [objects[0], units[0], functions[0]];
  return [
    `critical path: ${states
      .filter(isTold)
      .map((state) => `${share(state)} ${KIND_WORDS[state.name]}`)
      .join(', ')}`,
    ...(isTold(object) ? [`${share(object)} in waits for ${object.name}`] : []),
    ...(isTold(unit) ? [`${share(unit)} on ${unit.name}`] : []),
    ...(isTold(code) ? [`${share(code)} in ${code.name}`] : []),
    ...(source === 'exact' ? [] : [source === 'sampled' ? 'cores are sampled' : 'cores are not known']),
    ...(whole ? [] : ['it breaks off before the beginning of the run']),
  ].join('; ');
}
