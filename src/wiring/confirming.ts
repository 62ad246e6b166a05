/** Runs a program again, as it was run, to see a finding of that run happen. */
import * as vscode from 'vscode';
import type { Findings } from '../session/findings';
import type { RunPlan } from '../session/runFolder';
import { AS_WRITTEN, type Run, type RunRequest, type Runs } from '../session/runs';
import type { SavedTrace } from '../session/savedTrace';

export interface Confirming {
  confirm(run: Run, id: number): Promise<void>;
  confirmSaved(saved: SavedTrace, id: number): Promise<void>;
}

export function confirming(runs: Runs): Confirming {
  const start = async (request: RunRequest, plan: RunPlan, findings: Findings, id: number): Promise<void> => {
    const finding = findings.all().find((each) => each.id === id);
    const how = finding && findings.confirmPlanFor(finding);
    if (how) await runs.start({ ...request, confirm: { plan, how } });
  };
  return {
    confirm: ({ request, session }, id) => start(request, session.plan, session.findings, id),
    confirmSaved: async (saved, id) => {
      const plan = await saved.plan();
      await start({ ...AS_WRITTEN, uri: vscode.Uri.file(plan.file).toString() }, plan, saved.findings, id);
    },
  };
}
