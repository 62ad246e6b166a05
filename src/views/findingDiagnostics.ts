/** Findings in the Problems list: one diagnostic each, at the line to change, with the other places beside it. */
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { FindingLocation, Severity, ShownFinding } from '../../common/finding';
import { certaintyAndGrade } from '../../common/findingWords';
import type { Run, Runs } from '../session/runs';
import { type Disposable, Disposables } from '../support/disposable';

const SEVERITIES: Readonly<Record<Severity, vscode.DiagnosticSeverity>> = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  info: vscode.DiagnosticSeverity.Information,
};

/** While a program runs, its findings are looked at so often. */
const INTERVAL_MS = 250;

export interface FindingActions {
  /** Shows a finding on the timeline of its run. */
  show(run: Run, id: number): void;
  /** The document of a file of the run, when it is not the file itself. */
  documentOf(run: Run, file: string): vscode.Uri | undefined;
}

interface Shown {
  readonly findings: readonly ShownFinding[];
  readonly diagnostics: readonly Placed[];
}

interface Placed {
  readonly uri: vscode.Uri;
  readonly diagnostic: vscode.Diagnostic;
  readonly run: Run;
  readonly finding: ShownFinding;
}

/** Keeps the Problems list as the findings of all runs are; a run that is forgotten, or begins anew, has none. */
export class FindingDiagnostics implements Disposable, vscode.CodeActionProvider {
  private readonly owned = new Disposables();
  private readonly collection = this.owned.add(vscode.languages.createDiagnosticCollection('interleave'));
  private readonly shown = new Map<Run, Shown>();
  private readonly listening = new Map<Run, Disposable>();
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly runs: Runs,
    private readonly productFolder: string,
    private readonly actions: FindingActions,
  ) {
    this.owned.add(runs.onDidStart((run) => this.follow(run)));
    this.owned.add(runs.onDidChange(() => this.updateSoon()));
    this.owned.add(
      vscode.languages.registerCodeActionsProvider({ scheme: '*' }, this, {
        providedCodeActionKinds: [vscode.CodeActionKind.QuickFix],
      }),
    );
  }

  provideCodeActions(
    document: vscode.TextDocument,
    _range: vscode.Range,
    context: vscode.CodeActionContext,
  ): vscode.CodeAction[] {
    const placed = [...this.shown.values()].flatMap(({ diagnostics }) => diagnostics);
    return placed
      .filter(
        ({ uri, diagnostic }) => uri.toString() === document.uri.toString() && isAmong(diagnostic, context.diagnostics),
      )
      .flatMap((each) => [showAction(each), ignoreAction(document, each)]);
  }

  /** Shows the finding that a code action is about. */
  showFinding(title: string, id: number): void {
    const run = this.runs.all.find((each) => each.title === title);
    if (run) this.actions.show(run, id);
  }

  /** Leaves out a finding that a comment says to ignore from now on. */
  hideFinding(title: string, id: number): void {
    this.runs.all.find((each) => each.title === title)?.session.hideFinding(id);
  }

  dispose(): void {
    clearTimeout(this.timer);
    for (const listening of this.listening.values()) listening.dispose();
    this.owned.dispose();
  }

  private follow(run: Run): void {
    this.listening.get(run)?.dispose();
    this.listening.set(
      run,
      run.session.onDidChange(() => this.updateSoon()),
    );
    this.shown.delete(run);
    this.updateSoon();
  }

  private updateSoon(): void {
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      this.update();
    }, INTERVAL_MS);
  }

  private update(): void {
    const { runs, shown } = this;
    let hasChanged = false;
    for (const run of shown.keys()) {
      if (runs.all.includes(run)) continue;
      shown.delete(run);
      this.listening.get(run)?.dispose();
      this.listening.delete(run);
      hasChanged = true;
    }
    for (const run of runs.all) {
      const findings = run.session.findings.all();
      if (shown.get(run)?.findings === findings) continue;
      shown.set(run, { findings, diagnostics: findings.flatMap((finding) => this.place(run, finding)) });
      hasChanged = true;
    }
    if (!hasChanged) return;
    const byFile = new Map<string, [vscode.Uri, vscode.Diagnostic[]]>();
    for (const { diagnostics } of shown.values()) {
      for (const { uri, diagnostic } of diagnostics) {
        const known = byFile.get(uri.toString());
        if (known) known[1].push(diagnostic);
        else byFile.set(uri.toString(), [uri, [diagnostic]]);
      }
    }
    this.collection.clear();
    this.collection.set([...byFile.values()]);
  }

  private place(run: Run, finding: ShownFinding): Placed[] {
    const places = finding.locations.flatMap((location) => {
      const at = this.locationOf(run, location);
      return at ? [{ at, location }] : [];
    });
    const [first, ...others] = places;
    if (!first) return [];
    const doubts = certaintyAndGrade(finding.certainty, finding.grade);
    const text = `${finding.title}: ${finding.message} (${doubts})`;
    const diagnostic = new vscode.Diagnostic(first.at.range, text, SEVERITIES[finding.severity]);
    diagnostic.source = 'Interleave';
    const page = vscode.Uri.file(join(this.productFolder, 'docs', 'rules', `${finding.rule}.md`));
    diagnostic.code = { value: finding.rule, target: page };
    diagnostic.relatedInformation = others.map(
      ({ at, location }) => new vscode.DiagnosticRelatedInformation(at, roleOf(run, location)),
    );
    return [{ uri: first.at.uri, diagnostic, run, finding }];
  }

  private locationOf(run: Run, { site }: FindingLocation): vscode.Location | undefined {
    const place = run.session.trace.sites[site - 1];
    if (!place || place.line === 0 || place.file.startsWith('<')) return undefined;
    const uri = this.actions.documentOf(run, place.file) ?? vscode.Uri.file(place.file);
    const start = new vscode.Position(place.line - 1, Math.max(0, place.column));
    const hasEnd = place.column >= 0 && place.endLine >= place.line && place.endColumn >= 0;
    const end = hasEnd ? new vscode.Position(place.endLine - 1, place.endColumn) : start.with({ character: 1000 });
    return new vscode.Location(uri, new vscode.Range(start, end));
  }
}

function roleOf(run: Run, { role, unit }: FindingLocation): string {
  const name = run.session.trace.units[unit]?.name ?? '';
  return name === '' ? role : `${name} ${role}`;
}

function isAmong(diagnostic: vscode.Diagnostic, others: readonly vscode.Diagnostic[]): boolean {
  return others.some((other) => other.message === diagnostic.message && other.range.isEqual(diagnostic.range));
}

function showAction({ run, finding, diagnostic }: Placed): vscode.CodeAction {
  const action = new vscode.CodeAction('Show on timeline', vscode.CodeActionKind.QuickFix);
  action.diagnostics = [diagnostic];
  action.command = { title: action.title, command: 'interleave.showFinding', arguments: [run.title, finding.id] };
  return action;
}

function ignoreAction(document: vscode.TextDocument, { run, finding, diagnostic }: Placed): vscode.CodeAction {
  const action = new vscode.CodeAction(
    `Ignore here (interleave: ignore[${finding.rule}])`,
    vscode.CodeActionKind.QuickFix,
  );
  action.diagnostics = [diagnostic];
  const line = document.lineAt(Math.min(diagnostic.range.start.line, document.lineCount - 1));
  action.edit = new vscode.WorkspaceEdit();
  action.edit.replace(document.uri, line.range, run.session.lineIgnoring(line.text, finding.rule));
  action.command = { title: action.title, command: 'interleave.hideFinding', arguments: [run.title, finding.id] };
  return action;
}
