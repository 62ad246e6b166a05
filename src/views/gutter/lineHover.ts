/** What is known of a line that ran: its time by units, their figures, its longest wait, and the way to the timeline. */
import * as vscode from 'vscode';
import { type LineDetails, lineDetails, type UnitAtLine } from '../../engine/lineActivityDetails';
import { countWords, figureWords, longestWaitWords, timeWords, waitingTime } from '../../engine/lineActivityWords';
import { unitName } from '../../engine/names';
import { duration } from '../../engine/reportText';
import type { Trace } from '../../engine/trace';
import { themeKind } from './gutter';
import { dataUri } from './iconTypes';
import type { DocumentLines, LineRuns } from './lineRuns';
import { ticksOf, WIDE_COLUMNS, wideSvg } from './stripSvg';

/** More units than these are told of in one line. */
const MOST_UNITS = 6;
const SHOW = 'interleave.showLine';

/** What of a line is to be shown on the timeline: all of it, what one unit did, or its longest wait. */
export interface LinePart {
  readonly unit?: number;
  readonly longestWait?: true;
}

export class LineHover implements vscode.HoverProvider {
  constructor(private readonly runs: LineRuns) {}

  provideHover(document: vscode.TextDocument, position: vscode.Position): vscode.Hover | undefined {
    const settings = vscode.workspace.getConfiguration('interleave.gutter', document.uri);
    const lines = settings.get('enabled', true) ? this.runs.of(document) : undefined;
    const then = lines?.lineAsRun(position.line) ?? 0;
    if (!lines?.activity.isActive(lines.file, then)) return undefined;
    const text = new vscode.MarkdownString(words(document, lines, position.line), true);
    text.isTrusted = { enabledCommands: [SHOW] };
    return new vscode.Hover(text, document.lineAt(position.line).range);
  }
}

function words(document: vscode.TextDocument, lines: DocumentLines, line: number): string {
  const { trace, activity, file, until } = lines;
  const then = lines.lineAsRun(line);
  const details = lineDetails(trace, activity, activity.sitesOf(file, then), until, WIDE_COLUMNS);
  const link = (title: string, part: LinePart): string => {
    const query = encodeURIComponent(JSON.stringify([document.uri.toString(), line, part]));
    return `[${title}](command:${SHOW}?${query})`;
  };
  const figures = figureWords(activity.figures(file, then));
  const parts = [
    [`**Line ${line + 1}**`, figures, link('Show on the timeline', {})].filter((part) => part !== '').join(' · '),
    lines.isStale(line) ? '_This line was changed since it ran; this is what it did before._' : '',
    activity.findingsAt(file, then).length > 0
      ? '$(circle-filled) A finding names this line; see the Problems list.'
      : '',
    details.units.length > 0 ? `![When this line ran](${dataUri(picture(trace, details, until))})` : '',
    details.units.length > 0 ? table(trace, details, link) : '',
    details.longest
      ? `Longest wait: ${link(escape(longestWaitWords(trace, details.longest)), { longestWait: true })}`
      : '',
    note(details),
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}

function picture(trace: Trace, { units }: LineDetails, until: number): string {
  const rows = units.slice(0, MOST_UNITS).map(({ unit, cells }) => ({ name: unitName(trace, unit), cells }));
  return wideSvg(rows, ticksOf(until, duration), themeKind());
}

function table(trace: Trace, { units }: LineDetails, link: (title: string, part: LinePart) => string): string {
  const row = (name: string, figures: UnitAtLine | Sum): string =>
    `| ${[name, countWords(figures), timeWords(figures), waitingTime(figures)].join(' |&emsp;')} |`;
  const rows = units
    .slice(0, MOST_UNITS)
    .map((each) => row(link(escape(unitName(trace, each.unit)), { unit: each.unit }), each));
  const rest = units.slice(MOST_UNITS);
  if (rest.length > 0) rows.push(row(`and ${rest.length} more`, sumOf(rest)));
  return `| |&emsp;times |&emsp;in all |&emsp;waiting |\n|:--|--:|--:|--:|\n${rows.join('\n')}`;
}

type Sum = Pick<UnitAtLine, 'count' | 'total' | 'waits' | 'waiting' | 'calls' | 'callTime' | 'isSampled'>;

function sumOf(units: readonly UnitAtLine[]): Sum {
  const add = (of: (unit: UnitAtLine) => number): number => units.reduce((sum, unit) => sum + of(unit), 0);
  return {
    count: add(({ count }) => count),
    total: add(({ total }) => total),
    waits: add(({ waits }) => waits),
    waiting: add(({ waiting }) => waiting),
    calls: add(({ calls }) => calls),
    callTime: add(({ callTime }) => callTime),
    isSampled: units.some(({ isSampled }) => isSampled),
  };
}

/** How exact this is. */
function note({ units }: LineDetails): string {
  if (units.some(({ isSampled }) => isSampled)) return '_≥ and ~: it ran so often that only samples were recorded._';
  const wasCounted = units.some(({ count, calls }) => count > 0 || calls > 0);
  return units.length > 0 && !wasCounted ? '_Only its waits were recorded, not how often it ran._' : '';
}

function escape(text: string): string {
  return text.replace(/[\\`*_{}[\]()#+\-.!|<>~$&]/g, '\\$&').replace(/\s+/g, ' ');
}
