/** How a finding is to be confirmed: where the program is held for a moment when it runs again. */
import { OPERATION_NAMES } from '../../common/events';
import type { Finding, FindingLocation, Grade, Severity } from '../../common/finding';
import type { Site, Unit } from '../../common/trace';
import type { AccessSite } from './detect/variables';

/**
 * hold: between the read and the access that is here, until another unit has passed one of the places.
 * pass: the access that another unit is waited for with. A hold is one as well. enter and leave: the first and the last
 * access of one that has several. grow: a pass whose first time may be what fills the container.
 * loop: in the loop over what is named here. await: at the await between the read and the write that is here.
 * process: as hold, for what another process does. lock: before a lock is taken here, until another one has it.
 */
export type PauseKind = 'hold' | 'pass' | 'grow' | 'enter' | 'leave' | 'loop' | 'await' | 'process' | 'lock';

/** Where nobody is held, but for those who come early. */
export const PASSING: ReadonlySet<PauseKind> = new Set(['pass', 'grow', 'enter', 'leave']);

/** A place in the code, as sites have it; an item of `pauses` in run.json. */
export interface Pause {
  readonly file: string;
  readonly what: PauseKind;
  readonly line: number;
  /** From 0, -1 when unknown. */
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  /** Where the read is on which it rests, when that matters; 0 otherwise. */
  readonly readLine: number;
  readonly readColumn: number;
}

/** The finding that a run is to confirm: `confirm` in run.json. */
export interface ConfirmedFinding {
  readonly rule: string;
  readonly severity: Severity;
  readonly grade: Grade;
  readonly message: string;
  readonly locations: readonly ConfirmedLocation[];
}

export interface ConfirmedLocation {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly role: string;
  /** Whether it is a moment of the finding itself, not where a thread was started or the like. */
  readonly isMoment: boolean;
}

export interface ConfirmPlan {
  readonly confirm: ConfirmedFinding;
  readonly pauses: readonly Pause[];
  /** Whether accesses have to be recorded. */
  readonly race: boolean;
}

/** What is asked of the trace in which the finding is. */
export interface ConfirmSource {
  readonly sites: readonly Site[];
  readonly units: readonly Unit[];
  accessSite(site: number): AccessSite | undefined;
}

/** The plan, or a sentence that says why there can be none. */
export function confirmPlan(source: ConfirmSource, finding: Finding): ConfirmPlan | string {
  const pauses = pausesOf(source, finding);
  if (typeof pauses === 'string') return pauses;
  if (pauses.some(({ line, file }) => line === 0 || file === ''))
    return 'The places of this finding are not known well enough to hold the program there.';
  const { rule, severity, grade, message } = finding;
  const locations = finding.locations.map((location) => locationOf(source, location));
  const race = !rule.startsWith('order.');
  return { confirm: { rule, severity, grade, message, locations }, pauses, race };
}

function locationOf({ sites }: ConfirmSource, { site, role, time }: FindingLocation): ConfirmedLocation {
  const place = sites[site - 1];
  return {
    file: place?.file ?? '',
    line: place?.line ?? 0,
    column: place?.column ?? -1,
    role,
    isMoment: !Number.isNaN(time),
  };
}

function pausesOf(source: ConfirmSource, finding: Finding): readonly Pause[] | string {
  const { rule, locations } = finding;
  const [first, second, third] = locations;
  const at = (location: FindingLocation | undefined, what: PauseKind, read?: FindingLocation): Pause =>
    pauseAt(source, location, what, read);
  switch (rule) {
    case 'race.data':
      return [at(first, 'hold'), at(second, isUpdate(source, second) ? 'hold' : 'pass')];
    case 'race.check-then-act':
    case 'race.lazy-init': {
      const other = locations.filter(isMoment).at(-1);
      return [at(first, 'hold'), ...(isWrite(source, other) ? [at(other, 'pass')] : [])];
    }
    case 'race.iteration':
      if (isOneCall(source, first))
        return 'One call goes through the whole container here, and nothing can be held in the middle of that.';
      return [at(first, 'loop'), at(second, isGrowing(source, second) ? 'grow' : 'pass')];
    case 'race.multi-variable':
      return halfChanged(source, finding);
    case 'atomicity.split-section':
      return [at(first, 'hold', second)];
    case 'atomicity.await':
      return [at(first, 'await', second), at(third, 'pass')];
    case 'atomicity.value':
      return [at(first, 'process'), at(third, 'process')];
    case 'order.cycle':
      if (finding.units.some((unit) => source.units[unit]?.kind === 'task'))
        return 'These locks are taken by tasks of one event loop, and to hold one of them would hold them all.';
      return locations.filter((_, i) => i % 2 === 0).map((location) => at(location, 'lock'));
    case 'order.join':
      return [at(third, 'lock')];
    default:
      return finding.certainty === 'observed' && !rule.startsWith('race.')
        ? `What ${rule} says has been seen to happen in this run, so there is nothing to confirm.`
        : `For ${rule} there is nothing that holding a thread for a moment could show.`;
  }
}

/** Between the two changes of the one, or between the two uses of the other: see the rule `race.multi-variable`. */
function halfChanged(source: ConfirmSource, { locations }: Finding): readonly Pause[] {
  const [a, b, c, d] = locations;
  const isUse = operationOf(source, a).endsWith('.read');
  const [, later] = inOrder(source, a, b);
  const [begin, last] = inOrder(source, c, d);
  return isUse
    ? [pauseAt(source, later, 'hold'), pauseAt(source, begin, 'enter'), pauseAt(source, last, 'leave')]
    : [pauseAt(source, later, 'hold'), pauseAt(source, c, 'pass'), pauseAt(source, d, 'pass')];
}

type Location = FindingLocation | undefined;

function inOrder({ sites }: ConfirmSource, a: Location, b: Location): readonly [Location, Location] {
  const [one, other] = [a, b].map((location) => sites[(location?.site ?? 0) - 1]);
  const isBefore = !one || !other || one.line < other.line || (one.line === other.line && one.column <= other.column);
  return isBefore ? [a, b] : [b, a];
}

function pauseAt({ sites }: ConfirmSource, location: Location, what: PauseKind, read?: Location): Pause {
  const place = sites[(location?.site ?? 0) - 1];
  const readPlace = sites[(read?.site ?? 0) - 1];
  return {
    file: place?.file ?? '',
    what,
    line: place?.line ?? 0,
    column: place?.column ?? -1,
    endLine: place?.endLine ?? 0,
    endColumn: place?.endColumn ?? -1,
    readLine: readPlace?.line ?? 0,
    readColumn: readPlace?.column ?? 0,
  };
}

function isMoment({ time }: FindingLocation): boolean {
  return !Number.isNaN(time);
}

function operationOf(source: ConfirmSource, location: Location): string {
  return OPERATION_NAMES[source.accessSite(location?.site ?? 0)?.operation ?? 0] ?? '';
}

function isUpdate(source: ConfirmSource, location: Location): boolean {
  const site = source.accessSite(location?.site ?? 0);
  return operationOf(source, location).endsWith('.update') || (isWrite(source, location) && (site?.reads ?? 0) !== 0);
}

function isWrite(source: ConfirmSource, location: Location): boolean {
  return /\.(write|update|delete|call)$/.test(operationOf(source, location));
}

function isGrowing(source: ConfirmSource, location: Location): boolean {
  const field = source.accessSite(location?.site ?? 0)?.field ?? '';
  return operationOf(source, location).endsWith('.write') || /^(append|add|extend|insert|set|update)/.test(field);
}

/** `sum(d)`, `list(d)`: the field names the function, or for a loop over a view, its method. */
function isOneCall(source: ConfirmSource, location: Location): boolean {
  const field = source.accessSite(location?.site ?? 0)?.field ?? '';
  return field !== '' && !['items', 'keys', 'values'].includes(field);
}

// What run.json says

/** What a run is to confirm; undefined when it is no such run. Anything in the file may be wrong. */
export function readConfirm(json: Readonly<Record<string, unknown>>): Omit<ConfirmPlan, 'race'> | undefined {
  const confirm = json.confirm as Partial<ConfirmedFinding> | undefined;
  if (typeof confirm?.rule !== 'string' || !Array.isArray(confirm.locations) || !Array.isArray(json.pauses))
    return undefined;
  const locations = confirm.locations.filter(isPlace).map(({ file, line, column, role, isMoment }) => ({
    file,
    line,
    column: typeof column === 'number' ? column : -1,
    role: String(role ?? ''),
    isMoment: isMoment === true,
  }));
  const severity = (['error', 'warning', 'info'] as const).find((known) => known === confirm.severity) ?? 'warning';
  const grade = (['real', 'latent', 'benign'] as const).find((known) => known === confirm.grade) ?? '';
  return {
    confirm: { rule: confirm.rule, severity, grade, message: String(confirm.message ?? ''), locations },
    pauses: json.pauses.filter(isPlace) as unknown as readonly Pause[],
  };
}

function isPlace(value: unknown): value is ConfirmedLocation {
  const place = value as Partial<ConfirmedLocation> | null;
  return typeof place?.file === 'string' && typeof place.line === 'number';
}
