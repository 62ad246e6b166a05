/** What can be done about a finding where it is shown in the editor. */
import * as vscode from 'vscode';
import type { PlacedFinding } from './findingDiagnostics';

export function findingActions(document: vscode.TextDocument, placed: PlacedFinding): vscode.CodeAction[] {
  return [
    ...fixActions(document, placed),
    showAction(placed),
    ...confirmActions(placed),
    ignoreAction(document, placed),
  ];
}

function fixActions(document: vscode.TextDocument, placed: PlacedFinding): vscode.CodeAction[] {
  const { finding, source } = placed;
  const lines = document.getText().split(/\r\n|\n/);
  const fix = source.findings.fixFor(finding, placed.file, lines);
  if (!fix) return [];
  const action = actionFor(fix.title, placed, 'interleave.hideFinding');
  action.isPreferred = true;
  action.edit = new vscode.WorkspaceEdit();
  const end = document.lineAt(fix.to - 1).range.end;
  const newLine = document.eol === vscode.EndOfLine.CRLF ? '\r\n' : '\n';
  action.edit.replace(
    document.uri,
    new vscode.Range(new vscode.Position(fix.from - 1, 0), end),
    fix.lines.join(newLine),
  );
  return [action];
}

export function registerFindingCommands(): vscode.Disposable[] {
  return [
    vscode.commands.registerCommand('interleave.showFinding', ({ actions, finding }: PlacedFinding) =>
      actions.show(finding.id),
    ),
    vscode.commands.registerCommand('interleave.confirmPlacedFinding', ({ actions, finding }: PlacedFinding) =>
      actions.confirm(finding.id),
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

function confirmActions(placed: PlacedFinding): vscode.CodeAction[] {
  const canBe = placed.source.findings.confirmPlanFor(placed.finding) !== undefined;
  return canBe ? [actionFor('Confirm this finding', placed, 'interleave.confirmPlacedFinding')] : [];
}

function ignoreAction(document: vscode.TextDocument, placed: PlacedFinding): vscode.CodeAction {
  const { rule } = placed.finding;
  const action = actionFor(`Ignore here (interleave: ignore[${rule}])`, placed, 'interleave.hideFinding');
  const line = document.lineAt(Math.min(placed.diagnostic.range.start.line, document.lineCount - 1));
  action.edit = new vscode.WorkspaceEdit();
  action.edit.replace(document.uri, line.range, placed.source.findings.lineIgnoring(line.text, rule));
  return action;
}
