/** Findings in the Problems list: one diagnostic each, at the line to change, with the other places beside it. */
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { FindingLocation, Severity, ShownFinding } from '../../../common/finding';
import { certaintyAndGrade } from '../../../common/findingWords';
import type { Trace } from '../../engine/trace';
import type { Findings } from '../../session/findings';
import { type Disposable, Disposables } from '../../support/disposable';
import { findingActions } from './findingActions';

const SEVERITIES: Readonly<Record<Severity, vscode.DiagnosticSeverity>> = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  info: vscode.DiagnosticSeverity.Information,
};

/** While a program runs, its findings are looked at so often. */
const INTERVAL_MS = 250;

/** What has findings: the session of a run, or a saved trace. */
export interface FindingSource {
  readonly trace: Trace;
  readonly findings: Findings;
  onDidChange(listener: () => void): Disposable;
}

/** What can be done with the findings of a source. */
export interface FindingActions {
  /** Shows a finding on its timeline. */
  show(id: number): void;
  /** Runs the program again to see a finding happen. */
  confirm(id: number): void;
  /** The document of a file, when it is not the file itself. */
  documentOf(file: string): vscode.Uri | undefined;
  /** Where a line of a file (from 1) is, when it is another line of another document. */
  placeOf?(file: string, line: number): { readonly uri: vscode.Uri; readonly line: number } | undefined;
  /** A finding's sentences, with the lines as the user knows them. */
  wordsOf?(words: string): string;
}

/** A finding at its line. */
export interface PlacedFinding {
  readonly uri: vscode.Uri;
  /** The file as the trace names it. */
  readonly file: string;
  readonly diagnostic: vscode.Diagnostic;
  readonly finding: ShownFinding;
  readonly source: FindingSource;
  readonly actions: FindingActions;
}

interface Followed {
  readonly source: FindingSource;
  readonly actions: FindingActions;
  readonly listening: Disposable;
  findings: readonly ShownFinding[];
  placed: readonly PlacedFinding[];
}

/** Keeps the Problems list as the findings of all that it follows are. */
export class FindingDiagnostics implements Disposable, vscode.CodeActionProvider {
  private readonly owned = new Disposables();
  private readonly collection = this.owned.add(vscode.languages.createDiagnosticCollection('interleave'));
  private readonly followed = new Map<object, Followed>();
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly productFolder: string) {
    this.owned.add(
      vscode.languages.registerCodeActionsProvider({ scheme: '*' }, this, {
        providedCodeActionKinds: [vscode.CodeActionKind.QuickFix],
      }),
    );
  }

  /** Shows the findings of a source from now on, in the place of those that its owner, a run or a document, had. */
  follow(owner: object, source: FindingSource, actions: FindingActions): void {
    this.followed.get(owner)?.listening.dispose();
    const listening = source.onDidChange(() => this.updateSoon());
    this.followed.set(owner, { source, actions, listening, findings: [], placed: [] });
    this.updateSoon();
  }

  /** Shows those of an owner no longer. */
  forget(owner: object): void {
    this.followed.get(owner)?.listening.dispose();
    this.followed.delete(owner);
    this.publish();
  }

  provideCodeActions(
    document: vscode.TextDocument,
    _range: vscode.Range,
    context: vscode.CodeActionContext,
  ): vscode.CodeAction[] {
    return this.all()
      .filter(
        ({ uri, diagnostic }) => uri.toString() === document.uri.toString() && isAmong(diagnostic, context.diagnostics),
      )
      .flatMap((each) => findingActions(document, each));
  }

  dispose(): void {
    clearTimeout(this.timer);
    for (const { listening } of this.followed.values()) listening.dispose();
    this.owned.dispose();
  }

  private all(): PlacedFinding[] {
    return [...this.followed.values()].flatMap(({ placed }) => placed);
  }

  private updateSoon(): void {
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      this.update();
    }, INTERVAL_MS);
  }

  private update(): void {
    let hasChanged = false;
    for (const followed of this.followed.values()) {
      const findings = followed.source.findings.all();
      if (followed.findings === findings) continue;
      followed.findings = findings;
      followed.placed = findings.flatMap((finding) => this.place(followed, finding));
      hasChanged = true;
    }
    if (hasChanged) this.publish();
  }

  private publish(): void {
    const byFile = new Map<string, [vscode.Uri, vscode.Diagnostic[]]>();
    for (const { uri, diagnostic } of this.all()) {
      const known = byFile.get(uri.toString());
      if (known) known[1].push(diagnostic);
      else byFile.set(uri.toString(), [uri, [diagnostic]]);
    }
    this.collection.clear();
    this.collection.set([...byFile.values()]);
  }

  private place({ source, actions }: Followed, finding: ShownFinding): PlacedFinding[] {
    const places = finding.locations.flatMap((location) => {
      const at = locationOf(source.trace, actions, location);
      return at ? [{ at, location }] : [];
    });
    const [first, ...others] = places;
    if (!first) return [];
    const doubts = certaintyAndGrade(finding.certainty, finding.grade);
    const text = `${finding.title}: ${actions.wordsOf?.(finding.message) ?? finding.message} (${doubts})`;
    const diagnostic = new vscode.Diagnostic(first.at.range, text, SEVERITIES[finding.severity]);
    diagnostic.source = 'Interleave';
    const page = vscode.Uri.file(join(this.productFolder, 'docs', 'rules', `${finding.rule}.md`));
    diagnostic.code = { value: finding.rule, target: page };
    diagnostic.relatedInformation = others.map(
      ({ at, location }) => new vscode.DiagnosticRelatedInformation(at, roleOf(source.trace, location)),
    );
    return [
      {
        uri: first.at.uri,
        file: source.trace.sites[first.location.site - 1]?.file ?? '',
        diagnostic,
        finding,
        source,
        actions,
      },
    ];
  }
}

function locationOf(trace: Trace, actions: FindingActions, { site }: FindingLocation): vscode.Location | undefined {
  const place = trace.sites[site - 1];
  if (!place || place.line === 0 || place.file.startsWith('<')) return undefined;
  const at = actions.placeOf?.(place.file, place.line);
  const uri = at?.uri ?? actions.documentOf(place.file) ?? vscode.Uri.file(place.file);
  const start = new vscode.Position((at?.line ?? place.line) - 1, Math.max(0, place.column));
  // Of what goes on over several lines, such as a `with`, the first is underlined.
  const isOneLine = place.column >= 0 && place.endLine === place.line && place.endColumn >= 0;
  const end = start.with({ character: isOneLine ? place.endColumn : 1000 });
  return new vscode.Location(uri, new vscode.Range(start, end));
}

function roleOf(trace: Trace, { role, unit }: FindingLocation): string {
  const name = trace.units[unit]?.name ?? '';
  return name === '' ? role : `${name} ${role}`;
}

function isAmong(diagnostic: vscode.Diagnostic, others: readonly vscode.Diagnostic[]): boolean {
  return others.some((other) => other.message === diagnostic.message && other.range.isEqual(diagnostic.range));
}
