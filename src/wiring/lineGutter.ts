/** Lines in the editor show when they ran: of the runs of this window and of the saved traces that are open. */
import * as vscode from 'vscode';
import { type LinePart, RunLines } from '../session/runLines';
import type { Run, Runs } from '../session/runs';
import type { SavedTrace } from '../session/savedTrace';
import type { Session } from '../session/session';
import { Disposables } from '../support/disposable';
import { Failure } from '../support/failure';
import { Gutter } from '../views/gutter/gutter';
import { LineHover } from '../views/gutter/lineHover';
import { LineLink, type LinePlace, type LineTimelines } from '../views/gutter/lineLink';
import { type Documents, LineRuns, type LineSource } from '../views/gutter/lineRuns';
import type { RunTimelines } from '../views/timeline/runTimelines';
import type { ShowLineOfSaved } from '../views/timeline/savedTraceEditor';

export interface LineGutterParts {
  readonly runs: Runs;
  readonly timelines: RunTimelines;
  attempt(work: () => Promise<unknown>): Promise<void>;
  /** Where a file of a run is edited, when that is not its path. */
  documentOf(run: Run, file: string): vscode.Uri | undefined;
  /** The other way. */
  fileOf(run: Run, address: string): string | undefined;
}

export interface LineGutter extends vscode.Disposable {
  followSaved(saved: SavedTrace, fileOf: Documents['fileOf'], tell: ShowLineOfSaved): void;
  forgetSaved(saved: SavedTrace): void;
  /** The lines of what is selected in a timeline. */
  selected(owner: object, places: readonly LinePlace[]): void;
}

export function showLineGutter({ runs, timelines, attempt, documentOf, fileOf }: LineGutterParts): LineGutter {
  const owned = new Disposables();
  const lines = owned.add(new LineRuns());
  const ofSaved = new Map<object, ShowLineOfSaved>();
  const isRun = (owner: object): owner is Run => !ofSaved.has(owner);
  const both: LineTimelines = {
    hint: (owner, message) => {
      if (!isRun(owner)) ofSaved.get(owner)?.(message(), false);
      else if (timelines.has(owner)) timelines.hintLine(owner, message());
    },
    show: (owner, message) =>
      isRun(owner) ? timelines.revealLine(owner, message) : ofSaved.get(owner)?.(message, true),
  };
  const link = owned.add(new LineLink(lines, both));
  owned.add(new Gutter(lines));
  owned.add(vscode.languages.registerHoverProvider({ language: 'python' }, new LineHover(lines)));
  owned.add(
    lines.onDidChange(() => {
      if (isEmpty === lines.isEmpty) return;
      isEmpty = lines.isEmpty;
      void vscode.commands.executeCommand('setContext', 'interleave.hasLines', !isEmpty);
    }),
  );
  let isEmpty = true;
  const follow = (run: Run): void => {
    lines.follow(run, sourceOf(run.session), {
      fileOf: (address) => fileOf(run, address),
      documentOf: (file) => documentOf(run, file),
    });
  };
  owned.add(runs.onDidStart(follow));
  const forget = (owner: object): void => {
    link.forget(owner);
    lines.forget(owner);
    ofSaved.delete(owner);
  };
  owned.add(runs.onDidForget(forget));
  owned.add(timelines.onDidClose((run) => link.forget(run)));
  const command = (name: string, work: (...given: never[]) => Promise<unknown>): void => {
    const run = (...given: unknown[]): Promise<void> => attempt(() => work(...(given as never[])));
    owned.add(vscode.commands.registerCommand(`interleave.${name}`, run));
  };
  command('toggleGutter', () => toggle('enabled', true));
  command('toggleGutterFigures', () => toggle('figures', false));
  command('showLine', async (where?: LineMenu | string, line?: number, part?: LinePart) => {
    const { document, at } = await lineMeant(where, line);
    link.show(document, at, part);
  });
  return {
    followSaved: (saved, fileOfSaved, tell) => {
      ofSaved.set(saved, tell);
      lines.follow(saved, sourceOf(saved), { fileOf: fileOfSaved, documentOf: () => undefined });
    },
    forgetSaved: forget,
    selected: (owner, places) => link.select(owner, places),
    dispose: () => owned.dispose(),
  };
}

function sourceOf({ trace, findings, onDidChange }: Session | SavedTrace): LineSource {
  return { lines: new RunLines(trace, findings), onDidChange };
}

/** What the menu of a line number tells; its numbers count from 1. */
interface LineMenu {
  readonly uri: vscode.Uri;
  readonly lineNumber: number;
}

/** A link tells a document and a line from 0, the menu of a line number both, and the palette means the cursor. */
async function lineMeant(
  where: LineMenu | string | undefined,
  line: number | undefined,
): Promise<{ document: vscode.TextDocument; at: number }> {
  if (typeof where === 'string')
    return { document: await vscode.workspace.openTextDocument(vscode.Uri.parse(where)), at: line ?? 0 };
  if (where?.lineNumber !== undefined)
    return { document: await vscode.workspace.openTextDocument(where.uri), at: where.lineNumber - 1 };
  const editor = vscode.window.activeTextEditor;
  if (!editor) throw new Failure('No file is open; open one that ran and put the cursor into a line.');
  return { document: editor.document, at: editor.selection.active.line };
}

async function toggle(name: string, ordinary: boolean): Promise<void> {
  const settings = vscode.workspace.getConfiguration('interleave.gutter');
  await settings.update(name, !settings.get(name, ordinary), vscode.ConfigurationTarget.Global);
}
