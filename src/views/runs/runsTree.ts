import { basename } from 'node:path';
import * as vscode from 'vscode';
import type { Run, Runs } from '../../session/runs';
import { type Disposable, Disposables } from '../../support/disposable';
import { type RunFacts, runWords, unreadableWords } from './runWords';
import type { SavedTraceFiles } from './savedTraceFiles';

/** What a row of the view is about, and what its commands are given. */
export type RunItem =
  | { readonly kind: 'run'; readonly run: Run }
  | { readonly kind: 'saved'; readonly uri: vscode.Uri }
  | { readonly kind: 'group'; readonly title: string; readonly of: 'run' | 'saved' };

/** The runs of this window, the latest first, and the saved traces of the workspace. */
export class RunsTree implements vscode.TreeDataProvider<RunItem>, Disposable {
  private readonly owned = new Disposables();
  private readonly changed = this.owned.add(new vscode.EventEmitter<RunItem | undefined>());
  readonly onDidChangeTreeData = this.changed.event;
  /** A row keeps its place and selection by being the same object. */
  private readonly items = new WeakMap<Run, RunItem>();

  constructor(
    private readonly runs: Runs,
    private readonly saved: SavedTraceFiles,
    private readonly factsOf: (run: Run) => RunFacts,
    /** Undefined for a file that cannot be read. */
    private readonly savedFactsOf: (uri: vscode.Uri) => Promise<RunFacts | undefined>,
  ) {
    this.owned.add(runs.onDidChange(() => this.changed.fire(undefined)));
    this.owned.add(saved.onDidChange(() => this.changed.fire(undefined)));
  }

  /** Tells again what goes on: how long it lasts, and what was found by now. */
  refreshActive(): void {
    for (const run of this.runs.active) this.changed.fire(this.itemOf(run));
  }

  async getChildren(item?: RunItem): Promise<RunItem[]> {
    const files = await this.saved.list();
    if (item?.kind === 'group') return item.of === 'run' ? this.runItems() : files.map(savedItem);
    if (item) return [];
    const groups: RunItem[] = [];
    if (this.runs.all.length > 0) groups.push(GROUPS.run);
    if (files.length > 0) groups.push(GROUPS.saved);
    return groups;
  }

  getParent(item: RunItem): RunItem | undefined {
    return item.kind === 'group' ? undefined : GROUPS[item.kind];
  }

  async getTreeItem(item: RunItem): Promise<vscode.TreeItem> {
    if (item.kind === 'group') {
      const row = new vscode.TreeItem(item.title, vscode.TreeItemCollapsibleState.Expanded);
      row.contextValue = 'group';
      row.id = item.of;
      return row;
    }
    const facts = item.kind === 'run' ? this.factsOf(item.run) : await this.savedFactsOf(item.uri);
    const title = item.kind === 'run' ? item.run.title : basename(item.uri.path);
    const words = facts ? runWords(facts, new Date()) : unreadableWords(title);
    const row = new vscode.TreeItem(title);
    if (item.kind === 'saved') row.id = item.uri.toString();
    row.description = words.description;
    row.tooltip = words.tooltip;
    row.accessibilityInformation = { label: words.spoken };
    row.iconPath = new vscode.ThemeIcon(words.icon, words.colour ? new vscode.ThemeColor(words.colour) : undefined);
    row.contextValue = item.kind === 'saved' ? 'saved' : item.run.session.isOver ? 'run.over' : 'run.active';
    row.command = { command: 'interleave.runs.open', title: 'Open timeline', arguments: [item] };
    return row;
  }

  dispose(): void {
    this.owned.dispose();
  }

  private runItems(): RunItem[] {
    return [...this.runs.all]
      .sort((a, b) => b.startedAt.getTime() - a.startedAt.getTime())
      .map((run) => this.itemOf(run));
  }

  private itemOf(run: Run): RunItem {
    const known = this.items.get(run) ?? { kind: 'run', run };
    this.items.set(run, known);
    return known;
  }
}

const GROUPS = {
  run: { kind: 'group', title: 'This window', of: 'run' },
  saved: { kind: 'group', title: 'Saved traces', of: 'saved' },
} as const satisfies Record<string, RunItem>;

function savedItem(uri: vscode.Uri): RunItem {
  return { kind: 'saved', uri };
}
