/** What is selected or under the pointer, in words: a title and facts, each name a link. Pure. */
import { OPERATION_FAMILIES, OPERATION_NAMES } from '../common/events';
import type { ShownFinding } from '../common/finding';
import { certaintyAndGrade } from '../common/findingWords';
import { type Site, THREAD_STATES, type ThreadState, type Unit } from '../common/trace';
import { chainFacts } from './causality/chainWords';
import { findingOf } from './findings';
import { describeHold, describeObject } from './objects/describeObject';
import {
  callsAt,
  findCoreStay,
  findSpan,
  findWait,
  holdOfWait,
  type Selection,
  type Span,
  type Wait,
} from './selection';
import { CUT_OFF_SPAN, JOB, STEP, type Store } from './store';
import { durationText, shareText, timeText } from './timeText';
import { countWords, functionWords, nameOf, objectName, placeWords, waitWords } from './words';

/** Text, or a link: to a line of code, or to what a unit did at a time. */
export type Part =
  | string
  | { readonly text: string; readonly site: Site }
  | { readonly text: string; readonly unit: number; readonly time: number };

export interface Fact {
  readonly name: string;
  readonly parts: readonly Part[];
}

export interface Description {
  readonly title: string;
  readonly facts: readonly Fact[];
  /** What it is about, when that is a finding. */
  readonly finding?: ShownFinding;
  /** Where a double-click leads. */
  readonly site: Site | undefined;
}

/** Undefined when the selected thing does not exist (any more). */
export function describe(store: Store, selection: Selection, now: number): Description | undefined {
  switch (selection.kind) {
    case 'wait': {
      const wait = findWait(store, selection.unit, selection.start);
      return wait && describeWait(store, wait, now);
    }
    case 'span': {
      const span = findSpan(store, selection);
      return span && describeSpan(store, span, now);
    }
    case 'core':
      return describeCore(store, selection, now);
    case 'state':
      return describeState(store, selection, now);
    case 'hold':
      return describeHold(store, selection, now);
    case 'object':
      return describeObject(store, selection.object, now);
    case 'merged':
      return {
        title: `${countWords(selection.count, selection.what, MANY[selection.what])}, too short to be told apart`,
        facts: [
          time(selection.from, selection.to, now),
          { name: 'to see each', parts: ['zoom in: W, the wheel or a double-click'] },
        ],
        site: undefined,
      };
    case 'finding': {
      const finding = findingOf(store, selection.id);
      return finding && describeFinding(store, finding);
    }
    case 'unit': {
      const unit = store.units[selection.unit];
      return unit && describeUnit(store, unit, now);
    }
  }
}

function describeFinding(store: Store, finding: ShownFinding): Description {
  const { title, severity, certainty, grade, count, rule, message, locations } = finding;
  const often = count > 1 ? `; seen ${count.toLocaleString('en')} times` : '';
  const facts: Fact[] = [
    { name: 'what', parts: [message] },
    { name: severity, parts: [`${certaintyAndGrade(certainty, grade)}${often} (${rule})`] },
  ];
  for (const { site, role, unit, time: at } of locations) {
    const parts: Part[] = [];
    const place = store.site(site);
    if (unit >= 0) {
      const isMoment = !Number.isNaN(at);
      parts.push(isMoment ? unitLink(store, unit + 1, at) : nameOf(store, unit), ' ');
    }
    parts.push(role);
    facts.push({ name: '', parts: place ? [line(place), '  ', ...parts] : parts });
  }
  return { title, facts, finding, site: store.site(locations[0]?.site ?? 0) };
}

const MANY: Readonly<Partial<Record<string, string>>> = {
  'stretch on the core': 'stretches on the core',
  stretch: 'stretches',
};

function describeWait(store: Store, wait: Wait, now: number): Description {
  const goesOn = Number.isNaN(wait.end);
  const who = nameOf(store, wait.unit);
  const thing = objectName(store, wait.object) || (wait.target > 0 ? nameOf(store, wait.target - 1) : '');
  const kind = OPERATION_NAMES[wait.operation] ?? 'unknown';
  const isIdle = OPERATION_FAMILIES[wait.operation] === 'idle';
  const object = wait.object > 0 ? store.objects[wait.object - 1] : undefined;
  const made = store.site(object?.site ?? 0);
  const facts: Fact[] = [time(wait.start, wait.end, now)];
  facts.push({ name: 'kind', parts: made ? [`${kind}, made at `, line(made)] : [kind] });
  if (wait.target > 0)
    facts.push({ name: 'waits for', parts: [unitLink(store, wait.target, goesOn ? now : wait.end)] });
  addHolder(facts, store, wait);
  facts.push(...chainFacts(store, wait, now));
  addEnd(facts, store, wait);
  const site = store.site(wait.site);
  if (site) facts.push({ name: 'where', parts: site.function ? [functionWords(site), ' ', line(site)] : [line(site)] });
  addCalls(facts, store, wait.unit, wait.start);
  const verb = isIdle ? (goesOn ? 'is idle' : 'was idle') : goesOn ? 'waits for' : 'waited for';
  return { title: `${who} ${verb}${isIdle ? '' : ` ${thing || waitWords(store, wait)}`}`, facts, site };
}

function addHolder(facts: Fact[], store: Store, wait: Wait): void {
  if (wait.heldBy === 0) return;
  const parts: Part[] = [unitLink(store, wait.heldBy, wait.start)];
  const hold = holdOfWait(store, wait);
  const open = hold < 0 ? undefined : store.site(store.holds.columns.site[hold]);
  const call = callsAt(store, wait.heldBy - 1, wait.start)[0];
  if (call && functionWords(store.site(call.site))) parts.push(` in ${functionWords(store.site(call.site))}`);
  if (hold >= 0) parts.push(`, since ${timeText(store.holds.columns.start[hold], 1e6)}`);
  if (open) parts.push(', taken at ', line(open));
  facts.push({ name: 'held by', parts });
}

function addEnd(facts: Fact[], store: Store, wait: Wait): void {
  if (Number.isNaN(wait.end)) return;
  if (wait.cutOff) facts.push({ name: 'ended', parts: ['not known: the recording breaks off while it waits'] });
  const outcome = OUTCOME_WORDS[wait.outcome];
  if (outcome) facts.push({ name: 'ended', parts: [outcome] });
  if (wait.wokenBy === 0) return;
  const at = Number.isNaN(wait.wokenAt) ? wait.end : wait.wokenAt;
  const parts: Part[] = [unitLink(store, wait.wokenBy, at)];
  const site = store.site(wait.wokenSite);
  if (site) parts.push(' at ', line(site));
  const delay = wait.end - at;
  if (delay > 0) parts.push(`, went on ${durationText(delay)} later`);
  facts.push({ name: 'ended by', parts });
}

const OUTCOME_WORDS: readonly string[] = [
  '',
  'the time was up',
  'by an exception',
  'it was cancelled',
  'refused at once',
];

function describeSpan(store: Store, span: Span, now: number): Description {
  const site = store.site(span.site);
  const what = functionWords(site) || (span.flags & STEP ? 'step' : span.flags & JOB ? 'job' : 'call');
  const facts: Fact[] = [time(span.start, span.end, now)];
  if (site) facts.push({ name: 'function', parts: [`${site.function.replaceAll('<locals>.', '')} `, line(site)] });
  if (span.unit !== span.thread)
    facts.push({ name: 'on thread', parts: [unitLink(store, span.thread + 1, span.start)] });
  const share = store.unitStates[span.thread]?.map(
    (track) => track?.covered(span.start, Number.isNaN(span.end) ? now : span.end) ?? 0,
  );
  const whole = (Number.isNaN(span.end) ? now : span.end) - span.start;
  if (share && whole > 0) facts.push({ name: 'of that', parts: [stateShares(share, whole)] });
  if (span.flags & 1) facts.push({ name: 'ended', parts: ['by an exception'] });
  if (span.flags & 4) facts.push({ name: 'ended', parts: ['suspended: it goes on later'] });
  if (span.flags & CUT_OFF_SPAN) facts.push({ name: 'ended', parts: ['not known: the recording breaks off'] });
  addCalls(facts, store, span.unit, span.start, span.depth);
  return { title: `${what} on ${nameOf(store, span.unit)}`, facts, site };
}

function describeCore(store: Store, key: { core: number; start: number }, now: number): Description | undefined {
  const stay = findCoreStay(store, key.core, key.start);
  if (!stay) return undefined;
  const facts: Fact[] = [time(stay.start, stay.end, now)];
  if (stay.unit > 0) facts.push({ name: 'thread', parts: [unitLink(store, stay.unit, stay.start)] });
  if (stay.flags & 1) facts.push({ name: 'ended', parts: ['pushed off the core while it wanted to go on'] });
  if (stay.flags & 2) facts.push({ name: 'note', parts: ['sampled: short stays may be missing'] });
  const call = stay.unit > 0 ? callsAt(store, stay.unit - 1, stay.start)[0] : undefined;
  const site = call && store.site(call.site);
  if (site) facts.push({ name: 'runs', parts: [functionWords(site), ' ', line(site)] });
  const who = stay.unit > 0 ? nameOf(store, stay.unit - 1) : 'A thread that is not Python’s';
  return { title: `${who} on core ${stay.core}`, facts, site };
}

const STATE_WORDS: Readonly<Record<ThreadState, string>> = {
  running: 'runs',
  ready: 'wants a core',
  gil: 'wants the GIL',
  blocked: 'is in a call that is not recorded',
  waiting: 'waits',
};

const STATE_REASONS: Readonly<Record<ThreadState, string>> = {
  running: '',
  ready: 'it was pushed off its core and another thread has it',
  gil: 'it is off its core while another thread of its interpreter runs',
  blocked: 'I/O or C code: off its core, and nothing of Python’s is known to hold it up',
  waiting: '',
};

function describeState(store: Store, state: Extract<Selection, { kind: 'state' }>, now: number): Description {
  const name = THREAD_STATES[state.state];
  const facts: Fact[] = [time(state.from, state.to, now)];
  if (STATE_REASONS[name]) facts.push({ name: 'why', parts: [STATE_REASONS[name]] });
  if (state.derived) facts.push({ name: 'note', parts: [derivedNote(store, name)] });
  const call = callsAt(store, state.unit, state.from)[0];
  const site = call && store.site(call.site);
  if (site) facts.push({ name: 'in', parts: [functionWords(site), ' ', line(site)] });
  return { title: `${nameOf(store, state.unit)} ${STATE_WORDS[name]}`, facts, site };
}

function derivedNote(store: Store, state: ThreadState): string {
  if (store.cores.source === 'none' && state === 'running')
    return 'cores are not known: all that does not wait counts as running';
  return store.cores.source === 'sampled' ? 'concluded from samples, not recorded' : 'concluded, not recorded';
}

function describeUnit(store: Store, unit: Unit, now: number): Description {
  const facts: Fact[] = [];
  const begun = Number.isNaN(unit.start) ? unit.created : unit.start;
  facts.push(Number.isNaN(begun) ? { name: 'time', parts: ['not known'] } : time(begun, unit.end, now));
  if (Number.isNaN(unit.start) && !Number.isNaN(unit.created))
    facts.push({ name: 'state', parts: ['made, has not begun'] });
  else facts.push({ name: 'state', parts: [unit.state] });
  const numbers = [unit.pid > 0 ? `pid ${unit.pid}` : '', unit.tid > 0 ? `thread ${unit.tid}` : '', unit.how].filter(
    Boolean,
  );
  if (numbers.length > 0) facts.push({ name: 'system', parts: [numbers.join(', ')] });
  if (unit.function) facts.push({ name: 'runs', parts: [unit.function] });
  const site = store.site(unit.site);
  if (unit.startedBy >= 0 || site) {
    const parts: Part[] =
      unit.startedBy >= 0
        ? [unitLink(store, unit.startedBy + 1, Number.isNaN(unit.created) ? begun : unit.created)]
        : [];
    if (site) parts.push(parts.length > 0 ? ' at ' : '', line(site));
    facts.push({ name: 'started by', parts });
  }
  const states = store.unitStates[unit.id]?.map((track) => track?.total ?? 0);
  const whole = states?.reduce((sum, value) => sum + value, 0) ?? 0;
  if (states && whole > 0) facts.push({ name: 'of that', parts: [stateShares(states, whole)] });
  return { title: `${nameOf(store, unit.id)} (${unit.kind})`, facts, site };
}

function stateShares(nanos: readonly number[], whole: number): string {
  const words = ['running', 'wants a core', 'wants the GIL', 'in calls that are not recorded', 'waiting'];
  return (
    words
      .flatMap((word, i) => ((nanos[i] ?? 0) > whole * 0.001 ? [`${word} ${shareText(nanos[i] / whole)}`] : []))
      .join(', ') || 'nothing recorded'
  );
}

function time(from: number, to: number, now: number): Fact {
  if (Number.isNaN(to))
    return { name: 'for', parts: [`${durationText(now - from)} so far (since ${timeText(from, 1e6)})`] };
  const exact = Math.max(1, (to - from) / 100);
  return { name: 'for', parts: [`${durationText(to - from)} (${timeText(from, exact)} → ${timeText(to, exact)})`] };
}

function addCalls(facts: Fact[], store: Store, unit: number, at: number, below = Number.POSITIVE_INFINITY): void {
  const calls = callsAt(store, unit, at)
    .filter((call) => call.depth < below && call.site > 0)
    .slice(0, 5);
  if (calls.length === 0) return;
  const parts: Part[] = [];
  for (const call of calls) {
    const site = store.site(call.site);
    if (!site) continue;
    if (parts.length > 0) parts.push(' ← ');
    parts.push({ text: functionWords(site), site });
  }
  facts.push({ name: below === Number.POSITIVE_INFINITY ? 'in' : 'called by', parts });
}

function line(site: Site): Part {
  return { text: placeWords(site), site };
}

function unitLink(store: Store, reference: number, at: number): Part {
  return { text: nameOf(store, reference - 1), unit: reference - 1, time: at };
}
