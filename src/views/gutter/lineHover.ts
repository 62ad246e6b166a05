/** What is known of a line that ran: its time by units, their figures, its longest wait, and the way to the timeline. */
import * as vscode from 'vscode';
import type { FigureCells, LineInWords, LinePart, RunLines } from '../../session/runLines';
import { themeKind } from './gutter';
import { dataUri } from './iconTypes';
import type { DocumentLines, LineRuns } from './lineRuns';
import { ticksOf, WIDE_COLUMNS, wideSvg } from './stripSvg';

/** More units than these are told of in one line. */
const MOST_UNITS = 6;
const SHOW = 'interleave.showLine';

export class LineHover implements vscode.HoverProvider {
  constructor(private readonly runs: LineRuns) {}

  provideHover(document: vscode.TextDocument, position: vscode.Position): vscode.Hover | undefined {
    const settings = vscode.workspace.getConfiguration('interleave.gutter', document.uri);
    const lines = settings.get('enabled', true) ? this.runs.of(document) : undefined;
    const then = lines?.lineAsRun(position.line) ?? 0;
    if (!lines?.lines.isActive(lines.file, then)) return undefined;
    const text = new vscode.MarkdownString(words(document, lines, position.line), true);
    text.isTrusted = { enabledCommands: [SHOW] };
    return new vscode.Hover(text, document.lineAt(position.line).range);
  }
}

function words(document: vscode.TextDocument, known: DocumentLines, line: number): string {
  const { lines, file } = known;
  const then = known.lineAsRun(line);
  const told = lines.inWords(file, then, WIDE_COLUMNS, MOST_UNITS);
  const link = (title: string, part: LinePart): string => {
    const query = encodeURIComponent(JSON.stringify([document.uri.toString(), line, part]));
    return `[${title}](command:${SHOW}?${query})`;
  };
  const parts = [
    notEmpty([`**Line ${line + 1}**`, lines.figures(file, then), link('Show on the timeline', {})]).join(' · '),
    known.isStale(line) ? '_This line was changed since it ran; this is what it did before._' : '',
    lines.hasFinding(file, then) ? '$(circle-filled) A finding names this line; see the Problems list.' : '',
    told.units.length > 0 ? `![When this line ran](${dataUri(picture(lines, told))})` : '',
    told.units.length > 0 ? table(told, link) : '',
    told.longestWait === '' ? '' : `Longest wait: ${link(escape(told.longestWait), { longestWait: true })}`,
    note(told),
  ];
  return notEmpty(parts).join('\n\n');
}

function notEmpty(parts: readonly string[]): string[] {
  return parts.filter((part) => part !== '');
}

function picture(lines: RunLines, { units }: LineInWords): string {
  return wideSvg(units, ticksOf(lines.until, lines.timeInWords), themeKind());
}

function table({ units, rest }: LineInWords, link: (title: string, part: LinePart) => string): string {
  const row = (name: string, figures: FigureCells): string => `| ${[name, ...figures].join(' |&emsp;')} |`;
  const rows = units.map(({ unit, name, figures }) => row(link(escape(name), { unit }), figures));
  if (rest) rows.push(row(`and ${rest.units} more`, rest.figures));
  return `| |&emsp;times |&emsp;in all |&emsp;waiting |\n|:--|--:|--:|--:|\n${rows.join('\n')}`;
}

/** How exact this is. */
function note({ units, isSampled, isCounted }: LineInWords): string {
  if (isSampled) return '_≥ and ~: it ran so often that only samples were recorded._';
  return units.length > 0 && !isCounted ? '_Only its waits were recorded, not how often it ran._' : '';
}

function escape(text: string): string {
  return text.replace(/[\\`*_{}[\]()#+\-.!|<>~$&]/g, '\\$&').replace(/\s+/g, ' ');
}
