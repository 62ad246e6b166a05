import * as vscode from 'vscode';
import { countWords } from '../../common/findingWords';
import type { Runs } from '../session/runs';
import { type Disposable, Disposables } from '../support/disposable';

const SHOW_PROBLEMS = 'workbench.actions.view.problems';

/** Tells in the status bar that programs are run, where a click stops them, and what was found in them. */
export function showRunStatus(runs: Runs): Disposable {
  const owned = new Disposables();
  const running = owned.add(vscode.window.createStatusBarItem('interleave.run', vscode.StatusBarAlignment.Left, 1));
  running.name = 'Interleave: running programs';
  running.command = 'interleave.stop';
  const found = owned.add(vscode.window.createStatusBarItem('interleave.findings', vscode.StatusBarAlignment.Left));
  found.name = 'Interleave: findings';
  found.command = SHOW_PROBLEMS;
  owned.add(
    runs.onDidChange(() => {
      updateRunning(running, runs);
      updateFound(found, runs);
    }),
  );
  owned.add(runs.onDidStart((run) => run.session.onDidChange(() => updateFound(found, runs))));
  updateRunning(running, runs);
  return owned;
}

function updateRunning(item: vscode.StatusBarItem, runs: Runs): void {
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

function updateFound(item: vscode.StatusBarItem, runs: Runs): void {
  const withFindings = runs.all.filter((run) => run.session.findings.all().length > 0);
  const findings = withFindings.flatMap((run) => run.session.findings.all());
  if (findings.length === 0) {
    item.hide();
    return;
  }
  const text = `$(${iconOf(findings)}) ${countWords(findings)}`;
  if (item.text !== text) item.text = text;
  item.tooltip = `Interleave found ${countWords(findings)} in ${withFindings.map((run) => run.title).join(', ')}. Click for the Problems list.`;
  item.accessibilityInformation = { label: `Interleave found ${countWords(findings)}. Show problems.` };
  item.show();
}

function iconOf(findings: readonly { readonly severity: string }[]): string {
  return findings.some(({ severity }) => severity === 'error') ? 'error' : 'warning';
}
