import * as vscode from 'vscode';
import type { Run } from '../../session/runs';

export interface OfferActions {
  /** Ends the program; what it recorded stays. */
  stop(): void;
  /** Shows a finding on the timeline. */
  show(id: number): void;
}

const STOP = 'Stop the program';
const SHOW = 'Show on timeline';

/** When a program is seen to be in a deadlock, it will never end by itself: asks once whether to stop it. */
export function offerToStop(run: Run, actions: OfferActions): void {
  const { session } = run;
  // A deadlock that was to be confirmed ends the run anyway.
  if (session.plan.confirm) return;
  const listening = session.onDidChange(() => {
    const deadlock = session.findings
      .all()
      .find(({ kind, certainty, severity }) => kind === 'deadlock' && certainty === 'observed' && severity === 'error');
    if (!deadlock && !session.isOver) return;
    listening.dispose();
    if (!deadlock || session.isOver) return;
    const text = `${run.title} is in a deadlock. ${deadlock.message} Its recording is kept when it is stopped.`;
    void vscode.window.showWarningMessage(text, SHOW, STOP).then((choice) => {
      if (choice === SHOW) actions.show(deadlock.id);
      if (choice === STOP && !session.isOver) actions.stop();
    });
  });
}
