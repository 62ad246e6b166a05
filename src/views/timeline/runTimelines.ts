import * as vscode from 'vscode';
import { countWords } from '../../../common/findingWords';
import type { ShowFinding, ShowLine } from '../../../common/protocol';
import type { Run } from '../../session/runs';
import { type Disposable, Disposables, Emitter } from '../../support/disposable';
import { type TimelineActions, TimelinePanel, type TimelineSource } from './timelinePanel';

interface OpenTimeline {
  readonly panel: vscode.WebviewPanel;
  readonly timeline: TimelinePanel;
  listening: Disposable;
}

/** The timelines of this window's runs: a panel for each, beside the editor. */
export class RunTimelines implements Disposable {
  private readonly open = new Map<Run, OpenTimeline>();
  private readonly opened = new Emitter<Run>();
  /** A run has a panel, and had none. */
  readonly onDidOpen = this.opened.event;
  private readonly closed = new Emitter<Run>();
  /** The panel of a run was closed. */
  readonly onDidClose = this.closed.event;

  constructor(
    private readonly extensionUri: vscode.Uri,
    /** What is shown of a run: its latest session, as the user knows its places. */
    private readonly sourceOf: (run: Run) => TimelineSource,
    private readonly actionsFor: (run: Run) => TimelineActions,
  ) {}

  /** The run whose panel is in front. */
  get active(): Run | undefined {
    return [...this.open].find(([, { panel }]) => panel.active)?.[0];
  }

  has(run: Run): boolean {
    return this.open.has(run);
  }

  /** Shows the latest session of a run, in its panel when it has one. */
  show(run: Run): void {
    const known = this.open.get(run);
    if (known) {
      known.timeline.show(this.sourceOf(run));
      known.listening.dispose();
      known.listening = keepTitle(known.panel, run);
      if (!known.panel.visible) known.panel.reveal(undefined, true);
      return;
    }
    const place = { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true };
    const panel = vscode.window.createWebviewPanel('interleave.timeline', titleOf(run), place);
    panel.iconPath = vscode.Uri.joinPath(this.extensionUri, 'media', 'timeline.svg');
    const owned = new Disposables();
    const timeline = owned.add(new TimelinePanel(panel, this.extensionUri, this.sourceOf(run), this.actionsFor(run)));
    const opened: OpenTimeline = { panel, timeline, listening: keepTitle(panel, run) };
    this.open.set(run, opened);
    panel.onDidDispose(() => {
      opened.listening.dispose();
      owned.dispose();
      this.open.delete(run);
      this.closed.fire(run);
    });
    this.opened.fire(run);
  }

  close(run: Run): void {
    this.open.get(run)?.panel.dispose();
  }

  /** Tells that a run has another name. */
  renamed(run: Run): void {
    const known = this.open.get(run);
    if (known) known.panel.title = titleOf(run);
  }

  /** Shows a finding of a run's latest session in its panel. */
  showFinding(run: Run, id: number): void {
    this.reveal(run, { kind: 'showFinding', id });
  }

  /** Shows where a line ran in a run's latest session; `file` as its trace names it. */
  showLine(run: Run, file: string, line: number): void {
    this.reveal(run, { kind: 'showLine', file, line });
  }

  /** Shows stretches in which a line ran. */
  revealLine(run: Run, line: ShowLine): void {
    this.reveal(run, line);
  }

  /** Outlines stretches in which a line ran, where the run has a panel. */
  hintLine(run: Run, line: ShowLine): void {
    this.open.get(run)?.timeline.reveal(line);
  }

  private reveal(run: Run, what: ShowFinding | ShowLine): void {
    if (!this.open.has(run)) this.show(run);
    const known = this.open.get(run);
    known?.panel.reveal(undefined, true);
    known?.timeline.reveal(what);
  }

  dispose(): void {
    for (const { panel } of [...this.open.values()]) panel.dispose();
    this.opened.dispose();
    this.closed.dispose();
  }
}

function titleOf(run: Run): string {
  const counts = countWords(run.session.findings.all());
  return counts === '' ? `Timeline: ${run.title}` : `Timeline: ${run.title} (${counts})`;
}

/** The title says how much was found. */
function keepTitle(panel: vscode.WebviewPanel, run: Run): Disposable {
  panel.title = titleOf(run);
  return run.session.onDidChange(() => {
    const title = titleOf(run);
    if (panel.title !== title) panel.title = title;
  });
}
