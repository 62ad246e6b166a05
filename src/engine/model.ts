/** What a trace is folded into: units, objects, sites and tables, with the revision at which each last changed. */
import { OPERATION, OPERATION_FAMILIES } from '../../common/events';
import { Table } from '../../common/table';
import {
  CORE_COLUMNS,
  DEPTH_COLUMNS,
  HOLD_COLUMNS,
  LINE_COLUMNS,
  type Mark,
  type Problem,
  type SharedObject,
  type Site,
  SPAN_COLUMNS,
  STATE_COLUMNS,
  type Unit,
  type UnitKind,
  WAIT_COLUMNS,
} from '../../common/trace';
import { Deferred } from './deferred';
import type { AccessSite, Variable } from './detect/variables';
import { History } from './history';
import { IdMap } from './idMap';
import type { OpenHold, Owner, PendingWait } from './owner';
import { ProblemLog } from './problemLog';
import type { Space } from './space';

/** What an id stands for, as one number: 0 nothing, else (row + 1) * 2, plus 1 for an object. */
export type Entity = number;

export interface StrayRelease {
  readonly object: number;
  readonly time: number;
  /** Site row + 1. */
  readonly site: number;
}

/** What a process had used at a moment; only in runs that are to be compared. */
export interface Usage {
  /** Process unit. */
  readonly unit: number;
  readonly time: number;
  /** Which moment: the calls of a mode begin, are over, or the process ends. */
  readonly at: 'begin' | 'over' | 'end';
  /** Nanoseconds that its threads ran on cores. */
  readonly cpuNs: number;
  /** Bytes that it sent to other processes and interpreters, as far as that is recorded. */
  readonly sentBytes: number;
}

export interface AbandonedHold {
  readonly hold: OpenHold;
  readonly owner: Owner;
  /** When its owner ended. */
  readonly end: number;
}

const NO_SITE: Site = { file: '', function: '', line: 0, column: -1, endLine: 0, endColumn: -1 };

/** What a unit's name is worth: found by us, the standard library's or given at the start, told by a name record. */
export const FALLBACK_NAME = 1;
export const START_NAME = 2;
export const TOLD_NAME = 3;

export class Model {
  readonly units: Unit[] = [];
  readonly objects: SharedObject[] = [];
  readonly sites: Site[] = [];
  readonly spans = new Table(SPAN_COLUMNS);
  readonly waits = new Table(WAIT_COLUMNS);
  readonly holds = new Table(HOLD_COLUMNS);
  readonly coreSpans = new Table(CORE_COLUMNS);
  readonly states = new Table(STATE_COLUMNS);
  readonly depths = new Table(DEPTH_COLUMNS);
  readonly lines = new Table(LINE_COLUMNS);
  readonly usages: Usage[] = [];
  /** In the order in which their labels became known. */
  readonly marks: Mark[] = [];
  readonly problems = new ProblemLog();
  readonly deferred = new Deferred();

  /** Latest time recorded, nanoseconds since the origin. */
  now = 0;
  /** The origin of all times, as [high, low] words of the recorder's clock; null until the first process is known. */
  origin: readonly [number, number] | null = null;

  readonly globals = new IdMap();
  readonly spaces = new Map<string, Space>();
  /** By unit row: what it is doing; absent for units that are over or have no code of their own. */
  readonly owners: (Owner | undefined)[] = [];
  /** By unit row: its space. */
  readonly unitSpaces: (Space | null)[] = [];
  /** By object row: who gave it up or signalled on it, and when. */
  readonly histories: (History | undefined)[] = [];
  /** Waits that are over and not yet in the table, because who ended them may be in a stream not read so far. */
  pendingWaits: PendingWait[] = [];
  /** Process units by pid, in the order in which they became known. */
  readonly processes = new Map<number, number[]>();
  /** Thread units by the system's number. */
  readonly threadsByTid = new Map<number, number[]>();
  /** Subinterpreter units by pid * 65536 + number. */
  readonly interpreters = new Map<number, number>();
  /** When somebody's wait for a process's end was over, by its row; how a process that was killed is known to have ended. */
  readonly seenEnded = new Map<number, number>();
  /** Releases by others than the one who took it. */
  strayReleases: StrayRelease[] = [];
  /** What ended units had not given back. */
  abandonedHolds: AbandonedHold[] = [];

  /** Site rows + 1 of functions whose spans are no longer recorded. */
  readonly muted = new Set<number>();
  /** Site rows + 1 of accesses of which only a sample is recorded. */
  readonly sampled = new Set<number>();
  /** By unit row: site row + 1 of the function that it runs, 0 unknown. */
  readonly functionSites: number[] = [];
  /** By thread row: times at which it began and ended to wait, in pairs, for the thread states. */
  readonly threadWaits: (number[] | undefined)[] = [];

  /** What several owners came to. */
  readonly variables: Variable[] = [];
  /** By site row: what the text says about an access. */
  readonly accessSites: (AccessSite | undefined)[] = [];
  /** Site row + 1 -> site rows + 1 of calls by which the function was reached that it lies in. */
  readonly callers = new Map<number, number[]>();
  /** Site rows + 1 of functions that run in the middle of others -> operation id of the callback. */
  readonly callbacks = new Map<number, number>();

  /** How often waits were settled. */
  settlements = 0;
  /** Counts changes; a reader that remembers it sees what is newer. */
  revision = 0;
  readonly unitRevisions: number[] = [];
  readonly objectRevisions: number[] = [];
  readonly siteRevisions: number[] = [];

  private readonly nameRanks: number[] = [];
  private readonly nameless = new Set<number>();

  // Units

  addUnit(kind: UnitKind, space: Space | null, pid: number): Unit {
    const unit: Unit = {
      id: this.units.length,
      kind,
      name: '',
      function: '',
      parent: -1,
      startedBy: -1,
      pid,
      tid: 0,
      start: Number.NaN,
      end: Number.NaN,
      created: Number.NaN,
      state: 'created',
      site: 0,
      how: '',
    };
    this.units.push(unit);
    this.owners.push(undefined);
    this.unitSpaces.push(space);
    space?.units.push(unit.id);
    this.functionSites.push(0);
    this.nameless.add(unit.id);
    this.deferred.defined();
    this.unitRevisions.push(++this.revision);
    return unit;
  }

  unit(row: number): Unit {
    return this.units[row] as Unit;
  }

  /** Tells that a unit was changed. */
  touch(row: number): void {
    this.unitRevisions[row] = ++this.revision;
  }

  /** Puts a unit below another; refuses what would make a unit its own ancestor (a damaged trace can say so). */
  setParent(row: number, parent: number): void {
    for (let at = parent, depth = 0; at !== -1; at = this.unit(at).parent, depth++) {
      if (at === row || depth > 1000) return;
    }
    (this.units[row] as { parent: number }).parent = parent;
    this.touch(row);
  }

  /** Gives units that began without a name the best one there is; `program` is that of the first process. */
  nameNameless(program: string): void {
    for (const row of this.nameless) {
      const unit = this.unit(row);
      if (unit.name === '' && Number.isNaN(unit.start)) continue;
      this.nameless.delete(row);
      if (unit.name !== '') continue;
      const number = unit.kind === 'thread' ? unit.tid : unit.pid;
      const ordinary = `${unit.kind} ${number}`;
      this.setName(row, (unit.how === 'program' && program) || unit.function || ordinary, FALLBACK_NAME);
    }
  }

  /** Names a unit, unless it has a name that counts more; they come in any order. */
  setName(row: number, name: string, rank: number): void {
    if (rank < (this.nameRanks[row] ?? 0)) return;
    this.nameRanks[row] = rank;
    this.unit(row).name = name;
    this.touch(row);
  }

  /** The thread unit on which a unit runs; -1 for processes and jobs that have not begun. */
  threadOf(row: number): number {
    const unit = this.unit(row);
    if (unit.kind === 'thread') return row;
    if (unit.kind === 'process') return -1;
    return unit.parent !== -1 && this.unit(unit.parent).kind === 'thread' ? unit.parent : -1;
  }

  // Ids

  entity(space: Space, high: number, low: number): Entity {
    if (high === 0 && low === 0) return 0;
    return space.mapOf(high).get(high, low);
  }

  setEntity(space: Space, high: number, low: number, entity: Entity): void {
    if (high !== 0 || low !== 0) space.mapOf(high).set(high, low, entity);
  }

  /** Row of the unit that an id stands for, -1 when it stands for none that is known. */
  unitRow(space: Space, high: number, low: number): number {
    const entity = this.entity(space, high, low);
    return entity !== 0 && (entity & 1) === 0 ? entity / 2 - 1 : -1;
  }

  /** The unit of an id, made when there is none. */
  unitOf(space: Space, high: number, low: number, kind: UnitKind): Unit {
    const row = this.unitRow(space, high, low);
    if (row !== -1) return this.unit(row);
    const unit = this.addUnit(kind, space, space.header.pid);
    this.setEntity(space, high, low, (unit.id + 1) * 2);
    return unit;
  }

  /** Row of the object of an id, made when there is none; -1 for no id and for the id of a unit. */
  objectRow(space: Space, high: number, low: number, operation: number): number {
    const entity = this.entity(space, high, low);
    if (entity !== 0) return entity & 1 ? (entity - 1) / 2 - 1 : -1;
    if (high === 0 && low === 0) return -1;
    const row = this.objects.length;
    this.objects.push({ id: row, operation, name: '', site: 0 });
    this.objectRevisions.push(++this.revision);
    this.histories.push(undefined);
    this.deferred.defined();
    this.setEntity(space, high, low, (row + 1) * 2 + 1);
    return row;
  }

  touchObject(row: number): void {
    this.objectRevisions[row] = ++this.revision;
  }

  history(objectRow: number): History {
    let history = this.histories[objectRow];
    if (!history) this.histories[objectRow] = history = new History();
    return history;
  }

  // Accesses

  isList({ operation }: Variable): boolean {
    return operation === OPERATION['variable.list'];
  }

  /** Row of the variable of an id, -1 when it was not told of (yet). */
  variableRow(space: Space, high: number, low: number): number {
    return space.variablesOf(high).get(high, low) - 1;
  }

  /** The innermost callback among open function spans (as `Owner.spans` has them); 0 when there is none. */
  contextOf(spans: readonly number[]): number {
    for (let at = spans.length - 2; at >= 0; at -= 3) {
      const callback = this.callbacks.get(spans[at] as number);
      if (callback !== undefined) return callback;
    }
    return 0;
  }

  // Sites and texts

  /** Row + 1 of a site, 0 for none. The row is filled in once its definition is read. */
  siteRow(space: Space, id: number): number {
    if (id === 0) return 0;
    const known = space.siteRows[id];
    if (known !== undefined) return known;
    return this.addSiteRow(space, id);
  }

  private addSiteRow(space: Space, id: number): number {
    const definition = space.site(id);
    if (definition && definition.space !== space) {
      const shared = this.siteRow(definition.space, id);
      space.siteRows[id] = shared;
      return shared;
    }
    this.sites.push(NO_SITE);
    this.siteRevisions.push(++this.revision);
    const row = this.sites.length - 1;
    space.siteRows[id] = row + 1;
    this.deferred.whenKnown(() => this.fillSite(space, id, row));
    return row + 1;
  }

  private fillSite(space: Space, id: number, row: number): boolean {
    const found = space.site(id);
    const file = found?.space.text(found.site.fileText);
    const name = found?.space.text(found.site.functionText);
    if (!found || file === undefined || name === undefined) return false;
    const { line, endLine, column, endColumn } = found.site;
    this.sites[row] = { file, function: name, line, column, endLine, endColumn };
    this.siteRevisions[row] = ++this.revision;
    return true;
  }

  withText(space: Space, id: number, use: (text: string) => void): void {
    if (id === 0) return;
    this.deferred.whenKnown(() => {
      const text = space.text(id);
      if (text === undefined) return false;
      use(text);
      return true;
    });
  }

  addProblem(kind: Problem['kind'], text: string): void {
    this.problems.add(kind, text);
  }
}

export function familyOf(operation: number): string {
  return OPERATION_FAMILIES[operation] ?? '';
}
