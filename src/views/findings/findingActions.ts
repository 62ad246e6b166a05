/** What can be done about a finding where it is shown in the editor. */
import * as vscode from 'vscode';
import type { PlacedFinding } from './findingDiagnostics';

export function findingActions(document: vscode.TextDocument, placed: PlacedFinding): vscode.CodeAction[] {
  return [showAction(placed), ignoreAction(document, placed)];
}

export function registerFindingCommands(): vscode.Disposable[] {
  return [
    vscode.commands.registerCommand('interleave.showFinding', ({ actions, finding }: PlacedFinding) =>
      actions.show(finding.id),
    ),
    vscode.commands.registerCommand('interleave.hideFinding', ({ source, finding }: PlacedFinding) =>
      source.findings.hide(finding.id),
    ),
  ];
}

function actionFor(title: string, placed: PlacedFinding, command: string): vscode.CodeAction {
  const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
  action.diagnostics = [placed.diagnostic];
  action.command = { title, command, arguments: [placed] };
  return action;
}

function showAction(placed: PlacedFinding): vscode.CodeAction {
  return actionFor('Show on timeline', placed, 'interleave.showFinding');
}

function ignoreAction(document: vscode.TextDocument, placed: PlacedFinding): vscode.CodeAction {
  const { rule } = placed.finding;
  const action = actionFor(`Ignore here (interleave: ignore[${rule}])`, placed, 'interleave.hideFinding');
  const line = document.lineAt(Math.min(placed.diagnostic.range.start.line, document.lineCount - 1));
  action.edit = new vscode.WorkspaceEdit();
  action.edit.replace(document.uri, line.range, placed.source.findings.lineIgnoring(line.text, rule));
  return action;
}
