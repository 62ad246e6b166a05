import * as vscode from 'vscode';
import type { ShowLine } from '../../../common/protocol';
import type { SavedTrace } from '../../session/savedTrace';
import { type TimelineActions, TimelinePanel } from './timelinePanel';

const VIEW_TYPE = 'interleave.savedTrace';

interface TraceDocument extends vscode.CustomDocument {
  readonly trace: SavedTrace;
}

interface OpenEditor {
  readonly panel: vscode.WebviewPanel;
  readonly timeline: TimelinePanel;
}

/** Tells the timeline that was opened last of a line; with `inFront` it comes to the front. */
export type ShowLineOfSaved = (line: ShowLine, inFront: boolean) => void;

export interface SavedTraceActions {
  /** Begins to read a file. */
  open(path: string): SavedTrace;
  /** What its timelines may ask for. */
  actionsFor(trace: SavedTrace): TimelineActions;
  /** A file was opened; `showFinding` selects a finding in its timeline. */
  didOpen(trace: SavedTrace, showFinding: (id: number) => void, showLine: ShowLineOfSaved): void;
  didClose(trace: SavedTrace): void;
}

/** Shows `.interleave` files as timelines: read-only, also in an untrusted workspace, since nothing of them is run. */
export function registerSavedTraceEditor(extensionUri: vscode.Uri, actions: SavedTraceActions): vscode.Disposable {
  const editors = new Map<SavedTrace, OpenEditor[]>();
  const showFinding = (trace: SavedTrace, id: number): void => {
    const latest = editors.get(trace)?.at(-1);
    latest?.panel.reveal(undefined, true);
    latest?.timeline.reveal({ kind: 'showFinding', id });
  };
  const showLine = (trace: SavedTrace, line: ShowLine, inFront: boolean): void => {
    const latest = editors.get(trace)?.at(-1);
    if (inFront) latest?.panel.reveal(undefined, true);
    latest?.timeline.reveal(line);
  };
  const provider: vscode.CustomReadonlyEditorProvider<TraceDocument> = {
    openCustomDocument: (uri) => {
      const trace = actions.open(uri.fsPath);
      editors.set(trace, []);
      actions.didOpen(
        trace,
        (id) => showFinding(trace, id),
        (line, inFront) => showLine(trace, line, inFront),
      );
      const dispose = (): void => {
        editors.delete(trace);
        actions.didClose(trace);
        trace.dispose();
      };
      return { uri, trace, dispose };
    },
    resolveCustomEditor: ({ trace }, panel) => {
      const timeline = new TimelinePanel(panel, extensionUri, trace, actions.actionsFor(trace));
      const editor = { panel, timeline };
      editors.get(trace)?.push(editor);
      panel.onDidDispose(() => {
        const left = editors.get(trace)?.filter((each) => each !== editor);
        if (left) editors.set(trace, left);
        timeline.dispose();
      });
    },
  };
  return vscode.window.registerCustomEditorProvider(VIEW_TYPE, provider, { supportsMultipleEditorsPerDocument: true });
}
