/** Above each function that can be run concurrently: ways to do so, and what the last run tells about it. */
import * as vscode from 'vscode';
import type { Mode } from '../../../common/trace';
import { findFunctions, type PythonFunction } from './pythonFunctions';

/** What the last run tells about a function. */
export interface RanFunction {
  /** Costs time: asked for only what is in sight. */
  words(): string;
  /** Shows it on the timeline. */
  show(): void;
}

export interface LensSource {
  /** Something else is known. */
  onDidChange(listener: () => void): vscode.Disposable;
  ranFunction(document: vscode.TextDocument, ran: PythonFunction): RanFunction | undefined;
}

export interface LensActions {
  run(uri: vscode.Uri, name: string, mode: Mode): Promise<void>;
  attempt(work: () => Promise<unknown>): Promise<void>;
}

const RUN = 'interleave.lens.run';
const SHOW = 'interleave.lens.show';
const COMPARE = 'interleave.compareModes';
const SETTING = 'interleave.codeLens';

const MODES: readonly { readonly mode: Mode; readonly title: string; readonly tooltip: string }[] = [
  { mode: 'thread', title: 'threads', tooltip: 'Run this function over inputs, each call in a worker thread' },
  { mode: 'async', title: 'async', tooltip: 'Run this function over inputs, each call as an asyncio task' },
  { mode: 'process', title: 'processes', tooltip: 'Run this function over inputs, each call in a worker process' },
];

class RanLens extends vscode.CodeLens {
  constructor(
    range: vscode.Range,
    readonly ran: RanFunction,
  ) {
    super(range);
  }
}

/** Shows the lenses, where the setting says so. */
export function showFunctionLenses(source: LensSource, actions: LensActions): vscode.Disposable {
  const changed = new vscode.EventEmitter<void>();
  let canCompare: Thenable<boolean> | undefined;
  const provider: vscode.CodeLensProvider = {
    onDidChangeCodeLenses: changed.event,
    provideCodeLenses: async (document) => {
      if (!vscode.workspace.getConfiguration(undefined, document).get(SETTING, true)) return [];
      canCompare ??= vscode.commands.getCommands(true).then((all) => all.includes(COMPARE));
      const withCompare = await canCompare;
      return findFunctions(document.getText()).flatMap((one) => lensesOf(document, one, withCompare, source));
    },
    resolveCodeLens: (lens) => {
      if (!(lens instanceof RanLens)) return lens;
      const tooltip = 'What the last run tells about this function; click to see it on the timeline';
      lens.command = { command: SHOW, title: lens.ran.words(), tooltip, arguments: [lens.ran] };
      return lens;
    },
  };
  const selector = ['file', 'untitled'].map((scheme) => ({ scheme, language: 'python' }));
  return vscode.Disposable.from(
    changed,
    vscode.languages.registerCodeLensProvider(selector, provider),
    source.onDidChange(() => changed.fire()),
    vscode.workspace.onDidChangeConfiguration((event) => event.affectsConfiguration(SETTING) && changed.fire()),
    vscode.commands.registerCommand(RUN, (uri: vscode.Uri, name: string, mode: Mode) =>
      actions.attempt(() => actions.run(uri, name, mode)),
    ),
    vscode.commands.registerCommand(SHOW, (ran: RanFunction) => ran.show()),
  );
}

function lensesOf(
  document: vscode.TextDocument,
  one: PythonFunction,
  withCompare: boolean,
  source: LensSource,
): vscode.CodeLens[] {
  const { uri } = document;
  const range = document.lineAt(one.line - 1).range;
  const modes = MODES.filter(({ mode }) => !one.isAsync || mode === 'async');
  const lenses = modes.map(({ mode, title, tooltip }, place) => {
    const words = place === 0 ? `$(play) Run concurrently: ${title}` : title;
    return new vscode.CodeLens(range, { command: RUN, title: words, tooltip, arguments: [uri, one.name, mode] });
  });
  if (withCompare) {
    const tooltip = 'Run this function in each mode, and see which one its work needs';
    const compared = { uri, function: one.name };
    lenses.push(new vscode.CodeLens(range, { command: COMPARE, title: 'compare', tooltip, arguments: [compared] }));
  }
  const ran = source.ranFunction(document, one);
  // First, since what is on the right is cut off where the editor is narrow.
  return ran ? [new RanLens(range, ran), ...lenses] : lenses;
}
