import type * as vscode from 'vscode';
import type { Comparison, ComparisonMessage, ComparisonRequest } from '../../../common/comparison';
import { hasAll } from '../../../common/deltaRows';
import type { TraceDelta } from '../../../common/protocol';
import { type Disposable, Disposables } from '../../support/disposable';
import { webviewPage, webviewRoot } from '../../support/webviewPage';

/** One of the runs: it goes on, or is a saved trace. */
export interface ComparedSource {
  onDidChange(listener: () => void): Disposable;
  /** A reader that first gives the whole picture, then what came since its last call. */
  openReader(): () => TraceDelta;
}

/** What a comparison shows; sources may be added and exchanged, never become less. */
export interface ComparedRuns {
  readonly sources: readonly ComparedSource[];
  /** What is known of them by now. */
  comparison(): Comparison;
  /** There are other sources, or `comparison` says something else. */
  onDidChange(listener: () => void): Disposable;
}

export interface ComparisonActions {
  reveal(run: number, place: { readonly file: string; readonly line: number; readonly column: number }): void;
  /** Shows a run in a timeline of its own. */
  open(run: number): void;
  /** Keeps the figures as a file, where that is offered. */
  save?(): void;
}

const SEND_INTERVAL_MS = 100;

/** Connects a page with the runs that it compares. */
export class ComparisonPanel implements Disposable {
  private readonly owned = new Disposables();
  private readonly listening: { readonly source: ComparedSource; readonly stop: Disposable }[] = [];
  /** By place of the source; empty while the page is not there or hidden. */
  private readers: ((() => TraceDelta) | undefined)[] = [];
  private isReady = false;
  private readonly changed = new Set<number>();
  private timer: NodeJS.Timeout | undefined;
  private sending = false;

  constructor(
    readonly panel: vscode.WebviewPanel,
    extensionUri: vscode.Uri,
    private readonly runs: ComparedRuns,
    private readonly actions: ComparisonActions,
  ) {
    this.owned.add(runs.onDidChange(() => this.take()));
    this.owned.add(panel.webview.onDidReceiveMessage((request: ComparisonRequest) => this.receive(request)));
    this.owned.add(
      panel.onDidChangeViewState(() => {
        if (panel.visible) return;
        this.isReady = false;
        this.readers = [];
      }),
    );
    panel.webview.options = { enableScripts: true, localResourceRoots: [webviewRoot(extensionUri)] };
    panel.webview.html = webviewPage(panel.webview, extensionUri, 'comparison', 'Comparison');
  }

  dispose(): void {
    clearTimeout(this.timer);
    for (const { stop } of this.listening) stop.dispose();
    this.owned.dispose();
  }

  private receive(request: ComparisonRequest): void {
    switch (request.kind) {
      case 'ready':
        this.isReady = true;
        this.sending = false;
        this.readers = [];
        this.take();
        return;
      case 'reveal':
        this.actions.reveal(request.run, request);
        return;
      case 'open':
        this.actions.open(request.run);
        return;
      case 'save':
        this.actions.save?.();
        return;
      default:
        request satisfies never;
    }
  }

  /** Takes in sources that are new, and sends what is said of all of them. */
  private take(): void {
    const { sources } = this.runs;
    for (const [run, source] of sources.entries()) {
      const known = this.listening[run];
      if (known?.source === source) continue;
      known?.stop.dispose();
      this.listening[run] = { source, stop: source.onDidChange(() => this.sendSoon(run)) };
      delete this.readers[run];
    }
    if (!this.isReady) return;
    for (const [run, source] of sources.entries()) {
      if (this.readers[run]) continue;
      this.readers[run] = source.openReader();
      this.changed.add(run);
    }
    this.sendSoon();
  }

  private sendSoon(run?: number): void {
    if (run !== undefined) this.changed.add(run);
    if (!this.isReady || this.sending || this.timer) return;
    this.timer = setTimeout(() => {
      this.timer = undefined;
      void this.send();
    }, SEND_INTERVAL_MS);
  }

  private async send(): Promise<void> {
    const { readers } = this;
    this.sending = true;
    await this.post(this.runs.comparison());
    for (const run of [...this.changed]) {
      const read = readers[run];
      this.changed.delete(run);
      for (let isWhole = !read; !isWhole && readers === this.readers; ) {
        const delta = (read as () => TraceDelta)();
        isWhole = hasAll(delta);
        await this.post({ kind: 'runDelta', run, delta });
      }
    }
    // The page may have been thrown away or begun anew meanwhile.
    if (readers !== this.readers) return;
    this.sending = false;
    if (this.changed.size > 0) this.sendSoon();
  }

  private async post(message: ComparisonMessage): Promise<void> {
    await this.panel.webview.postMessage(message).then(undefined, () => false);
  }
}
