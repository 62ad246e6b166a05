import * as vscode from 'vscode';
import type { ShowLine } from '../../../common/protocol';
import type { LinePart } from '../../session/runLines';
import { type Disposable, Disposables } from '../../support/disposable';
import { Failure } from '../../support/failure';
import type { LineRuns } from './lineRuns';

/** The cursor has come to rest. */
const REST_MS = 150;

const NO_LINE: ShowLine = { kind: 'showLine', file: '', line: 0, stretches: [], isHint: true };

/** The timelines of runs and saved traces. */
export interface LineTimelines {
  /** To the timeline of this run, where it is open. */
  hint(owner: object, message: () => ShowLine): void;
  /** To the timeline of this run, which is opened when it is not. */
  show(owner: object, message: ShowLine): void;
}

/** A line that the timeline names; `file` as the trace has it, `line` from 1. */
export interface LinePlace {
  readonly file: string;
  readonly line: number;
}

/** Editor and timeline point at each other: the line with the cursor there, the lines of what is selected here. */
export class LineLink implements Disposable {
  private readonly owned = new Disposables();
  private readonly selectedLine = this.owned.add(
    vscode.window.createTextEditorDecorationType({
      isWholeLine: true,
      backgroundColor: new vscode.ThemeColor('editor.rangeHighlightBackground'),
      borderWidth: '0 0 0 3px',
      borderStyle: 'solid',
      borderColor: new vscode.ThemeColor('focusBorder'),
      overviewRulerColor: new vscode.ThemeColor('focusBorder'),
      overviewRulerLane: vscode.OverviewRulerLane.Center,
    }),
  );
  private selected: { readonly owner: object; readonly places: readonly LinePlace[] } | undefined;
  /** The run in whose timeline a line is outlined. */
  private hinted: object | undefined;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly runs: LineRuns,
    private readonly timelines: LineTimelines,
  ) {
    this.owned.add(
      vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => {
        clearTimeout(this.timer);
        this.timer = setTimeout(() => this.hintAt(textEditor), REST_MS);
      }),
    );
    this.owned.add(vscode.window.onDidChangeVisibleTextEditors(() => this.markSelected()));
  }

  /** What is selected in the timeline of a run has these lines. */
  select(owner: object, places: readonly LinePlace[]): void {
    this.selected = { owner, places };
    this.markSelected();
  }

  /** The timeline of a run is closed, or another one stands in its place. */
  forget(owner: object): void {
    if (this.selected?.owner === owner) this.select(owner, []);
    if (this.hinted === owner) this.hinted = undefined;
  }

  /** Shows on the timeline when a line (from 0) ran. Throws a Failure. */
  show(document: vscode.TextDocument, line: number, part: LinePart = {}): void {
    const lines = this.runs.of(document);
    const then = lines?.lineAsRun(line) ?? 0;
    if (!lines?.lines.isActive(lines.file, then))
      throw new Failure(`Line ${line + 1} is not known to have run; run the program, and choose a line with a strip.`);
    this.timelines.show(lines.owner, lines.lines.toShow(lines.file, then, part));
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.owned.dispose();
  }

  private hintAt({ document, selection }: vscode.TextEditor): void {
    const lines = this.runs.of(document);
    const then = lines?.lineAsRun(selection.active.line) ?? 0;
    if (!lines?.lines.isActive(lines.file, then)) {
      if (this.hinted) this.timelines.hint(this.hinted, () => NO_LINE);
      this.hinted = undefined;
      return;
    }
    this.hinted = lines.owner;
    this.timelines.hint(lines.owner, () => ({ ...lines.lines.toShow(lines.file, then), isHint: true }));
  }

  private markSelected(): void {
    const { owner, places = [] } = this.selected ?? {};
    const found = places.flatMap(({ file, line }) => (owner ? (this.runs.placeOf(owner, file, line) ?? []) : []));
    for (const editor of vscode.window.visibleTextEditors) {
      const address = editor.document.uri.toString();
      const here = found.filter(({ uri, line }) => uri.toString() === address && line < editor.document.lineCount);
      editor.setDecorations(
        this.selectedLine,
        here.map(({ line }) => new vscode.Range(line, 0, line, 0)),
      );
    }
  }
}
