/** run.json, cores.json and end.json: what the host and the supervisor say about a run. Anything in them may be wrong. */
import { type CoreInfo, type CoreSource, MODES, type Mode, type Problem, type RunInfo } from '../../common/trace';
import { decodeUtf8 } from './bytes';

export type Json = Readonly<Record<string, unknown>>;

/** The object in a file, or what is wrong with it. */
export function parseJson(bytes: Uint8Array, file: string): Json | Problem {
  try {
    const value: unknown = JSON.parse(decodeUtf8(bytes, 0, bytes.length));
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Json;
  } catch {
    // Told below, like a file that holds something else than an object.
  }
  return { kind: 'corrupt', text: `${file} cannot be read; what it says about the run is missing.` };
}

export function isProblem(value: Json | Problem): value is Problem {
  return 'kind' in value && 'text' in value && Object.keys(value).length === 2;
}

export const NO_CORES: CoreInfo = { source: 'none', count: 0, reason: 'The cores were not observed.' };

export function withRunFile(run: RunInfo, json: Json): RunInfo {
  const mode = text(json, 'mode') as Mode;
  return {
    ...run,
    file: text(json, 'file'),
    mode: MODES.includes(mode) ? mode : 'as-written',
    function: text(json, 'function'),
    inputs: text(json, 'inputs'),
    workers: number(json, 'workers') ?? 0,
    race: json.race === true,
  };
}

/** End of the run as the supervisor saw it; its times are on the recorder's clock. */
export function withEndFile(run: RunInfo, json: Json): RunInfo {
  const start = number(json, 'startNs');
  const end = number(json, 'endNs');
  const python = text(json, 'python');
  return {
    ...run,
    python: python || run.python,
    gil: typeof json.gil === 'boolean' ? json.gil : run.gil,
    exitCode: number(json, 'exitCode'),
    wallNs: start !== null && end !== null && end >= start ? end - start : null,
    state: endState(text(json, 'how'), text(json, 'text')),
  };
}

/** Memory of all processes together, in bytes; null where it is not known. */
export interface MemoryInfo {
  /** The highest of the samples, of which there may be few. */
  readonly peakBytes: number | null;
  readonly samples: number;
  /** What the machine, or the container, has. */
  readonly limitBytes: number | null;
}

export function memoryOf({ memory }: Json): MemoryInfo | null {
  if (typeof memory !== 'object' || memory === null) return null;
  const json = memory as Json;
  return {
    peakBytes: number(json, 'peakBytes'),
    samples: number(json, 'samples') ?? 0,
    limitBytes: number(json, 'limitBytes'),
  };
}

function endState(how: string, why: string): RunInfo['state'] {
  if (how === 'failed') return { kind: 'failed', text: why || 'The program could not be started.' };
  if (how === 'killed' || how === 'stopped' || how === 'timeout') return { kind: 'ended', how };
  return { kind: 'ended', how: 'exited' };
}

/** 65,536 is more cores than a column for them can tell apart. */
const MOST_CORES = 65535;

export function coresFile(json: Json): CoreInfo {
  const source = text(json, 'source') as CoreSource;
  return {
    source: source === 'exact' || source === 'sampled' ? source : 'none',
    count: Math.min(MOST_CORES, Math.max(0, Math.floor(number(json, 'count') ?? 0))),
    reason: text(json, 'reason'),
  };
}

function text(json: Json, key: string): string {
  const value = json[key];
  return typeof value === 'string' ? value : '';
}

function number(json: Json, key: string): number | null {
  const value = json[key];
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

/** `3.13.0` or `3.14.0rc1` of a `sys.hexversion`. */
export function pythonVersion(hex: number): string {
  const level = ({ 10: 'a', 11: 'b', 12: 'rc' } as const)[(hex >>> 4) & 15] ?? '';
  const serial = level === '' ? '' : `${level}${hex & 15}`;
  return `${hex >>> 24}.${(hex >>> 16) & 255}.${(hex >>> 8) & 255}${serial}`;
}
