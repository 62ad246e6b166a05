/** What a run that is to confirm a finding shows: looks at its facts, and says whether what was predicted has happened. */
import { KIND, OPERATION, OUTCOME } from '../../common/events';
import type { Finding, FindingLocation } from '../../common/finding';
import type { Site } from '../../common/trace';
import { type ConfirmPlan, PASSING } from './confirmPlan';
import { overtakenSentence, whyNot } from './confirmWords';
import type { Reported } from './detect/detector';
import type { Fact } from './detect/fact';
import type { Model } from './model';

/** Whether a run has confirmed its finding: `text` says in one sentence how, or why not. */
export interface ConfirmVerdict {
  readonly isConfirmed: boolean;
  readonly text: string;
}

export const CONFIRM_KINDS: ReadonlySet<number> = new Set([
  KIND.wait,
  KIND.got,
  KIND.overtake,
  KIND.access,
  KIND.release,
  KIND.thread_end,
]);

const PAUSE = OPERATION['interleave.pause'];
/** Flag of an overtake: the same object and key by name. */
const SAME = 1;
/** Flag of an access: told later, by another. */
const TOLD_LATER = 1;
/** Flag of a release of the lock of a Value: it was held for one write. */
const ONE_WRITE = 2;
const MOST_HOLDS = 1000;

interface Hold {
  readonly unit: number;
  /** Site row + 1. */
  readonly site: number;
  readonly start: number;
  end: number;
  failed: boolean;
}

interface Overtake {
  readonly by: number;
  readonly held: number;
  readonly site: number;
  readonly time: number;
  readonly isSame: boolean;
}

export class ConfirmWatch {
  private readonly holds: Hold[] = [];
  private readonly overtakes: Overtake[] = [];
  /** Unit and place -> rows of the variables that it accessed there, and when last, as far as that was told. */
  private readonly variables = new Map<string, Map<number, number>>();
  /** Releases after one write of a multiprocessing Value. */
  private readonly writes: Overtake[] = [];
  private readonly seen: Reported[] = [];

  constructor(
    private readonly model: Model,
    private readonly plan: Pick<ConfirmPlan, 'confirm' | 'pauses'>,
  ) {}

  on(fact: Fact): void {
    const { kind, unit, site, time } = fact;
    if (kind === KIND.access) this.access(fact);
    else if (kind === KIND.overtake) {
      this.overtakes.push({ by: unit, held: fact.target, site, time, isSame: (fact.flags & SAME) !== 0 });
    } else if (kind === KIND.release) {
      if (fact.flags & ONE_WRITE) this.writes.push({ by: unit, held: -1, site, time, isSame: true });
    } else if (kind === KIND.thread_end) {
      if (fact.outcome === OUTCOME.failed) this.failed(fact.target);
    } else if (fact.operation === PAUSE) this.pause(fact);
  }

  /** A detector reports something in this run. */
  found(finding: Reported): void {
    this.seen.push(finding);
  }

  /** The finding as it was shown in this run, when it was. */
  confirmed(): Reported | undefined {
    const proof = this.proof();
    if (!proof) return undefined;
    const { rule, severity, grade, message } = this.plan.confirm;
    const { text, locations, units, objects } = proof;
    return {
      rule,
      key: 'confirmed',
      severity,
      grade,
      certainty: 'confirmed',
      message: `${message} Confirmed: ${text}`,
      locations: this.locations(locations),
      units,
      objects,
    };
  }

  verdict(): ConfirmVerdict {
    const proof = this.proof();
    return proof
      ? { isConfirmed: true, text: `Confirmed: ${proof.text}` }
      : { isConfirmed: false, text: `Not reproduced: ${this.whyNot()}` };
  }

  /** Whether a finding of this run is the one that is to be confirmed: the same rule at the same lines. */
  isSame(finding: Pick<Finding, 'rule' | 'locations'>): boolean {
    const { confirm } = this.plan;
    if (finding.rule !== confirm.rule) return false;
    const lines = new Set(
      finding.locations.filter(({ time }) => !Number.isNaN(time)).map(({ site }) => this.lineOf(site)),
    );
    const wanted = new Set(
      confirm.locations.filter(({ isMoment }) => isMoment).map(({ file, line }) => `${file}:${line}`),
    );
    return lines.size === wanted.size && [...wanted].every((line) => lines.has(line));
  }

  private access(fact: Fact): void {
    if (!this.isPlace(fact.site)) return;
    const unit = fact.flags & TOLD_LATER ? fact.other : fact.unit;
    const key = `${unit} ${fact.site}`;
    const known = this.variables.get(key) ?? new Map<number, number>();
    this.variables.set(key, known.set(fact.object, fact.time));
  }

  private pause({ kind, unit, site, time }: Fact): void {
    if (kind === KIND.wait) {
      if (this.holds.length < MOST_HOLDS)
        this.holds.push({ unit, site, start: time, end: Number.POSITIVE_INFINITY, failed: false });
      return;
    }
    const hold = this.holds.findLast((each) => each.unit === unit);
    if (hold) hold.end = time;
  }

  private failed(unit: number): void {
    const hold = this.holds.findLast((each) => each.unit === unit);
    if (hold) hold.failed = true;
  }

  // What shows it

  private proof(): Proof | undefined {
    return this.plan.confirm.rule.startsWith('order.') ? this.deadlock() : (this.overtaken() ?? this.seenAgain());
  }

  /** Another unit did its part while one was held. */
  private overtaken(): Proof | undefined {
    for (const hold of this.holds) {
      const isDuring = ({ time }: Overtake): boolean => time >= hold.start && time <= hold.end;
      const by =
        this.overtakes.find((each) => each.held === hold.unit && isDuring(each) && this.isAboutSame(hold, each)) ??
        (this.isOfProcess(hold) ? this.writes.find((each) => each.by !== hold.unit && isDuring(each)) : undefined);
      if (by) return this.proofOf(hold, by);
    }
    return undefined;
  }

  private proofOf(hold: Hold, by: Overtake): Proof {
    const { model, plan } = this;
    return {
      text: overtakenSentence(model, plan.confirm.rule, hold, by),
      locations: [
        { site: hold.site, role: '', unit: hold.unit, time: hold.start },
        { site: by.site, role: '', unit: by.by, time: by.time },
      ],
      units: [hold.unit, by.by],
      objects: [],
    };
  }

  /** By name; or by the variable that it accessed meanwhile; or since it never accessed another one there. */
  private isAboutSame(hold: Hold, { by, site, isSame }: Overtake): boolean {
    if (isSame) return true;
    const lines = this.plan.confirm.locations.map(({ file, line }) => `${file}:${line}`);
    const mine = this.variablesOf(hold.unit, new Set([...lines, this.lineOf(hold.site)]));
    const theirs = this.variablesOf(by, new Set([this.lineOf(site)]));
    const meanwhile = [...theirs].filter(([, time]) => time >= hold.start && time <= hold.end);
    const candidates = meanwhile.length > 0 ? meanwhile : theirs.size === 1 ? [...theirs] : [];
    const own = this.variablesOf(hold.unit, new Set([this.lineOf(hold.site)]));
    const isOfItem = [...own.keys()].some((variable) => this.parentOf(variable) !== -1);
    return candidates.some(([variable]) => {
      // Of two items known by their keys it must be the same one.
      const isItem = isOfItem && this.parentOf(variable) !== -1;
      return mine.has(variable) || (!isItem && this.isInside(variable, mine));
    });
  }

  /** Items count as their container. */
  private isInside(variable: number, others: ReadonlyMap<number, number>): boolean {
    return others.has(this.parentOf(variable)) || [...others.keys()].some((other) => this.parentOf(other) === variable);
  }

  /** Row of the container of an item, -1 for what is none. */
  private parentOf(variable: number): number {
    return this.model.variables[variable]?.parent ?? -1;
  }

  /** What a unit accessed at these lines: a place can have several sites, one for its access, one where units are held. */
  private variablesOf(unit: number, lines: ReadonlySet<string>): ReadonlyMap<number, number> {
    const found = new Map<number, number>();
    for (const [key, variables] of this.variables) {
      const [who, where] = key.split(' ').map(Number) as [number, number];
      if (who === unit && lines.has(this.lineOf(where))) for (const [row, time] of variables) found.set(row, time);
    }
    return found;
  }

  /** The program hangs in the cycle: all of its inner places are waited at. */
  private deadlock(): Proof | undefined {
    const inner = new Set(this.plan.pauses.map(({ file, line }) => `${file}:${line}`));
    const found = this.seen.find(
      ({ rule, locations }) =>
        (rule === 'deadlock.cycle' || rule === 'deadlock.stuck') &&
        [...inner].every((place) => locations.some(({ site }) => this.lineOf(site) === place)),
    );
    if (!found) return undefined;
    const { message, locations, units, objects } = found;
    return { text: `the program hung there. ${message}`, locations, units, objects };
  }

  /** The detector saw it happen once more. */
  private seenAgain(): Proof | undefined {
    if (this.plan.confirm.rule !== 'atomicity.await') return undefined;
    const found = this.seen.find((finding) => finding.certainty === 'observed' && this.isSame(finding));
    if (!found) return undefined;
    const { locations, units, objects } = found;
    return { text: 'it happened again.', locations, units, objects };
  }

  // Why it was not shown

  private whyNot(): string {
    return whyNot(this.model, this.plan.pauses, {
      holds: this.holds.filter(({ site }) => this.isHeldAt(site)),
      wasPassed: this.overtakes.length > 0,
      isThere: this.hasSites(),
    });
  }

  private hasSites(): boolean {
    return this.plan.pauses.every(({ file, line }) =>
      this.model.sites.some((site) => site.file === file && site.line === line),
    );
  }

  // Places

  private lineOf(site: number): string {
    const found = this.model.sites[site - 1];
    return found ? `${found.file}:${found.line}` : '';
  }

  private isPlace(site: number): boolean {
    const found = this.model.sites[site - 1];
    const { pauses, confirm } = this.plan;
    const places = [...pauses, ...confirm.locations];
    return found !== undefined && places.some(({ file, line }) => file === found.file && line === found.line);
  }

  /** Not so where those wait who come early. */
  private isHeldAt(site: number): boolean {
    const line = this.lineOf(site);
    return this.plan.pauses.some(({ what, file, line: number }) => !PASSING.has(what) && `${file}:${number}` === line);
  }

  private isOfProcess({ site }: Hold): boolean {
    const line = this.lineOf(site);
    return this.plan.pauses.some(({ what, file, line: number }) => what === 'process' && `${file}:${number}` === line);
  }

  /** The places of the finding, with who was there in this run. */
  private locations(shown: readonly FindingLocation[]): FindingLocation[] {
    const { sites } = this.model;
    const made: FindingLocation[] = [];
    const left = [...shown];
    for (const { file, line, column, role } of this.plan.confirm.locations) {
      // Where two were at one line, each is told once.
      const own = left.find(({ site }) => this.lineOf(site) === `${file}:${line}`);
      if (own) left.splice(left.indexOf(own), 1);
      const isThere = (site: Site): boolean => site.file === file && site.line === line;
      const exact = sites.findIndex((site) => isThere(site) && site.column === column);
      const site = (exact !== -1 ? exact : sites.findIndex(isThere)) + 1;
      if (site !== 0) made.push({ site, role, unit: own?.unit ?? -1, time: own?.time ?? Number.NaN });
    }
    return made;
  }
}

interface Proof {
  readonly text: string;
  readonly locations: readonly FindingLocation[];
  readonly units: readonly number[];
  readonly objects: readonly number[];
}
