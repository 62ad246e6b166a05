/** Saved traces open as timelines: what these may ask for, and what else hears of them. */
import { basename } from 'node:path';
import * as vscode from 'vscode';
import type { PanelCommand } from '../../common/protocol';
import type { Findings } from '../session/findings';
import type { LastRuns } from '../session/lint/lastRuns';
import { AS_WRITTEN, type Runs } from '../session/runs';
import { SavedTrace } from '../session/savedTrace';
import type { FindingDiagnostics } from '../views/findings/findingDiagnostics';
import { revealPlace } from '../views/reveal';
import { saveContent } from '../views/saveContent';
import { registerSavedTraceEditor } from '../views/timeline/savedTraceEditor';
import { askSavePath } from '../views/tracePaths';
import type { LineGutter } from './lineGutter';
import { fileAt } from './runDocuments';

export interface SavedTraceParts {
  readonly extensionUri: vscode.Uri;
  readonly runs: Runs;
  readonly diagnostics: FindingDiagnostics;
  readonly lastRuns: LastRuns;
  readonly lineGutter: LineGutter;
  attempt(work: () => Promise<unknown>): Promise<void>;
  confirmSaved(saved: SavedTrace, id: number): Promise<void>;
  exportAs(title: string, saved: SavedTrace): Promise<void>;
  /** What was found in it is known now. */
  learn(path: string, findings: Findings): void;
}

export function openSavedTraces(parts: SavedTraceParts): vscode.Disposable {
  const { runs, diagnostics, lastRuns, lineGutter, attempt } = parts;
  const perform = async (command: PanelCommand, saved: SavedTrace): Promise<void> => {
    const { file } = saved.trace.run;
    if (command === 'runAgain') await runs.start({ ...AS_WRITTEN, uri: vscode.Uri.file(file).toString() });
    if (command === 'export') await parts.exportAs(basename(file), saved);
    if (command !== 'save') return;
    const path = await askSavePath(basename(file));
    if (path) await saved.copyTo(path);
  };
  return registerSavedTraceEditor(parts.extensionUri, {
    open: SavedTrace.open,
    actionsFor: (saved) => ({
      reveal: (place) => void attempt(() => revealPlace(place)),
      command: (command) => void attempt(() => perform(command, saved)),
      selected: (places) => lineGutter.selected(saved, places),
      save: (name, content) => void attempt(() => saveContent(name, content)),
      keepNotes: (notes) => void attempt(() => saved.keepNotes(notes)),
    }),
    didOpen: (saved, show, showLine) => {
      diagnostics.follow(saved, saved, {
        show,
        confirm: (id) => void attempt(() => parts.confirmSaved(saved, id)),
        documentOf: () => undefined,
      });
      lastRuns.follow(saved, saved, saved.trace.run.file, fileAt);
      lineGutter.followSaved(saved, fileAt, showLine);
      void saved.loaded.then(() => parts.learn(saved.path, saved.findings));
    },
    didClose: (saved) => {
      diagnostics.forget(saved);
      lastRuns.forget(saved);
      lineGutter.forgetSaved(saved);
    },
  });
}
