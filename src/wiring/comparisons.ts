/** Opens comparisons of two runs: of this window, or saved. */
import { basename } from 'node:path';
import * as vscode from 'vscode';
import { differenceSentences, differenceTables } from '../engine/difference';
import type { Run, Runs } from '../session/runs';
import { SavedTrace } from '../session/savedTrace';
import { Failure } from '../support/failure';
import { ComparisonPanel } from '../views/comparison/comparisonPanel';
import { compareTwo, type OneOfTwo } from '../views/comparison/twoRuns';
import { type CodePlace, revealPlace } from '../views/reveal';
import { pickRun } from '../views/runPicker';

/** What is compared: as an item of the list of runs has it. */
type Comparable = { readonly kind: 'run'; readonly run: Run } | { readonly kind: 'saved'; readonly uri: vscode.Uri };

export interface ComparisonParts {
  readonly extensionUri: vscode.Uri;
  readonly runs: Runs;
  /** The run whose timeline is in front. */
  active(): Run | undefined;
  attempt(work: () => Promise<unknown>): Promise<void>;
  /** Where a file of a run is edited, when that is not its path. */
  documentOf(run: Run, file: string): vscode.Uri | undefined;
  showTimeline(run: Run): void;
}

/** What the list of runs gives to the command is compared, else what the user picks. */
export function registerRunComparison(parts: ComparisonParts): vscode.Disposable {
  const pickedRun = async (): Promise<Comparable | undefined> => {
    const run = parts.active() ?? (await pickRun(parts.runs.all));
    return run && { kind: 'run', run };
  };
  const compare = async (first?: Comparable, second?: Comparable): Promise<void> => {
    const one = first ?? (await pickedRun());
    const other = one && (second ?? (await pickOther(one, parts.runs.all)));
    if (one && other) openComparison(parts, one, other);
  };
  return vscode.commands.registerCommand('interleave.compareRuns', (first?: Comparable, second?: Comparable) =>
    parts.attempt(() => compare(first, second)),
  );
}

function openComparison(parts: ComparisonParts, first: Comparable, second: Comparable): void {
  const saved: SavedTrace[] = [];
  const compared = [first, second];
  const [one, other] = compared.map((each) => sideOf(each, saved)) as [OneOfTwo, OneOfTwo];
  const runs = compareTwo(one, other, { tables: differenceTables, sentences: differenceSentences });
  const title = `Compare: ${one.title} and ${other.title}`;
  const panel = vscode.window.createWebviewPanel('interleave.comparison', title, vscode.ViewColumn.Active);
  panel.iconPath = vscode.Uri.joinPath(parts.extensionUri, 'media', 'timeline.svg');
  const comparison = new ComparisonPanel(panel, parts.extensionUri, runs, {
    reveal: (run, place) => void parts.attempt(() => reveal(parts, compared[run], place)),
    open: (run) => void parts.attempt(() => show(parts, compared[run])),
  });
  panel.onDidDispose(() => {
    comparison.dispose();
    for (const trace of saved) trace.dispose();
  });
}

/** Asks for a second one among runs and files. Throws a Failure when there is no other. */
async function pickOther(first: Comparable, runs: readonly Run[]): Promise<Comparable | undefined> {
  const others = runs.filter((run) => first.kind !== 'run' || run !== first.run);
  const saved = await vscode.workspace.findFiles('**/*.interleave', '**/node_modules/**', 200);
  const items: (vscode.QuickPickItem & { readonly what: Comparable })[] = [
    ...others.map((run) => ({
      label: run.title,
      description: whenWords(run),
      what: { kind: 'run', run } as const,
    })),
    ...saved
      .filter((uri) => first.kind !== 'saved' || uri.toString() !== first.uri.toString())
      .map((uri) => ({
        label: basename(uri.fsPath),
        description: vscode.workspace.asRelativePath(uri),
        what: { kind: 'saved', uri } as const,
      })),
  ];
  if (items.length === 0)
    throw new Failure('There is no other run to compare with; run something again, or save a trace.');
  return (await vscode.window.showQuickPick(items, { placeHolder: 'Compare with which run?' }))?.what;
}

function sideOf(compared: Comparable, saved: SavedTrace[]): OneOfTwo {
  if (compared.kind === 'saved') {
    const source = SavedTrace.open(compared.uri.fsPath);
    saved.push(source);
    return { title: basename(compared.uri.fsPath), note: 'saved', source, trace: source.trace, ended: source.loaded };
  }
  const { title, session } = compared.run;
  return { title, note: whenWords(compared.run), source: session, trace: session.trace, ended: session.ended };
}

function whenWords({ startedAt, isEarlier }: Run): string {
  const time = startedAt.toLocaleTimeString(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit' });
  return `${isEarlier ? 'earlier run, ' : ''}started ${time}`;
}

async function reveal(parts: ComparisonParts, compared: Comparable | undefined, place: CodePlace): Promise<void> {
  await revealPlace(place, compared?.kind === 'run' ? parts.documentOf(compared.run, place.file) : undefined);
}

async function show(parts: ComparisonParts, compared: Comparable | undefined): Promise<void> {
  if (compared?.kind === 'run') parts.showTimeline(compared.run);
  if (compared?.kind === 'saved') await vscode.commands.executeCommand('vscode.open', compared.uri);
}
