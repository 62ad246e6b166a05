/** The report as text for a terminal: the summary first, then units as a tree, then the waits that cost most. */
import { OPERATION, OPERATION_FAMILIES } from '../../common/events';
import { GRADE_WORDS } from '../../common/findingWords';
import { baseName } from './names';
import type { Report, ReportUnit, ReportWait } from './report';
import { adviceLines } from './reportAdvice';
import { criticalPathLine } from './reportCriticalPath';
import type { ReportFinding } from './reportFindings';

const NO_RACE_MODE = 'Accesses to shared variables were not recorded, so data races were not looked for (--race).';
const MOST_UNITS = 40;
const MOST_WAITS = 10;
/** Waiting for work, or on purpose: part of a unit's waiting, but nobody's fault. */
const NOT_A_COST: ReadonlySet<string> = new Set(['idle', 'sleep', 'io', 'join', '']);

export function reportText(report: Report): string {
  const waiting = waitingByUnit(report);
  const path = report.criticalPath ? [criticalPathLine(report.criticalPath, report.cores.source)] : [];
  const lines = [headLine(report), summaryLine(report, waiting), ...path, '', ...unitLines(report, waiting)];
  report.findings.forEach((finding, i) => {
    lines.push('', ...findingLines(finding, i + 1, report));
  });
  if (!report.program.race) lines.push('', NO_RACE_MODE);
  lines.push(...adviceLines(report.advice));
  const costs = costLines(report);
  if (costs.length > 0) lines.push('', 'Waits that took most of the time', ...costs);
  if (report.problems.length > 0) lines.push('', ...report.problems.map((sentence) => `! ${sentence}`));
  if (report.confirmation) lines.push('', report.confirmation.text);
  return `${lines.join('\n')}\n`;
}

/** Its number, the rule and what is known of it; the message; then each place on a line of its own. */
function findingLines(finding: ReportFinding, number: number, { units }: Report): string[] {
  const { severity, title, certainty, grade, count, message, rule } = finding;
  const doubts = [certainty, GRADE_WORDS[grade], count > 1 ? `${count} times` : ''].filter((words) => words !== '');
  const places = finding.locations.map(({ file, line, role, unit }) => {
    const who = unit === null ? '' : ` (${units[unit]?.name ?? ''})`;
    return `  ${file === null ? '?' : `${baseName(file)}:${line ?? '?'}`}  ${role}${who}`;
  });
  return [`${number}. ${severity}: ${title} [${rule}], ${doubts.join(', ')}`, `  ${message}`, ...places];
}

function headLine({ program }: Report): string {
  const python = program.python === '' ? 'Python' : `Python ${program.python}`;
  const gil = program.gil ? python : `${python} without GIL`;
  return [baseName(program.file) || 'program', gil, program.mode.replace('-', ' '), ending(program.exitCode)].join(
    ' · ',
  );
}

function ending(exitCode: number | null): string {
  if (exitCode === null) return 'exit status unknown';
  return exitCode < 0 ? `ended by signal ${-exitCode}` : `exit status ${exitCode}`;
}

function summaryLine(report: Report, waiting: ReadonlyMap<number, number>): string {
  const { cores, program } = report;
  const parts: string[] = [];
  const { wallNs } = program;
  if (wallNs !== null) parts.push(`wall ${duration(wallNs)}`);
  const busy = cores.busyNs.reduce((sum, core) => sum + core, 0);
  if (cores.source !== 'none') {
    const sampled = cores.source === 'sampled' ? ' (sampled)' : '';
    parts.push(`CPU ${duration(busy)}${sampled}`);
    if (wallNs) parts.push(`${(busy / wallNs).toFixed(1)} of ${cores.count} cores busy`);
  }
  const threads = report.units.filter((unit) => unit.kind === 'thread');
  const lives = threads.reduce((sum, unit) => sum + life(unit), 0);
  const waited = threads.reduce((sum, unit) => sum + (waiting.get(unit.id) ?? 0), 0);
  if (lives > 0) parts.push(`threads waited ${Math.round((100 * waited) / lives)} % of their time`);
  const [costliest] = costs(report).filter(({ wait }) => isCost(wait));
  if (costliest) parts.push(`most for ${subject(costliest.wait)}, ${duration(costliest.sum)}`);
  return parts.join(' · ');
}

function unitLines(report: Report, waiting: ReadonlyMap<number, number>): string[] {
  const children = new Map<number | null, ReportUnit[]>();
  for (const unit of report.units) {
    const siblings = children.get(unit.parent);
    if (siblings) siblings.push(unit);
    else children.set(unit.parent, [unit]);
  }
  const rows: string[][] = [['Unit', 'began', 'lived', 'waited', 'where']];
  let left = MOST_UNITS;
  const add = (unit: ReportUnit, depth: number): void => {
    if (left-- <= 0) return;
    const where = unit.file === null ? '' : `${baseName(unit.file)}:${unit.line ?? '?'}`;
    rows.push([
      `${'  '.repeat(depth)}${unit.name} (${unit.kind}${unit.kind === 'process' ? ` ${unit.pid}` : ''})`,
      unit.startNs === null ? 'never' : duration(Math.max(0, unit.startNs)),
      unit.startNs === null ? '' : duration(life(unit)),
      duration(waiting.get(unit.id) ?? 0),
      where,
    ]);
    for (const child of children.get(unit.id) ?? []) add(child, Math.min(depth + 1, 20));
  };
  for (const root of children.get(null) ?? []) add(root, 0);
  const lines = table(rows);
  if (report.units.length > rows.length - 1) lines.push(`… and ${report.units.length - rows.length + 1} more units`);
  return lines;
}

interface Cost {
  readonly wait: ReportWait;
  sum: number;
  count: number;
}

/** Waits for the same thing in the same way together, the most expensive first. */
function costs(report: Report): Cost[] {
  const byKey = new Map<string, Cost>();
  for (const wait of report.waits) {
    const key = `${wait.kind}\n${wait.object}`;
    const known = byKey.get(key) ?? { wait, sum: 0, count: 0 };
    known.sum += wait.endNs - wait.startNs;
    known.count++;
    byKey.set(key, known);
  }
  return [...byKey.values()].sort((a, b) => b.sum - a.sum);
}

function costLines(report: Report): string[] {
  const rows = costs(report)
    .slice(0, MOST_WAITS)
    .map(({ wait, sum, count }) => {
      const where = wait.file === null ? '' : `first at ${baseName(wait.file)}:${wait.line ?? '?'}`;
      const times = count === 1 ? 'once' : `${count} times`;
      return [duration(sum), times, wait.object === '' ? wait.kind : `${wait.kind} ${wait.object}`, where];
    });
  return rows.length === 0 ? [] : table(rows);
}

function isCost(wait: ReportWait): boolean {
  const operation = OPERATION[wait.kind as keyof typeof OPERATION] ?? 0;
  return !NOT_A_COST.has(OPERATION_FAMILIES[operation] ?? '');
}

function subject(wait: ReportWait): string {
  return wait.object || wait.kind;
}

/** How long each unit waited; where waits lie in one another the time counts once. */
function waitingByUnit(report: Report): Map<number, number> {
  const sums = new Map<number, number>();
  const until = new Map<number, number>();
  // They are in the order in which they began.
  for (const { unit, startNs, endNs } of report.waits) {
    const from = Math.max(startNs, until.get(unit) ?? startNs);
    if (endNs <= from) continue;
    sums.set(unit, (sums.get(unit) ?? 0) + endNs - from);
    until.set(unit, endNs);
  }
  return sums;
}

function life({ startNs, endNs }: ReportUnit): number {
  return startNs === null || endNs === null ? 0 : endNs - startNs;
}

/** `1.23 s`, `4.56 ms`, `7.9 µs`. */
export function duration(nanoseconds: number): string {
  if (nanoseconds >= 1e9) return `${(nanoseconds / 1e9).toFixed(2)} s`;
  if (nanoseconds >= 1e6) return `${(nanoseconds / 1e6).toFixed(1)} ms`;
  if (nanoseconds >= 1e3) return `${(nanoseconds / 1e3).toFixed(1)} µs`;
  return `${Math.round(nanoseconds)} ns`;
}

/** Columns below each other; the first one is cut where it is very long. */
export function table(rows: readonly (readonly string[])[]): string[] {
  const widths: number[] = [];
  for (const row of rows) {
    row.forEach((cell, column) => {
      widths[column] = Math.max(widths[column] ?? 0, Math.min(60, cell.length));
    });
  }
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}
