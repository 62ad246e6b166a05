import * as vscode from 'vscode';
import type { Mode } from '../../../common/trace';
import { findFunctions, type PythonFunction } from './pythonFunctions';

/** What to call, how and with what. */
export interface FunctionChoice {
  readonly function: string;
  readonly mode: Mode;
  readonly inputs: string;
}

const MODE_ITEMS: readonly { readonly mode: Mode; readonly label: string; readonly detail: string }[] = [
  { mode: 'thread', label: 'Threads', detail: 'Each call in a worker of a ThreadPoolExecutor' },
  { mode: 'process', label: 'Processes', detail: 'Each call in a worker of a ProcessPoolExecutor' },
  { mode: 'async', label: 'Async', detail: 'Each call as an asyncio task; a plain function blocks the event loop' },
  {
    mode: 'interpreter',
    label: 'Subinterpreters',
    detail: 'Each call in an interpreter of its own (Python 3.13 or newer)',
  },
  { mode: 'sequential', label: 'Sequential', detail: 'One call after the other, to compare with' },
];

/** Asks which function to run in which mode, and for its inputs once. Undefined when the user breaks off. */
export async function pickFunction(
  editor: vscode.TextEditor,
  memory: vscode.Memento,
): Promise<FunctionChoice | undefined> {
  const functions = findFunctions(editor.document.getText());
  if (functions.length === 0) {
    void vscode.window.showInformationMessage(
      'This file has no function at its top level; add one (def name(item): …), or run the whole file.',
    );
    return undefined;
  }
  const chosen = await pickFrom(functions, editor.selection.active.line + 1);
  if (!chosen) return undefined;
  const key = `inputs:${editor.document.uri.toString()}#${chosen.name}`;
  const remembered = memory.get<string>(key, '');
  const mode = await pickMode(chosen, remembered);
  if (!mode) return undefined;
  const inputs = mode.changesInputs || !remembered ? await askInputs(chosen, remembered) : remembered;
  if (!inputs) return undefined;
  await memory.update(key, inputs);
  if (mode.kind) return { function: chosen.name, mode: mode.kind, inputs };
  const second = await pickMode(chosen, inputs);
  return second?.kind ? { function: chosen.name, mode: second.kind, inputs } : undefined;
}

async function pickFrom(functions: readonly PythonFunction[], cursorLine: number): Promise<PythonFunction | undefined> {
  // The function in which the cursor is comes first.
  const here = functions.filter((one) => one.line <= cursorLine).at(-1);
  const ordered = here ? [here, ...functions.filter((one) => one !== here)] : functions;
  const items = ordered.map((one) => ({
    label: `$(symbol-function) ${one.name}`,
    description: `${one.isAsync ? 'async ' : ''}(${one.parameters || '…'})`,
    detail: `Line ${one.line}`,
    chosen: one,
  }));
  const item = await vscode.window.showQuickPick(items, {
    title: 'Run function concurrently',
    placeHolder: 'Which function?',
  });
  return item?.chosen;
}

interface ModeAnswer {
  readonly kind: Mode | undefined;
  readonly changesInputs: boolean;
}

async function pickMode(chosen: PythonFunction, inputs: string): Promise<ModeAnswer | undefined> {
  const items: (vscode.QuickPickItem & ModeAnswer)[] = MODE_ITEMS.map(({ mode, label, detail }) => ({
    label,
    detail,
    kind: undefined,
    mode,
    changesInputs: false,
  })).map(({ mode, ...item }) => ({ ...item, kind: mode }) as never);
  if (inputs)
    items.push({ label: '$(edit) Change the inputs…', detail: inputs, kind: undefined, changesInputs: true } as never);
  return vscode.window.showQuickPick(items, { title: `Run ${chosen.name} concurrently`, placeHolder: 'How?' }) as never;
}

function askInputs(chosen: PythonFunction, value: string): Thenable<string | undefined> {
  return vscode.window.showInputBox({
    title: `Inputs for ${chosen.name}`,
    prompt: 'A Python expression with one item for each call; it is remembered for this function.',
    placeHolder: 'range(8)  or  [("a", 1), ("b", 2)]',
    value,
    ignoreFocusOut: true,
    validateInput: (text) => (text.trim() ? undefined : 'Give an expression, e.g. range(8).'),
  });
}
