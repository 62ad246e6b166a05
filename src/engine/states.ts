/**
 * What each thread does when it is not running, from who is on the cores and from the recorded waits.
 *
 * Whatever a thread records it records on a core, so a stretch off the core lies in one wait or in none. In none, it was
 * either pushed off (the kernel says so), or it wants the GIL, or it is in a call that nobody recorded; those two are told
 * apart by whether other threads of its interpreter were on a core for most of the stretch: derived, and marked so.
 */
import { type OpenState, THREAD_STATES, type ThreadState } from '../../common/trace';
import { openThreadWaits } from './activity';
import type { Model } from './model';

const DERIVED = 1;
/** Between two samples of one thread, a gap shorter than this says nothing. */
const SHORTEST_SAMPLED_GAP_NS = 5e6;

/** Waits that no later stretch can lie in are forgotten in lots; two numbers each. */
const MOST_PAST_WAITS = 8192;

interface Machine {
  readonly unit: number;
  /** Up to here rows were made. */
  until: number;
  /** When it last left a core; NaN before. */
  ranUntil: number;
  isOn: boolean;
  wasPreempted: boolean;
  /** On-core time of the whole interpreter when it went off. */
  othersAtOff: number;
  /** Next pair in the model's list of waits of this thread. */
  nextWait: number;
}

interface Interpreter {
  gil: boolean;
  active: number;
  /** On-core time of all its threads until `at`. */
  sum: number;
  at: number;
}

export class States {
  /** How the cores are known; with none of them there are only waits. */
  source: 'exact' | 'sampled' | 'none' = 'none';
  private readonly machines: (Machine | undefined)[] = [];
  private readonly live = new Set<number>();
  private readonly interpreters = new Map<number, Interpreter>();
  private nextUnit = 0;
  /** By thread row: since when it is in a wait that goes on; null until somebody asks in this pass. */
  private openWaits: Map<number, number> | null = null;

  constructor(private readonly model: Model) {}

  /** A thread goes on a core; `wanted`: it is known to have waited for it. */
  on(unit: number, time: number, wanted: boolean): void {
    const machine = this.machine(unit);
    if (!machine || machine.isOn) return;
    machine.wasPreempted ||= wanted;
    const goesOn = machine.ranUntil > machine.until && time - machine.ranUntil < SHORTEST_SAMPLED_GAP_NS;
    if (!goesOn) {
      this.addRanRow(machine);
      this.endGap(machine, time);
    }
    machine.isOn = true;
    const interpreter = this.interpreter(unit);
    this.count(interpreter, time);
    interpreter.active++;
  }

  off(unit: number, since: number, time: number, preempted: boolean): void {
    const machine = this.machine(unit);
    if (!machine) return;
    if (!machine.isOn) this.on(unit, since, false);
    machine.ranUntil = time;
    if (this.source === 'exact') this.addRanRow(machine);
    this.leaveCore(machine, time);
    machine.wasPreempted = preempted;
  }

  /** The row of the last stretch on a core; samples that follow each other closely are one. */
  private addRanRow(machine: Machine): void {
    if (machine.ranUntil > machine.until || Number.isNaN(machine.until)) {
      this.addRow(machine, machine.ranUntil, 'running', this.source === 'exact' ? 0 : DERIVED);
    }
  }

  /** The core's records were lost: since `time` at the latest it is unknown whether the thread ran. */
  forget(unit: number, time: number): void {
    const machine = this.machines[unit];
    if (!machine?.isOn) return;
    this.addRow(machine, time, 'running', DERIVED);
    this.leaveCore(machine, time);
  }

  /** Takes in new threads before the cores are swept. */
  prepare(): void {
    this.openWaits = null;
    for (; this.nextUnit < this.model.units.length; this.nextUnit++) {
      if (this.model.unit(this.nextUnit).kind === 'thread') this.machine(this.nextUnit);
    }
  }

  /** Ends the rows of threads that ended up to `horizon`; without cores makes all rows up to there. */
  settle(horizon: number): void {
    for (const unit of this.live) {
      const machine = this.machines[unit] as Machine;
      if (this.source === 'none') this.fromWaitsAlone(machine, horizon);
      const { end } = this.model.unit(unit);
      if (!machine.isOn && machine.ranUntil + SHORTEST_SAMPLED_GAP_NS <= horizon) this.addRanRow(machine);
      if (!(end <= horizon)) continue;
      if (machine.isOn) this.off(unit, machine.until, end, false);
      this.addRanRow(machine);
      if (!(end <= machine.until)) this.endGap(machine, end);
      this.live.delete(unit);
    }
  }

  open(now: number): OpenState[] {
    const open: OpenState[] = [];
    for (const unit of this.live) {
      const machine = this.machines[unit] as Machine;
      const start = this.clip(machine, machine.until);
      if (Number.isNaN(start)) continue;
      // That it left its core may be the latest that is known: what it does since is told by a moment after that.
      const until = Math.max(now, start + 1);
      const [state, flags] = machine.isOn ? (['running', 0] as const) : this.gapState(machine, start, until);
      open.push({ unit, start, state: THREAD_STATES.indexOf(state), flags });
    }
    return open;
  }

  private machine(unit: number): Machine | undefined {
    const known = this.machines[unit];
    if (known) return known;
    const { kind } = this.model.unit(unit);
    if (kind !== 'thread') return undefined;
    const machine = {
      unit,
      until: Number.NaN,
      ranUntil: Number.NaN,
      isOn: false,
      wasPreempted: false,
      othersAtOff: 0,
      nextWait: 0,
    };
    this.machines[unit] = machine;
    this.live.add(unit);
    return machine;
  }

  /** A time inside the thread's life; NaN while it has not begun. */
  private clip(machine: Machine, time: number): number {
    const { start, end } = this.model.unit(machine.unit);
    const from = Number.isNaN(time) ? start : Math.max(start, time);
    return from > end ? end : from;
  }

  private leaveCore(machine: Machine, time: number): void {
    machine.isOn = false;
    machine.wasPreempted = false;
    const interpreter = this.interpreter(machine.unit);
    this.count(interpreter, time);
    interpreter.active = Math.max(0, interpreter.active - 1);
    machine.othersAtOff = interpreter.sum;
  }

  private endGap(machine: Machine, time: number): void {
    const from = this.clip(machine, machine.until);
    const [state, flags] = this.gapState(machine, from, time);
    this.addRow(machine, time, state, flags);
  }

  private gapState(machine: Machine, from: number, to: number): readonly [ThreadState, number] {
    const isExact = this.source === 'exact';
    if (machine.wasPreempted) return ['ready', isExact ? 0 : DERIVED];
    if (this.waited(machine, from, to) * 2 >= to - from && to > from) return ['waiting', isExact ? 0 : DERIVED];
    if (this.source === 'none') return ['running', DERIVED];
    if (!isExact && to - from < SHORTEST_SAMPLED_GAP_NS) return ['running', DERIVED];
    const interpreter = this.interpreter(machine.unit);
    const sum = interpreter.sum + interpreter.active * Math.max(0, to - interpreter.at);
    const others = sum - machine.othersAtOff;
    return [interpreter.gil && others * 2 > to - from ? 'gil' : 'blocked', DERIVED];
  }

  /** How much of a stretch lies in recorded waits. Stretches are asked for in the order of time. */
  private waited(machine: Machine, from: number, to: number): number {
    const waits = this.model.threadWaits[machine.unit] ?? [];
    while (machine.nextWait < waits.length && (waits[machine.nextWait + 1] as number) <= from) machine.nextWait += 2;
    if (machine.nextWait >= MOST_PAST_WAITS) machine.nextWait -= waits.splice(0, machine.nextWait).length;
    let sum = 0;
    let counted = from;
    for (let i = machine.nextWait; i < waits.length; i += 2) {
      const start = Math.max(counted, waits[i] as number);
      const end = Math.min(to, waits[i + 1] as number);
      if (end > start) {
        sum += end - start;
        counted = end;
      }
      if ((waits[i] as number) > to) break;
    }
    this.openWaits ??= openThreadWaits(this.model);
    const open = this.openWaits.get(machine.unit);
    if (open !== undefined) sum += Math.max(0, to - Math.max(counted, open));
    return sum;
  }

  /** Alternates what was waited for and what lies between, up to `horizon`. */
  private fromWaitsAlone(machine: Machine, horizon: number): void {
    const waits = this.model.threadWaits[machine.unit] ?? [];
    for (; machine.nextWait < waits.length; machine.nextWait += 2) {
      const start = waits[machine.nextWait] as number;
      const end = waits[machine.nextWait + 1] as number;
      if (end > horizon) break;
      this.addRow(machine, start, 'running', DERIVED);
      this.addRow(machine, end, 'waiting', DERIVED);
    }
    if (machine.nextWait >= MOST_PAST_WAITS) machine.nextWait -= waits.splice(0, machine.nextWait).length;
  }

  private addRow(machine: Machine, end: number, state: ThreadState, flags: number): void {
    const start = this.clip(machine, machine.until);
    const to = this.clip(machine, end);
    if (Number.isNaN(start)) return;
    machine.until = Math.max(start, to);
    if (!(to > start)) return;
    const { states } = this.model;
    const row = states.add();
    states.columns.unit[row] = machine.unit;
    states.columns.start[row] = start;
    states.columns.end[row] = to;
    states.columns.state[row] = THREAD_STATES.indexOf(state);
    states.columns.flags[row] = flags;
  }

  private interpreter(unit: number): Interpreter {
    const space = this.model.unitSpaces[unit];
    const key = space?.unit ?? -1;
    let interpreter = this.interpreters.get(key);
    if (!interpreter) {
      interpreter = { gil: space?.header.gil ?? true, active: 0, sum: 0, at: 0 };
      this.interpreters.set(key, interpreter);
    }
    return interpreter;
  }

  private count(interpreter: Interpreter, time: number): void {
    if (time <= interpreter.at) return;
    interpreter.sum += interpreter.active * (time - interpreter.at);
    interpreter.at = time;
  }
}
