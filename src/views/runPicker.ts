import * as vscode from 'vscode';
import type { Run } from '../session/runs';
import { Failure } from '../support/failure';

/** The run that a command is for: the only one, or the one that the user picks. Throws a Failure when there is none. */
export async function pickRun(runs: readonly Run[]): Promise<Run | undefined> {
  const [first, ...more] = runs;
  if (!first) throw new Failure('There is no such run; open a Python file and choose Run concurrently first.');
  if (more.length === 0) return first;
  const items = [...runs]
    .sort((a, b) => b.startedAt.getTime() - a.startedAt.getTime())
    .map((run) => ({ label: run.title, description: describe(run), run }));
  return (await vscode.window.showQuickPick(items, { placeHolder: 'Which run?' }))?.run;
}

function describe({ session, startedAt }: Run): string {
  const time = startedAt.toLocaleTimeString([], { hour: '2-digit', minute: '2-digit', second: '2-digit' });
  return `${session.isOver ? 'over' : 'running'}, started ${time}`;
}
