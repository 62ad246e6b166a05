import * as vscode from 'vscode';
import { hasAll } from '../../../common/deltaRows';
import type {
  HostMessage,
  PanelCommand,
  ShowFinding,
  ShowLine,
  TraceDelta,
  WebviewMessage,
} from '../../../common/protocol';
import type { Note } from '../../../common/trace';
import { type Disposable, Disposables } from '../../support/disposable';
import { webviewPage, webviewRoot } from '../../support/webviewPage';

/** What a timeline shows: a run that goes on, or a saved trace. */
export interface TimelineSource {
  /** Calls back when `read` has something new. */
  onDidChange(listener: () => void): Disposable;
  /** A reader that first gives the whole picture, then what came since; of each table so many rows a call at most. */
  openReader(mostRows: number): () => TraceDelta;
}

/** What a timeline asks the rest of the product for. */
export interface TimelineActions {
  reveal(place: { readonly file: string; readonly line: number; readonly column: number }): void;
  command(command: PanelCommand): void;
  /** Marks the lines of what is selected. */
  selected(places: readonly { readonly file: string; readonly line: number }[]): void;
  /** Asks for a place and writes this there. */
  save(name: string, content: string | Uint8Array): void;
  /** Keeps the notes with the trace. */
  keepNotes(notes: readonly Note[]): void;
}

/** Fast enough to glide, slow enough to leave the host and the webview free in between. */
const SEND_INTERVAL_MS = 50;

/** Of each table; some 3 MB of spans, which the page takes in within a frame or two. */
const ROWS_PER_MESSAGE = 100_000;

/** Connects a webview with a source: a snapshot when the page is ready or shown again, then what was gained. */
export class TimelinePanel implements Disposable {
  private readonly owned = new Disposables();
  private source: TimelineSource;
  private listening: Disposable;
  /** Undefined while the page is not there or hidden: then nothing is sent. */
  private read: (() => TraceDelta) | undefined;
  private timer: NodeJS.Timeout | undefined;
  private sending = false;
  private hasNews = false;
  /** What is to be shown after the next message. */
  private wanted: ShowFinding | ShowLine | undefined;

  constructor(
    private readonly panel: vscode.WebviewPanel,
    extensionUri: vscode.Uri,
    source: TimelineSource,
    private readonly actions: TimelineActions,
  ) {
    this.source = source;
    this.listening = this.listen();
    this.owned.add(panel.webview.onDidReceiveMessage((message: WebviewMessage) => this.receive(message)));
    // A hidden page is thrown away; when it is shown again it starts anew and says that it is ready.
    this.owned.add(
      panel.onDidChangeViewState(() => {
        if (!panel.visible) this.read = undefined;
      }),
    );
    panel.webview.options = { enableScripts: true, localResourceRoots: [webviewRoot(extensionUri)] };
    panel.webview.html = webviewPage(panel.webview, extensionUri, 'webview', 'Timeline');
  }

  /** Shows another source from now on, in the same place. */
  show(source: TimelineSource): void {
    this.listening.dispose();
    this.source = source;
    this.listening = this.listen();
    if (!this.read) return;
    this.read = source.openReader(ROWS_PER_MESSAGE);
    this.sendSoon();
  }

  /** Selects a finding or the like, once the page has been given what it is about. */
  reveal(what: ShowFinding | ShowLine): void {
    this.wanted = what;
    this.sendSoon();
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.listening.dispose();
    this.read = undefined;
    this.owned.dispose();
  }

  private listen(): Disposable {
    return this.source.onDidChange(() => this.sendSoon());
  }

  private receive(message: WebviewMessage): void {
    switch (message.kind) {
      case 'ready':
        this.startReading();
        return;
      case 'reveal':
        this.actions.reveal(message);
        return;
      case 'command':
        this.actions.command(message.command);
        return;
      case 'selected':
        this.actions.selected(message.places);
        return;
      case 'notes':
        this.actions.keepNotes(message.notes);
        return;
      case 'save':
        this.actions.save(message.name, message.content);
        return;
      case 'copy':
        void vscode.env.clipboard.writeText(message.text);
        return;
      default:
        // Something in the page that is not ours; the type says that there is nothing else.
        message satisfies never;
    }
  }

  private sendSoon(): void {
    this.hasNews = true;
    if (!this.read || this.sending || this.timer) return;
    this.timer = setTimeout(() => {
      this.timer = undefined;
      void this.send();
    }, SEND_INTERVAL_MS);
  }

  /** One message at a time: a page that is slow gets fewer and larger ones. */
  private async send(): Promise<void> {
    const read = this.read;
    if (!read) return;
    this.hasNews = false;
    this.sending = true;
    for (let isWhole = false; !isWhole; ) {
      const message: HostMessage = read();
      isWhole = hasAll(message);
      await this.panel.webview.postMessage(message).then(undefined, () => false);
      // The page may have been thrown away or begun anew meanwhile, and be served by another reader.
      if (read !== this.read) return;
    }
    await this.sendWanted();
    this.sending = false;
    if (this.hasNews) this.sendSoon();
  }

  private async sendWanted(): Promise<void> {
    if (this.wanted === undefined) return;
    const message: HostMessage = this.wanted;
    this.wanted = undefined;
    await this.panel.webview.postMessage(message).then(undefined, () => false);
  }

  private startReading(): void {
    this.read = this.source.openReader(ROWS_PER_MESSAGE);
    this.sending = false;
    this.sendSoon();
  }
}
