/** Findings that another run confirms: which one, and what came of it. */
import * as vscode from 'vscode';
import type { Run } from '../../session/runs';
import { Failure } from '../../support/failure';

const SHOW = 'Show on timeline';

/** When a run that was to confirm a finding is over, says whether it has. */
export function tellVerdict(run: Run, show: (id: number) => void): void {
  const { session } = run;
  if (!session.plan.confirm) return;
  void session.ended.then(async () => {
    const { verdict } = session.trace;
    // It was replaced by a later run, or never came to run.
    if (run.session !== session || !verdict) return;
    const finding = session.findings.all().find(({ certainty }) => certainty === 'confirmed');
    const text = `${run.title}. ${verdict.text}`;
    const choice = finding
      ? await vscode.window.showWarningMessage(text, SHOW)
      : await vscode.window.showInformationMessage(text);
    if (choice === SHOW && finding) show(finding.id);
  });
}

/** Lets the user pick one of the run's findings that can be confirmed; its id. Throws a Failure when there is none. */
export async function pickFinding({ session: { findings } }: Run): Promise<number | undefined> {
  const items = findings
    .all()
    .filter((finding) => findings.confirmPlanFor(finding) !== undefined)
    .map(({ id, title, rule, message }) => ({ label: title, description: rule, detail: message, id }));
  if (items.length === 0)
    throw new Failure('Nothing that was found in this run can be confirmed by holding a thread for a moment.');
  return (await vscode.window.showQuickPick(items, { placeHolder: 'Which finding?' }))?.id;
}
