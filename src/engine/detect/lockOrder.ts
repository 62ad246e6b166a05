/**
 * Deadlocks that did not happen but could: locks that are taken in an order that goes round in a circle.
 *
 * The graph has a node for each lock (the instance, not the line) and an edge from each lock that a unit holds to the one
 * that it takes (Havelund's Goodlock, as refined in iGoodlock). A cycle counts unless all of it is one unit's, unless all
 * its edges were made under one further lock (a gate), and unless one unit did its part before it started another of them
 * or after it had seen it end.
 */
import { KIND, OUTCOME } from '../../../common/events';
import type { FindingLocation, Rule } from '../../../common/finding';
import { familyOf } from '../model';
import type { DetectContext, Detector, DetectorKind } from './detector';
import type { Fact } from './fact';
import * as words from './words';

const RULES: readonly Rule[] = [
  { id: 'order.cycle', title: 'Locks are taken in opposite orders', kind: 'deadlock', severity: 'warning' },
];

const LONGEST_CYCLE = 5;
/** Different lines or units between the same two locks; more of them say nothing new. */
const MOST_EDGES = 16;

interface Edge {
  readonly from: number;
  readonly to: number;
  readonly unit: number;
  readonly thread: number;
  readonly heldSite: number;
  readonly site: number;
  readonly heldTime: number;
  readonly time: number;
  /** Objects of all that was held. */
  readonly gates: ReadonlySet<number>;
}

class LockOrder implements Detector {
  /** From lock -> to lock -> edges. */
  private readonly edges = new Map<number, Map<number, Edge[]>>();
  /** Unit -> when it was started and by whom; when somebody saw it end. */
  private readonly started = new Map<number, { readonly by: number; readonly time: number }>();
  private readonly joined = new Map<number, { readonly by: number; readonly time: number }>();

  private readonly signals = new Set<number>();
  private readonly outliving = new Set<number>();

  constructor(private readonly context: DetectContext) {}

  on(fact: Fact): void {
    if (fact.kind === KIND.release) {
      this.released(fact);
      return;
    }
    if (fact.kind === KIND.thread_create || fact.kind === KIND.task_create) {
      this.started.set(fact.target, { by: fact.unit, time: fact.time });
      return;
    }
    if (fact.kind === KIND.got && fact.target !== -1) {
      if (fact.outcome === OUTCOME.ok) this.joined.set(fact.target, { by: fact.unit, time: fact.time });
      return;
    }
    if (fact.object === -1 || familyOf(fact.operation) !== 'lock') return;
    if (fact.kind === KIND.wait || fact.outcome === OUTCOME.ok) this.taken(fact);
  }

  private released({ object, unit }: Fact): void {
    const { held } = this.context;
    const holders = held.holders(object);
    if (holders.length > 0 && !holders.some((holder) => holder.unit === unit)) this.signals.add(object);
    const things = held.of(unit);
    const released = things.findLast((thing) => thing.object === object);
    if (!released || released.count > 1) return;
    for (const { object: later, section } of things) if (section > released.section) this.outliving.add(later);
  }

  /** A try that may not succeed cannot hang, so only waits and what was taken by waiting or at once counts. */
  private taken(fact: Fact): void {
    const held = this.context.held
      .of(fact.unit)
      .filter(({ object, operation }) => object !== fact.object && familyOf(operation) === 'lock');
    if (held.length === 0) return;
    const isHeldAlready = this.context.held
      .of(fact.unit)
      .some(({ object, count, time }) => object === fact.object && (count > 1 || time !== fact.time));
    if (isHeldAlready && fact.kind !== KIND.wait) return;
    const gates = new Set(held.map(({ object }) => object));
    for (const thing of held) {
      this.add({
        from: thing.object,
        to: fact.object,
        unit: fact.unit,
        thread: fact.thread,
        heldSite: thing.site,
        site: fact.site,
        heldTime: thing.time,
        time: fact.time,
        gates,
      });
    }
  }

  private add(edge: Edge): void {
    const targets = this.edges.get(edge.from) ?? new Map<number, Edge[]>();
    this.edges.set(edge.from, targets);
    const known = targets.get(edge.to) ?? [];
    targets.set(edge.to, known);
    const isKnown = known.some(
      ({ unit, site, heldSite, gates }) =>
        unit === edge.unit && site === edge.site && heldSite === edge.heldSite && gates.size <= edge.gates.size,
    );
    if (isKnown || known.length >= MOST_EDGES) return;
    known.push(edge);
    this.search([edge]);
  }

  /** Goes on from the last edge of the path, until it comes round to the first one. */
  private search(path: readonly Edge[]): void {
    const [first] = path as [Edge];
    const last = path[path.length - 1] as Edge;
    for (const [to, edges] of this.edges.get(last.to) ?? []) {
      const closes = to === first.from;
      if (
        !closes &&
        (path.length + 1 >= LONGEST_CYCLE || path.some(({ from, to: passed }) => from === to || passed === to))
      )
        continue;
      for (const edge of edges) {
        if (!this.fits(path, edge)) continue;
        if (closes) this.report([...path, edge]);
        else this.search([...path, edge]);
      }
    }
  }

  private fits(path: readonly Edge[], edge: Edge): boolean {
    return path.every((other) => {
      if (other.unit === edge.unit) return false;
      // Of one thread's units only tasks can come between each other, at an await.
      if (other.thread === edge.thread && !(this.isTask(other) && this.isTask(edge))) return false;
      for (const gate of other.gates) if (edge.gates.has(gate)) return false;
      return !this.isOrdered(other, edge) && !this.isOrdered(edge, other);
    });
  }

  private isTask({ unit, thread }: Edge): boolean {
    return unit !== thread;
  }

  /** Whether `first` was over before its unit started the other's, or began after it had seen the other's end. */
  private isOrdered(first: Edge, second: Edge): boolean {
    const started = this.started.get(second.unit);
    if (started?.by === first.unit && first.time < started.time) return true;
    const joined = this.joined.get(second.unit);
    return joined?.by === first.unit && first.heldTime > joined.time;
  }

  private report(cycle: readonly Edge[]): void {
    const { model } = this.context;
    if (cycle.some(({ from }) => this.signals.has(from))) return;
    const locations: FindingLocation[] = [];
    for (const { from, to, unit, site, heldSite, time, heldTime } of cycle) {
      const [taken, holding] = [words.object(model, to), words.object(model, from)];
      locations.push({ site, role: `takes ${taken}, holding ${holding}`, unit, time });
      locations.push({ site: heldSite, role: `took ${holding}`, unit, time: heldTime });
    }
    const orders = cycle.map(
      ({ from, to, unit, site }) =>
        `${words.unit(model, unit)} takes ${words.object(model, to)} while it holds ${words.object(model, from)} (${words.place(model, site)})`,
    );
    this.context.report({
      rule: 'order.cycle',
      key: words.keyOf(
        model,
        cycle.flatMap(({ site, heldSite }) => [site, heldSite]),
      ),
      certainty: 'predicted',
      severity: cycle.some(({ from }) => this.outliving.has(from)) ? 'info' : 'warning',
      message: `${words.list(orders)}: when they do so at the same time, ${cycle.length === 2 ? 'both' : 'all'} wait for ever. Take these locks in the same order everywhere.`,
      locations,
      units: cycle.map(({ unit }) => unit),
      objects: cycle.map(({ to }) => to),
    });
  }
}

export const LOCK_ORDER: DetectorKind = {
  rules: RULES,
  kinds: [KIND.thread_create, KIND.task_create, KIND.acquire, KIND.wait, KIND.got, KIND.release],
  make: (context) => new LockOrder(context),
};
