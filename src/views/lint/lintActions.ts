/** What can be done about a finding of the linter: mend it, mend all of its kind, hide it, read about it. */
import * as vscode from 'vscode';
import type { LintClient } from '../../session/lint/lintClient';
import type { EditorFinding } from '../../session/lint/lintMessages';
import { rulePage } from './lintDiagnostics';
import { documentsOf, moduleOf } from './lintedDocuments';
import { rangeOf, workspaceEdit } from './places';

const FIX_ALL = vscode.CodeActionKind.SourceFixAll.append('interleave');

export class LintActions implements vscode.CodeActionProvider {
  static readonly kinds: readonly vscode.CodeActionKind[] = [vscode.CodeActionKind.QuickFix, FIX_ALL];

  constructor(
    private readonly client: LintClient,
    private readonly productFolder: string,
  ) {}

  async provideCodeActions(
    document: vscode.TextDocument,
    range: vscode.Range,
    { only, diagnostics }: vscode.CodeActionContext,
    token: vscode.CancellationToken,
  ): Promise<vscode.CodeAction[]> {
    const wantsFixAll = only?.contains(FIX_ALL) ?? false;
    const wantsQuickFix = !only || only.contains(vscode.CodeActionKind.QuickFix);
    if (!wantsFixAll && !wantsQuickFix) return [];
    const { key, number } = moduleOf(document);
    const all = await this.client.currentFindingsOf(key);
    if (token.isCancellationRequested) return [];
    const actions: vscode.CodeAction[] = [];
    if (wantsFixAll && all.some(({ fix }) => fix)) actions.push(await this.fixAll(key));
    if (!wantsQuickFix) return actions;
    for (const finding of all) {
      const at = rangeOf(finding.place);
      if (finding.place.document !== number || !at.intersection(range)) continue;
      const isAbout = ({ code, range: other }: vscode.Diagnostic): boolean =>
        typeof code === 'object' && code.value === finding.rule && other.isEqual(at);
      for (const action of await this.quickFixes(key, finding, all)) {
        action.diagnostics = diagnostics.filter(isAbout);
        actions.push(action);
      }
    }
    return actions;
  }

  private async fixAll(key: string): Promise<vscode.CodeAction> {
    const action = new vscode.CodeAction('Fix all that Interleave can fix', FIX_ALL);
    action.edit = workspaceEdit(documentsOf(key), await this.client.fixAll(key, null));
    return action;
  }

  private async quickFixes(
    key: string,
    { rule, fix, ignore }: EditorFinding,
    all: readonly EditorFinding[],
  ): Promise<vscode.CodeAction[]> {
    const documents = documentsOf(key);
    const actions: vscode.CodeAction[] = [];
    const add = (title: string, edit?: vscode.WorkspaceEdit): vscode.CodeAction => {
      const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
      if (edit) action.edit = edit;
      actions.push(action);
      return action;
    };
    if (fix) add(fix.title, workspaceEdit(documents, fix.edits)).isPreferred = true;
    const isOneOfSeveral = fix && all.filter((each) => each.rule === rule && each.fix).length > 1;
    if (isOneOfSeveral) {
      add(`Fix all ${rule} in this file`, workspaceEdit(documents, await this.client.fixAll(key, rule)));
    }
    if (ignore) add(`Ignore here (interleave: ignore[${rule}])`, workspaceEdit(documents, [ignore]));
    const title = `Show the page of ${rule}`;
    const page = rulePage(this.productFolder, rule);
    add(title).command = { title, command: 'markdown.showPreview', arguments: [page] };
    return actions;
  }
}
