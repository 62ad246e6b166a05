/** What the linter finds, in the Problems list and under the code. */
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { Severity } from '../../../common/finding';
import type { LastRuns } from '../../session/lint/lastRuns';
import type { LintClient } from '../../session/lint/lintClient';
import type { EditorFinding } from '../../session/lint/lintMessages';
import { type Disposable, Disposables } from '../../support/disposable';
import { documentsOf } from './lintedDocuments';
import { locationOf, rangeOf } from './places';

const SEVERITIES: Readonly<Record<Severity, vscode.DiagnosticSeverity>> = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  info: vscode.DiagnosticSeverity.Information,
};

export class LintDiagnostics implements Disposable {
  private readonly owned = new Disposables();
  private readonly collection = this.owned.add(vscode.languages.createDiagnosticCollection('interleave-lint'));
  /** Addresses of the documents of each module that has findings. */
  private readonly shown = new Map<string, readonly vscode.Uri[]>();

  constructor(
    private readonly client: LintClient,
    private readonly runs: LastRuns,
    private readonly productFolder: string,
  ) {
    this.owned.add(client.onDidFind((key) => this.show(key)));
    this.owned.add(
      runs.onDidChange(() => {
        for (const key of [...this.shown.keys()]) this.show(key);
      }),
    );
  }

  dispose(): void {
    this.owned.dispose();
  }

  private show(key: string): void {
    const documents = documentsOf(key);
    const findings = this.client.findingsOf(key);
    const before = this.shown.get(key) ?? [];
    const byDocument = documents.map(() => [] as vscode.Diagnostic[]);
    for (const finding of findings) {
      const document = documents[finding.place.document];
      if (document) byDocument[finding.place.document]?.push(this.diagnostic(finding, document, documents));
    }
    const entries = documents.map(({ uri }, i) => [uri, byDocument[i]] as [vscode.Uri, vscode.Diagnostic[]]);
    const isGone = (uri: vscode.Uri): boolean => documents.every((each) => each.uri.toString() !== uri.toString());
    this.collection.set([
      ...before.filter(isGone).map((uri) => [uri, undefined] as [vscode.Uri, undefined]),
      ...entries,
    ]);
    if (findings.length > 0)
      this.shown.set(
        key,
        documents.map(({ uri }) => uri),
      );
    else this.shown.delete(key);
  }

  private diagnostic(
    finding: EditorFinding,
    document: vscode.TextDocument,
    documents: readonly vscode.TextDocument[],
  ): vscode.Diagnostic {
    const { rule, severity, message, place, related } = finding;
    const observable = { ...place, related: related.map((each) => each.place), observedAs: finding.observedAs };
    const seen = this.runs.sentenceFor(document.uri.toString(), observable, (line) =>
      line <= document.lineCount ? document.lineAt(line - 1).text : undefined,
    );
    const text = seen === '' ? message : `${message} ${seen}`;
    const diagnostic = new vscode.Diagnostic(rangeOf(place), text, SEVERITIES[severity]);
    diagnostic.source = 'Interleave';
    diagnostic.code = { value: rule, target: rulePage(this.productFolder, rule) };
    diagnostic.relatedInformation = related.flatMap((each) => {
      const at = locationOf(documents, each.place);
      return at ? [new vscode.DiagnosticRelatedInformation(at, each.text)] : [];
    });
    return diagnostic;
  }
}

export function rulePage(productFolder: string, rule: string): vscode.Uri {
  return vscode.Uri.file(join(productFolder, 'docs', 'rules', `${rule}.md`));
}
