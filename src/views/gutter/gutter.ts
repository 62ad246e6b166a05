import * as vscode from 'vscode';
import type { ThemeKind } from '../../../common/palette';
import { type Disposable, Disposables } from '../../support/disposable';
import { dataUri, IconTypes } from './iconTypes';
import type { DocumentLines, LineRuns } from './lineRuns';
import { ICON_COLUMNS, iconSvg, MOST_ROWS } from './stripSvg';

/** While a program runs, and while the user types, strips are drawn again so often. */
const SLOW_MS = 250;
/** After scrolling, when strips are missing. */
const SOON_MS = 40;
/** Lines above and below those in view that have their strips before they come into view. */
const MARGIN_LINES = 20;

const KINDS: Readonly<Record<vscode.ColorThemeKind, ThemeKind>> = {
  [vscode.ColorThemeKind.Light]: 'light',
  [vscode.ColorThemeKind.Dark]: 'dark',
  [vscode.ColorThemeKind.HighContrast]: 'highContrast',
  [vscode.ColorThemeKind.HighContrastLight]: 'highContrastLight',
};

type Icons = Map<vscode.TextEditorDecorationType, number[]>;

export function themeKind(): ThemeKind {
  return KINDS[vscode.window.activeColorTheme.kind];
}

/** A strip of time in the margin of each line that ran, and its figures behind it. */
export class Gutter implements Disposable {
  private readonly owned = new Disposables();
  private readonly icons = this.owned.add(new IconTypes(typeOf));
  private readonly figures = this.owned.add(vscode.window.createTextEditorDecorationType({}));
  /** By editor: what it shows, as far as it stands where it was put. */
  private readonly shown = new Map<vscode.TextEditor, Icons>();
  private timer: NodeJS.Timeout | undefined;
  private due = Number.POSITIVE_INFINITY;

  constructor(private readonly runs: LineRuns) {
    const soon = (): void => this.updateWithin(SOON_MS);
    this.owned.add(runs.onDidChange(() => this.updateWithin(SLOW_MS)));
    this.owned.add(vscode.window.onDidChangeVisibleTextEditors(soon));
    this.owned.add(vscode.window.onDidChangeTextEditorVisibleRanges(soon));
    this.owned.add(vscode.window.onDidChangeActiveColorTheme(soon));
    this.owned.add(
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('interleave.gutter')) soon();
      }),
    );
    this.owned.add(
      // Edits move strips: from then on it is unknown where they stand.
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        for (const [editor, icons] of this.shown) {
          if (editor.document === document) for (const lines of icons.values()) lines.length = 0;
        }
      }),
    );
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.owned.dispose();
  }

  private updateWithin(milliseconds: number): void {
    const due = Date.now() + milliseconds;
    if (due >= this.due) return;
    clearTimeout(this.timer);
    this.due = due;
    this.timer = setTimeout(() => {
      this.due = Number.POSITIVE_INFINITY;
      this.update();
    }, milliseconds);
  }

  private update(): void {
    const editors = vscode.window.visibleTextEditors;
    for (const editor of this.shown.keys()) if (!editors.includes(editor)) this.shown.delete(editor);
    for (const editor of editors) {
      const settings = vscode.workspace.getConfiguration('interleave.gutter', editor.document.uri);
      const lines = settings.get('enabled', true) ? this.runs.of(editor.document) : undefined;
      if (!lines && !this.shown.has(editor)) continue;
      const active = lines ? linesInView(editor).filter((line) => isActive(lines, line)) : [];
      this.showIcons(editor, lines, active);
      this.showFigures(editor, lines && settings.get('figures', false) ? lines : undefined, active);
      if (!lines) this.shown.delete(editor);
    }
    this.icons.trim((type) => [...this.shown.values()].some((icons) => icons.has(type)));
  }

  /** Tells the editor only what has changed: each kind of icon is a message of its own. */
  private showIcons(editor: vscode.TextEditor, lines: DocumentLines | undefined, active: readonly number[]): void {
    const theme = themeKind();
    const wanted: Icons = new Map();
    for (const line of active) {
      const type = this.icons.get(iconSvg(iconOf(lines as DocumentLines, line), theme));
      const same = wanted.get(type);
      if (same) same.push(line);
      else wanted.set(type, [line]);
    }
    const before = this.shown.get(editor) ?? new Map();
    for (const type of before.keys()) if (!wanted.has(type)) editor.setDecorations(type, []);
    for (const [type, at] of wanted) {
      if (before.get(type)?.join() !== at.join()) editor.setDecorations(type, at.map(startOf));
    }
    this.shown.set(editor, wanted);
  }

  private showFigures(editor: vscode.TextEditor, lines: DocumentLines | undefined, active: readonly number[]): void {
    const options = active.flatMap((line) => {
      const words = lines?.lines.figures(lines.file, lines.lineAsRun(line)) ?? '';
      return words === '' ? [] : [figuresAt(editor.document, line, words)];
    });
    editor.setDecorations(this.figures, options);
  }
}

function typeOf(svg: string): vscode.TextEditorDecorationType {
  return vscode.window.createTextEditorDecorationType({
    gutterIconPath: vscode.Uri.parse(dataUri(svg)),
    gutterIconSize: 'contain',
    rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
  });
}

function linesInView({ visibleRanges, document }: vscode.TextEditor): number[] {
  const lines = new Set<number>();
  for (const { start, end } of visibleRanges) {
    const last = Math.min(document.lineCount - 1, end.line + MARGIN_LINES);
    for (let line = Math.max(0, start.line - MARGIN_LINES); line <= last; line++) lines.add(line);
  }
  return [...lines];
}

function isActive({ lines, file, lineAsRun }: DocumentLines, line: number): boolean {
  return lines.isActive(file, lineAsRun(line));
}

function iconOf({ lines, file, lineAsRun, isStale }: DocumentLines, line: number): Parameters<typeof iconSvg>[0] {
  const then = lineAsRun(line);
  return {
    rows: lines.strip(file, then, ICON_COLUMNS, MOST_ROWS).map(({ cells }) => cells),
    hasFinding: lines.hasFinding(file, then),
    isStale: isStale(line),
  };
}

function startOf(line: number): vscode.Range {
  return new vscode.Range(line, 0, line, 0);
}

function figuresAt(document: vscode.TextDocument, line: number, words: string): vscode.DecorationOptions {
  const color = new vscode.ThemeColor('editorCodeLens.foreground');
  const after = { contentText: words, color, margin: '0 0 0 3em' };
  return {
    range: new vscode.Range(document.lineAt(line).range.end, document.lineAt(line).range.end),
    renderOptions: { after },
  };
}
