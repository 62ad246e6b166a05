import * as vscode from 'vscode';
import type { Runs } from '../session/runs';
import { type Disposable, Disposables } from '../support/disposable';

/** Tells in the status bar that programs are run; a click stops them. */
export function showRunStatus(runs: Runs): Disposable {
  const owned = new Disposables();
  const item = owned.add(vscode.window.createStatusBarItem('interleave.run', vscode.StatusBarAlignment.Left));
  item.name = 'Interleave';
  item.command = 'interleave.stop';
  owned.add(runs.onDidChange(() => update(item, runs)));
  update(item, runs);
  return owned;
}

function update(item: vscode.StatusBarItem, runs: Runs): void {
  const active = runs.active;
  void vscode.commands.executeCommand('setContext', 'interleave.isRunning', active.length > 0);
  void vscode.commands.executeCommand('setContext', 'interleave.hasRuns', runs.all.length > 0);
  if (active.length === 0) {
    item.hide();
    return;
  }
  const [first] = active;
  const what = active.length === 1 ? first?.title : `${active.length} programs`;
  item.text = `$(sync~spin) Recording ${what}`;
  item.tooltip = `Interleave records ${active.map((run) => run.title).join(', ')}. Click to stop.`;
  item.accessibilityInformation = { label: `Interleave records ${what}. Stop.` };
  item.show();
}
