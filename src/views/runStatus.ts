import * as vscode from 'vscode';
import { countWords } from '../../common/findingWords';
import type { Run, Runs } from '../session/runs';
import { type Disposable, Disposables } from '../support/disposable';

const SHOW_PROBLEMS = 'workbench.actions.view.problems';
/** While programs run, how long they do is told so often. */
const TICK_MS = 1000;

/** The runs whose findings are in the Problems list. */
interface WatchedRuns {
  readonly all: readonly Run[];
  onDidChange(listener: () => void): Disposable;
}

/** Tells in the status bar which programs run, for how long, where a click shows them, and what was found. */
export function showRunStatus(runs: Runs, watched: WatchedRuns): Disposable {
  const owned = new Disposables();
  const running = owned.add(vscode.window.createStatusBarItem('interleave.run', vscode.StatusBarAlignment.Left, 1));
  running.name = 'Interleave: running programs';
  const found = owned.add(vscode.window.createStatusBarItem('interleave.findings', vscode.StatusBarAlignment.Left));
  found.name = 'Interleave: findings';
  found.command = SHOW_PROBLEMS;
  const update = (): void => {
    updateRunning(running, runs);
    updateFound(found, watched.all);
  };
  owned.add(runs.onDidChange(update));
  owned.add(watched.onDidChange(update));
  owned.add(runs.onDidStart((run) => run.session.onDidChange(() => updateFound(found, watched.all))));
  const timer = setInterval(() => runs.active.length > 0 && updateRunning(running, runs), TICK_MS);
  owned.add({ dispose: () => clearInterval(timer) });
  update();
  return owned;
}

function updateRunning(item: vscode.StatusBarItem, runs: Runs): void {
  const active = runs.active;
  void vscode.commands.executeCommand('setContext', 'interleave.isRunning', active.length > 0);
  void vscode.commands.executeCommand('setContext', 'interleave.hasRuns', runs.all.length > 0);
  const [first] = active;
  if (!first) {
    item.hide();
    return;
  }
  const what = active.length === 1 ? first.title : `${active.length} programs`;
  const begun = Math.min(...active.map((run) => run.startedAt.getTime()));
  const counts = countWords(active.flatMap((run) => run.session.findings.all()));
  const text = [`Recording ${what}`, elapsed(Date.now() - begun), counts].filter(Boolean).join(' · ');
  item.text = `$(sync~spin) ${text}`;
  item.command =
    active.length === 1
      ? { command: 'interleave.runs.open', title: 'Show timeline', arguments: [{ kind: 'run', run: first }] }
      : 'interleave.showTimeline';
  item.tooltip = tooltip(active);
  item.accessibilityInformation = { label: `Interleave records ${what}. Show timeline.` };
  item.show();
}

function tooltip(active: readonly Run[]): vscode.MarkdownString {
  const text = new vscode.MarkdownString();
  text.appendText(`Interleave records ${active.map((run) => run.title).join(', ')}. Click for the timeline.`);
  text.appendMarkdown('\n\n[Stop](command:interleave.stop)');
  text.isTrusted = { enabledCommands: ['interleave.stop'] };
  return text;
}

/** `7 s`, `2 min 5 s`. */
function elapsed(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

function updateFound(item: vscode.StatusBarItem, watched: readonly Run[]): void {
  const withFindings = watched.filter((run) => run.session.findings.all().length > 0);
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
