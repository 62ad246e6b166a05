/**
 * A static picture of a run: the cores, then the units as a tree, each with its own colour. Form tells the state: a full
 * bar runs, a thin one wants to run, hatching waits, an outline is in a call that was not recorded.
 */
import { escapeXml } from '../../../common/escapeXml';
import { THREAD_STATES, type Unit } from '../../../common/trace';
import { JOB_FLAG, STEP_FLAG } from '../activity';
import { baseName, unitName } from '../names';
import { duration } from '../reportText';
import type { Trace } from '../trace';
import { Coverage } from './coverage';

const WIDTH = 1280;
const NAMES_WIDTH = 240;
const MARGIN = 16;
const CHART_WIDTH = WIDTH - NAMES_WIDTH - MARGIN;
const LANE = 20;
const BAR = 12;
const THIN = 4;
const HEAD = 64;
const FOOT = 44;
/** A picture that is longer than a wall helps nobody; the rest is told as a number. */
const MOST_LANES = 250;

/** Okabe and Ito's colours without yellow and black, which do not show on white or look like text. */
const PALETTE = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#56b4e9', '#e69f00', '#7f5fb0', '#8c6d31'] as const;

/** Kinds of stretches in a lane's coverage. */
const RUNNING = 1;
const WANTS = 2;
const BLOCKED = 3;
const WAITING = 4;
const KIND_OF_STATE: Readonly<Record<(typeof THREAD_STATES)[number], number>> = {
  running: RUNNING,
  ready: WANTS,
  gil: WANTS,
  blocked: BLOCKED,
  waiting: WAITING,
};

interface Lane {
  readonly unit: Unit;
  readonly depth: number;
}

export function* svg(trace: Trace): Generator<string> {
  const lanes = lanesOf(trace.units);
  const shown = lanes.slice(0, MOST_LANES);
  const cores = trace.cores.source === 'none' ? 0 : Math.min(trace.cores.count, MOST_LANES);
  const height = HEAD + (cores + shown.length + 1) * LANE + FOOT;
  yield `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" font-family="system-ui, sans-serif" font-size="12">\n`;
  yield `<title>${escapeXml(headline(trace))}</title>\n`;
  yield definitions();
  yield `<rect width="${WIDTH}" height="${height}" fill="#ffffff"/>\n`;
  yield text(MARGIN, 24, headline(trace), 'font-size="15" font-weight="600"');
  yield* axis(trace, height - FOOT);
  yield* coreLanes(trace, cores, HEAD);
  yield* unitLanes(trace, shown, HEAD + cores * LANE);
  const left = lanes.length - shown.length;
  const bottom = HEAD + (cores + shown.length) * LANE;
  if (left > 0) yield text(MARGIN, bottom + 14, `… and ${left} more units`, 'fill="#555555"');
  yield* legend(height - 16);
  yield '</svg>\n';
}

function headline(trace: Trace): string {
  const { file, python, wallNs } = trace.run;
  const name = baseName(file) || 'Python program';
  return [name, python && `Python ${python}`, wallNs !== null && duration(wallNs)].filter(Boolean).join(' · ');
}

function colourOf(unit: number): string {
  return PALETTE[unit % PALETTE.length] as string;
}

function definitions(): string {
  const patterns = PALETTE.map(
    (colour, i) =>
      `<pattern id="w${i}" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">` +
      `<rect width="6" height="6" fill="${colour}" fill-opacity="0.12"/><rect width="2" height="6" fill="${colour}" fill-opacity="0.75"/></pattern>`,
  );
  return `<defs>${patterns.join('')}</defs>\n`;
}

function text(x: number, y: number, content: string, attributes = ''): string {
  return `<text x="${x}" y="${y}" ${attributes}>${escapeXml(content)}</text>\n`;
}

/** Times to pixels of the chart; a run of no length still has a width. */
function scaleOf(trace: Trace): number {
  return CHART_WIDTH / Math.max(1, trace.now);
}

function* axis(trace: Trace, bottom: number): Generator<string> {
  const scale = scaleOf(trace);
  const step = niceStep(trace.now / 8);
  for (let time = 0; time <= trace.now; time += step) {
    const x = NAMES_WIDTH + time * scale;
    yield `<path d="M${x.toFixed(1)} ${HEAD - 8}V${bottom}" stroke="#e4e4e4"/>`;
    yield text(
      Math.round(x),
      HEAD - 14,
      time === 0 ? '0' : duration(time),
      'fill="#555555" text-anchor="middle" font-size="11"',
    );
  }
}

/** 1, 2 or 5 times a power of ten, at least `atLeast`. */
function niceStep(atLeast: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, atLeast)));
  return ([1, 2, 5].find((factor) => factor * power >= atLeast) ?? 10) * power;
}

function* coreLanes(trace: Trace, count: number, top: number): Generator<string> {
  const scale = scaleOf(trace);
  const { columns, length } = trace.coreSpans;
  // Kinds are colours here; one more for threads that the trace does not know.
  const unknown = PALETTE.length + 1;
  const lanes = Array.from({ length: count }, () => new Coverage(CHART_WIDTH, unknown));
  for (let row = 0; row < length; row++) {
    const unit = columns.unit[row]!;
    const kind = unit === 0 ? unknown : ((unit - 1) % PALETTE.length) + 1;
    lanes[columns.core[row]!]?.add(kind, columns.start[row]! * scale, columns.end[row]! * scale);
  }
  const sampled = trace.cores.source === 'sampled' ? ' (sampled)' : '';
  for (const [core, lane] of lanes.entries()) {
    const y = top + core * LANE;
    yield text(MARGIN, y + 14, `core ${core}${sampled}`, 'fill="#555555"');
    for (const { kind, from, to } of lane.runs()) {
      const fill = kind === unknown ? '#9a9a9a' : colourOf(kind - 1);
      yield rect(from, to, y + (LANE - BAR) / 2, BAR, `fill="${fill}"`);
    }
  }
}

/** Units depth first, in the order in which they became known. */
function lanesOf(units: readonly Unit[]): Lane[] {
  const children = new Map<number, Unit[]>();
  for (const unit of units) {
    const siblings = children.get(unit.parent);
    if (siblings) siblings.push(unit);
    else children.set(unit.parent, [unit]);
  }
  const lanes: Lane[] = [];
  const rest: Lane[] = (children.get(-1) ?? []).map((unit) => ({ unit, depth: 0 })).reverse();
  for (let lane = rest.pop(); lane; lane = rest.pop()) {
    lanes.push(lane);
    const below = children.get(lane.unit.id) ?? [];
    for (let i = below.length - 1; i >= 0; i--) rest.push({ unit: below[i] as Unit, depth: lane.depth + 1 });
  }
  return lanes;
}

function* unitLanes(trace: Trace, lanes: readonly Lane[], top: number): Generator<string> {
  const coverages = coverageOf(trace, lanes);
  for (const [index, { unit, depth }] of lanes.entries()) {
    const y = top + index * LANE;
    const indent = MARGIN + Math.min(depth, 8) * 14;
    yield text(indent, y + 14, shortened(labelOf(trace, unit), (NAMES_WIDTH - indent - 8) / 6.6));
    yield lifeLine(trace, unit, y);
    for (const { kind, from, to } of coverages.get(unit.id)?.runs() ?? []) yield bar(unit.id, kind, from, to, y);
    yield endMark(trace, unit, y);
  }
}

/** A task's name says little when asyncio gave it; what it runs says more. */
function labelOf(trace: Trace, unit: Unit): string {
  const name = unitName(trace, unit.id);
  return unit.kind === 'task' && unit.function !== '' && unit.function !== name ? `${name} ${unit.function}` : name;
}

function lifeLine(trace: Trace, unit: Unit, y: number): string {
  if (Number.isNaN(unit.start)) return '\n';
  const scale = scaleOf(trace);
  const end = Number.isNaN(unit.end) ? trace.now : unit.end;
  const [from, to] = [NAMES_WIDTH + unit.start * scale, NAMES_WIDTH + end * scale];
  return `<path d="M${from.toFixed(1)} ${y + LANE / 2}H${to.toFixed(1)}" stroke="${colourOf(unit.id)}" stroke-opacity="0.6"/>`;
}

/** A cross at the end of what did not end well. */
function endMark(trace: Trace, unit: Unit, y: number): string {
  if ((unit.state !== 'failed' && unit.state !== 'killed') || Number.isNaN(unit.end)) return '\n';
  return `${mark(Math.round(NAMES_WIDTH + unit.end * scaleOf(trace)), y + LANE / 2)}\n`;
}

function mark(x: number, y: number): string {
  return `<path d="M${x - 4} ${y - 4}l8 8m0 -8l-8 8" stroke="#b00020" stroke-width="2"/>`;
}

function coverageOf(trace: Trace, lanes: readonly Lane[]): Map<number, Coverage> {
  const scale = scaleOf(trace);
  const coverages = new Map<number, Coverage>();
  for (const { unit } of lanes) if (unit.kind !== 'process') coverages.set(unit.id, new Coverage(CHART_WIDTH, WAITING));
  const { states, spans, waits } = trace;
  for (let row = 0; row < states.length; row++) {
    const kind = KIND_OF_STATE[THREAD_STATES[states.columns.state[row]!]!];
    const [start, end] = [states.columns.start[row]!, states.columns.end[row]!];
    coverages.get(states.columns.unit[row]!)?.add(kind, start * scale, end * scale);
  }
  for (let row = 0; row < spans.length; row++) {
    const flags = spans.columns.flags[row]!;
    const [from, to] = [spans.columns.start[row]! * scale, spans.columns.end[row]! * scale];
    const own = coverages.get(spans.columns.unit[row]!);
    const thread = coverages.get(spans.columns.thread[row]!);
    // In its steps a task runs; a job does what its thread does.
    if (flags & STEP_FLAG) own?.add(RUNNING, from, to);
    else if (flags & JOB_FLAG && thread) own?.copy(thread, from, to);
  }
  for (let row = 0; row < waits.length; row++) {
    const unit = waits.columns.unit[row]!;
    if (trace.units[unit]?.kind !== 'task') continue;
    const [start, end] = [waits.columns.start[row]!, waits.columns.end[row]!];
    coverages.get(unit)?.add(WAITING, start * scale, end * scale);
  }
  return coverages;
}

function bar(unit: number, kind: number, from: number, to: number, y: number): string {
  const colour = colourOf(unit);
  const [top, middle] = [y + (LANE - BAR) / 2, y + (LANE - THIN) / 2];
  if (kind === RUNNING) return rect(from, to, top, BAR, `fill="${colour}"`);
  if (kind === WANTS) return rect(from, to, middle, THIN, `fill="${colour}"`);
  if (kind === WAITING) return rect(from, to, top, BAR, `fill="url(#w${unit % PALETTE.length})"`);
  return rect(from, to, top + 1, BAR - 2, `fill="#ffffff" stroke="${colour}" stroke-opacity="0.5"`);
}

function rect(from: number, to: number, y: number, height: number, attributes: string): string {
  return `<rect x="${NAMES_WIDTH + from}" y="${y}" width="${to - from}" height="${height}" ${attributes}/>`;
}

function* legend(y: number): Generator<string> {
  const entries: readonly (readonly [number, string])[] = [
    [RUNNING, 'runs'],
    [WANTS, 'wants a core or the GIL'],
    [WAITING, 'waits'],
    [BLOCKED, 'in a call that was not recorded'],
  ];
  let x = 0;
  for (const [kind, label] of entries) {
    yield bar(0, kind, x, x + 28, y - 14);
    yield text(NAMES_WIDTH + x + 36, y, label, 'fill="#555555"');
    x += 60 + label.length * 6.6;
  }
  yield mark(NAMES_WIDTH + x + 4, y - 4);
  yield text(NAMES_WIDTH + x + 16, y, 'failed or killed', 'fill="#555555"');
}

function shortened(name: string, most: number): string {
  return name.length <= most ? name : `${name.slice(0, Math.max(1, Math.floor(most) - 1))}…`;
}
