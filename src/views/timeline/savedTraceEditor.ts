import * as vscode from 'vscode';
import type { SavedTrace } from '../../session/savedTrace';
import { type TimelineActions, TimelinePanel } from './timelinePanel';

const VIEW_TYPE = 'interleave.savedTrace';

interface TraceDocument extends vscode.CustomDocument {
  readonly trace: SavedTrace;
}

/** Shows `.interleave` files as timelines: read-only, also in an untrusted workspace, since nothing of them is run. */
export function registerSavedTraceEditor(
  extensionUri: vscode.Uri,
  load: (path: string) => SavedTrace,
  actionsFor: (trace: SavedTrace) => TimelineActions,
): vscode.Disposable {
  const provider: vscode.CustomReadonlyEditorProvider<TraceDocument> = {
    openCustomDocument: (uri) => {
      const trace = load(uri.fsPath);
      return { uri, trace, dispose: () => trace.dispose() };
    },
    resolveCustomEditor: ({ trace }, panel) => {
      const timeline = new TimelinePanel(panel, extensionUri, trace, actionsFor(trace));
      panel.onDidDispose(() => timeline.dispose());
    },
  };
  return vscode.window.registerCustomEditorProvider(VIEW_TYPE, provider, { supportsMultipleEditorsPerDocument: true });
}
