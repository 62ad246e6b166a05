/** From records to findings: collects facts while streams are folded, and hands them to the detectors in order. */
import { KIND, OUTCOME } from '../../../common/events';
import type { Finding } from '../../../common/finding';
import type { ConfirmPlan } from '../confirmPlan';
import { CONFIRM_KINDS, type ConfirmVerdict, ConfirmWatch } from '../confirmWatch';
import type { Model } from '../model';
import type { RawRecord } from '../record';
import type { Space } from '../space';
import type { Stream } from '../stream';
import type { DetectContext, Detector } from './detector';
import { DETECTORS } from './detectors';
import { emptyFact, type Fact } from './fact';
import { FactBuffer, type RawFacts } from './factBuffer';
import { Findings } from './findings';
import { Held } from './held';

/** Told by flags bit 0 of an access: it was done earlier, by another. */
const TOLD_LATER = 1;

/** Kinds whose `site` is something else than a site. */
const WITHOUT_SITE: ReadonlySet<number> = new Set([KIND.process_begin, KIND.variable]);

/** Kinds whose facts belong to whom they begin. */
const BEGINS: ReadonlySet<number> = new Set([KIND.thread_begin, KIND.step_begin]);

/** Looked at in one go: some 10 ms, so that the host stays free. At 20 passes a second or more that is enough for what a program records. */
const MOST_FACTS = 8_000;

export class Detection {
  readonly findings = new Findings();
  private readonly buffer = new FactBuffer();
  private readonly held = new Held();
  private readonly fact = emptyFact();
  private readonly spaces: Space[] = [];
  private readonly spaceNumbers = new Map<Space, number>();
  private readonly detectors: Detector[] = [];
  private readonly byKind: Detector[][] = [];
  private quietPasses = 0;
  private watch: ConfirmWatch | undefined;
  /** What was said of the finding that the run was to confirm, once it has. */
  private confirmed = '';

  /** `python` and `gil` say what is known of the interpreter by then. */
  constructor(
    private readonly model: Model,
    facts: Pick<DetectContext, 'python' | 'gil'>,
  ) {
    const context: DetectContext = {
      model,
      held: this.held,
      python: () => facts.python(),
      gil: () => facts.gil(),
      report: (finding) => {
        this.findings.add(finding);
        this.watch?.found(finding);
      },
    };
    for (const { make, kinds } of DETECTORS) {
      const detector = make(context);
      this.detectors.push(detector);
      for (const kind of kinds) {
        this.byKind[kind] ??= [];
        this.byKind[kind].push(detector);
      }
    }
  }

  /** The run was made to confirm a finding; to be told before anything else. */
  confirm(plan: Pick<ConfirmPlan, 'confirm' | 'pauses'>): void {
    this.watch ??= new ConfirmWatch(this.model, plan);
  }

  /** Whether that finding was confirmed so far; undefined when the run is for none. */
  get verdict(): ConfirmVerdict | undefined {
    return this.watch?.verdict();
  }

  get all(): readonly Finding[] {
    return this.findings.all;
  }

  /** Takes in a record that was just folded; `ownerBefore` is the unit row whose facts the stream told until then. */
  note(record: RawRecord, stream: Stream, ownerBefore: number): void {
    const { kind } = record;
    if (kind === KIND.enter || kind === KIND.leave || kind === KIND.line) return;
    const isTold = kind === KIND.access && (record.flags & TOLD_LATER) !== 0;
    if (!isTold && record.time > stream.order) stream.order = record.time;
    const owner = stream.current;
    this.buffer.add(record, {
      order: stream.order,
      unit: BEGINS.has(kind) ? (owner?.unit ?? -1) : ownerBefore,
      thread: stream.thread?.unit ?? -1,
      space: this.numberOf(stream.space),
      site: WITHOUT_SITE.has(kind) ? 0 : this.model.siteRow(stream.space, record.site),
      context: owner && this.model.callbacks.size > 0 ? this.model.contextOf(owner.spans) : 0,
    });
  }

  /** All streams were read up to `horizon`. Of very much the rest is looked at when this is called again. */
  settle(horizon: number): void {
    const isDone = horizon === Number.POSITIVE_INFINITY;
    // What is put off costs a little each time, so more of it is looked at the more there is.
    const most = isDone ? Number.POSITIVE_INFINITY : Math.max(MOST_FACTS, this.buffer.length / 8);
    const count = this.buffer.take(horizon, most, (facts, row) => this.deliver(facts, row));
    this.quietPasses = isDone ? horizon : count > 0 ? 0 : this.quietPasses + 1;
    for (const detector of this.detectors) detector.settle?.(this.quietPasses);
    this.lookForConfirmed();
  }

  private lookForConfirmed(): void {
    const { watch } = this;
    const confirmed = watch?.confirmed();
    // What came of it may be known later.
    if (!watch || !confirmed || confirmed.message === this.confirmed) return;
    this.confirmed = confirmed.message;
    this.findings.confirm(confirmed, (finding) => watch.isSame(finding));
  }

  private numberOf(space: Space): number {
    const known = this.spaceNumbers.get(space);
    if (known !== undefined) return known;
    const number = this.spaces.push(space) - 1;
    this.spaceNumbers.set(space, number);
    return number;
  }

  private deliver(facts: RawFacts, row: number): void {
    const { fact } = this;
    this.resolve(facts, row, fact);
    if (fact.kind === KIND.release) this.tell(fact);
    this.held.note(fact);
    if (fact.kind !== KIND.release) this.tell(fact);
  }

  private tell(fact: Fact): void {
    if (this.watch && CONFIRM_KINDS.has(fact.kind)) this.watch.on(fact);
    const detectors = this.byKind[fact.kind];
    if (detectors) for (let i = 0; i < detectors.length; i++) (detectors[i] as Detector).on(fact);
  }

  private resolve(facts: RawFacts, row: number, fact: Fact): void {
    const { model } = this;
    const commit = facts.commit[row] as number;
    const space = this.spaces[facts.space[row] as number] as Space;
    const [objectHigh, objectLow] = [facts.objectHigh[row] as number, facts.objectLow[row] as number];
    const [argHigh, argLow] = [facts.argHigh[row] as number, facts.argLow[row] as number];
    fact.time = facts.time[row] as number;
    fact.kind = commit & 0xff;
    fact.operation = (commit >>> 8) & 0xfff;
    fact.outcome = (commit >>> 20) & 0xf;
    fact.flags = commit >>> 24;
    fact.unit = facts.unit[row] as number;
    fact.thread = facts.thread[row] as number;
    fact.process = space.unit;
    fact.site = facts.site[row] as number;
    fact.context = facts.context[row] as number;
    fact.value = argLow;
    if (fact.kind === KIND.access) {
      fact.object = model.variableRow(space, objectHigh, objectLow);
      fact.target = -1;
    } else {
      const entity = model.entity(space, objectHigh, objectLow);
      fact.object = entity & 1 ? (entity - 1) / 2 - 1 : -1;
      fact.target = entity !== 0 && (entity & 1) === 0 ? entity / 2 - 1 : -1;
    }
    const other = argHigh === 0 && argLow === 0 ? 0 : model.entity(space, argHigh, argLow);
    fact.other = other !== 0 && (other & 1) === 0 ? other / 2 - 1 : -1;
    fact.otherObject = other & 1 ? (other - 1) / 2 - 1 : -1;
  }
}

/** Whether something was obtained: a wait that ended well, or a try that succeeded. */
export function isObtained({ kind, outcome }: Fact): boolean {
  return (kind === KIND.acquire || kind === KIND.got) && outcome === OUTCOME.ok;
}
