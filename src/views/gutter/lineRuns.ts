import * as vscode from 'vscode';
import type { RunLines } from '../../session/runLines';
import { type Disposable, Disposables, Emitter } from '../../support/disposable';
import { LineOrigins } from './lineOrigins';

/** What the lines of a run did, and when that has changed. */
export interface LineSource {
  readonly lines: RunLines;
  onDidChange(listener: () => void): Disposable;
}

/** Of a table so many rows are taken in at once, some 20 ms, so that the editor is not held up by a long trace. */
const MOST_ROWS = 10_000;
const CONTINUE_MS = 30;

/** How a run's files and the editor's documents go together. */
export interface Documents {
  /** The file, as the trace names it, of a document. */
  fileOf(address: string): string | undefined;
  /** The document of a file, when it is not the file itself. */
  documentOf(file: string): vscode.Uri | undefined;
}

interface Followed {
  readonly owner: object;
  readonly lines: RunLines;
  readonly documents: Documents;
  readonly listening: Disposable;
  /** By document: what was edited since the run began. */
  readonly origins: Map<string, LineOrigins>;
  isBehind: boolean;
}

/** What a run knows of the lines of a document. Lines of the document are counted from 0, those of the run from 1. */
export interface DocumentLines {
  /** The run, or the saved trace. */
  readonly owner: object;
  readonly lines: RunLines;
  readonly file: string;
  /** Line of the run; 0 when it was not there. */
  lineAsRun(line: number): number;
  /** Whether a line reads otherwise than it did when it ran. */
  isStale(line: number): boolean;
}

/** The runs whose lines are shown; of each file, the one that was started last counts. */
export class LineRuns implements Disposable {
  private readonly owned = new Disposables();
  private readonly followed = new Map<object, Followed>();
  private readonly changed = this.owned.add(new Emitter());
  readonly onDidChange = this.changed.event;
  private timer: NodeJS.Timeout | undefined;

  constructor() {
    this.owned.add(vscode.workspace.onDidChangeTextDocument((event) => this.edited(event)));
  }

  get isEmpty(): boolean {
    return this.followed.size === 0;
  }

  follow(owner: object, source: LineSource, documents: Documents): void {
    this.forgetSilently(owner);
    const followed: Followed = {
      ...{ owner, documents, lines: source.lines, isBehind: true },
      origins: new Map(),
      listening: source.onDidChange(() => {
        followed.isBehind = true;
        this.changed.fire();
      }),
    };
    this.followed.set(owner, followed);
    this.changed.fire();
  }

  forget(owner: object): void {
    this.forgetSilently(owner);
    this.changed.fire();
  }

  /** What the last run that came to a document's file knows of it. */
  of(document: vscode.TextDocument): DocumentLines | undefined {
    const address = document.uri.toString();
    for (const followed of [...this.followed.values()].reverse()) {
      const file = followed.documents.fileOf(address);
      if (file === undefined) continue;
      if (followed.isBehind) {
        followed.isBehind = !followed.lines.update(MOST_ROWS);
        if (followed.isBehind) this.catchUp(followed);
      }
      if (followed.lines.has(file)) return linesOf(followed, document, file);
    }
    return undefined;
  }

  /** Where a line of a run stands now; undefined when it is gone. */
  placeOf(owner: object, file: string, line: number): { uri: vscode.Uri; line: number } | undefined {
    const followed = this.followed.get(owner);
    if (!followed) return undefined;
    const uri = followed.documents.documentOf(file) ?? vscode.Uri.file(file);
    const now = followed.origins.get(uri.toString())?.lineNow(line) ?? line - 1;
    return now < 0 ? undefined : { uri, line: now };
  }

  dispose(): void {
    clearTimeout(this.timer);
    for (const { listening } of this.followed.values()) listening.dispose();
    this.owned.dispose();
  }

  private catchUp(followed: Followed): void {
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      followed.isBehind = !followed.lines.update(MOST_ROWS);
      if (followed.isBehind && this.followed.get(followed.owner) === followed) this.catchUp(followed);
      this.changed.fire();
    }, CONTINUE_MS);
  }

  private forgetSilently(owner: object): void {
    this.followed.get(owner)?.listening.dispose();
    this.followed.delete(owner);
  }

  private edited({ document, contentChanges }: vscode.TextDocumentChangeEvent): void {
    if (contentChanges.length === 0) return;
    const address = document.uri.toString();
    const changes = contentChanges.map(({ range, text }) => ({
      first: range.start.line,
      last: range.end.line,
      breaks: text.split(/\r\n|\r|\n/).length - 1,
    }));
    const gained = changes.reduce((sum, { first, last, breaks }) => sum + breaks - (last - first), 0);
    for (const { documents, lines, origins } of this.followed.values()) {
      const file = documents.fileOf(address);
      if (file === undefined) continue;
      const known = origins.get(address) ?? new LineOrigins();
      origins.set(address, known);
      const textNow = (line: number): string => document.lineAt(line).text;
      known.apply(changes, document.lineCount - gained, textNow, (line) => lines.lineAsRun(file, line));
    }
    if (!this.isEmpty) this.changed.fire();
  }
}

function linesOf({ owner, lines, origins }: Followed, document: vscode.TextDocument, file: string): DocumentLines {
  const known = origins.get(document.uri.toString());
  const lineAsRun = (line: number): number => known?.lineAsRun(line) ?? line + 1;
  return {
    ...{ owner, lines, file, lineAsRun },
    isStale: (line) => {
      const then = lines.lineAsRun(file, lineAsRun(line));
      return then !== undefined && then !== document.lineAt(line).text;
    },
  };
}
