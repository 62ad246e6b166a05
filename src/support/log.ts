import * as vscode from 'vscode';
import { detailsOf, sentenceOf } from './failure';

/** Shows the user one sentence about an error; what else is known goes to the log, one click away. */
export function showError(log: vscode.LogOutputChannel, error: unknown): void {
  log.error(detailsOf(error));
  const showLog = 'Show Log';
  void vscode.window.showErrorMessage(sentenceOf(error), showLog).then((choice) => {
    if (choice === showLog) log.show(true);
  });
}
