import * as vscode from 'vscode';
import type { Mode } from '../../../common/trace';
import { findFunctions, type PythonFunction } from './pythonFunctions';

/** What to call, how and with what. */
export interface FunctionChoice {
  readonly function: string;
  readonly mode: Mode;
  readonly inputs: string;
}

interface ModeItem extends vscode.QuickPickItem {
  /** Undefined: not a mode, but the wish to change the inputs first. */
  readonly mode: Mode | undefined;
}

const MODE_ITEMS: readonly ModeItem[] = [
  { mode: 'thread', label: 'Threads', detail: 'Each call in a worker of a ThreadPoolExecutor' },
  { mode: 'process', label: 'Processes', detail: 'Each call in a worker of a ProcessPoolExecutor' },
  { mode: 'async', label: 'Async', detail: 'Each call as an asyncio task; a plain function blocks the event loop' },
  { mode: 'interpreter', label: 'Subinterpreters', detail: 'Each call in an interpreter, where Python has them' },
  { mode: 'sequential', label: 'Sequential', detail: 'One call after the other, to compare with' },
];

/** Asks which function to run in which mode, and for its inputs once. Undefined when the user breaks off. */
export async function pickFunction(
  editor: vscode.TextEditor,
  memory: vscode.Memento,
): Promise<FunctionChoice | undefined> {
  const chosen = await pickOne(editor, 'Run function concurrently');
  if (!chosen) return undefined;
  const key = keyOf(editor.document.uri, chosen.name);
  const remembered = memory.get<string>(key, '');
  let mode = await pickMode(chosen, remembered);
  if (!mode) return undefined;
  const asksForInputs = !remembered || mode === 'change';
  const inputs = asksForInputs ? await askInputs(chosen.name, remembered) : remembered;
  if (!inputs) return undefined;
  await memory.update(key, inputs);
  if (mode === 'change') mode = await pickMode(chosen, '');
  return mode && mode !== 'change' ? { function: chosen.name, mode, inputs } : undefined;
}

/** Asks for a function of the file, by the title of what is to be done with it. Undefined when the user breaks off. */
export async function pickOne(editor: vscode.TextEditor, title: string): Promise<PythonFunction | undefined> {
  const functions = findFunctions(editor.document.getText());
  if (functions.length > 0) return pickFrom(functions, editor.selection.active.line + 1, title);
  void vscode.window.showInformationMessage(
    'This file has no function at its top level; add one (def name(item): …), or run the whole file.',
  );
  return undefined;
}

/** Asks for a mode with workers. Undefined when the user breaks off. */
export async function pickConcurrentMode(title: string): Promise<Mode | undefined> {
  const items = MODE_ITEMS.filter(({ mode }) => mode !== 'sequential');
  return (await vscode.window.showQuickPick(items, { title, placeHolder: 'In which mode?' }))?.mode;
}

/** Asks for the inputs of a function, proposing those of the last time. Undefined when the user breaks off. */
export async function pickInputs(uri: vscode.Uri, name: string, memory: vscode.Memento): Promise<string | undefined> {
  const key = keyOf(uri, name);
  const inputs = await askInputs(name, memory.get<string>(key, ''));
  if (inputs) await memory.update(key, inputs);
  return inputs;
}

function keyOf(uri: vscode.Uri, name: string): string {
  return `inputs:${uri.toString()}#${name}`;
}

async function pickFrom(
  functions: readonly PythonFunction[],
  cursorLine: number,
  title: string,
): Promise<PythonFunction | undefined> {
  // The function in which the cursor is comes first.
  const here = functions.filter((one) => one.line <= cursorLine).at(-1);
  const ordered = here ? [here, ...functions.filter((one) => one !== here)] : functions;
  const items = ordered.map((one) => ({
    label: `$(symbol-function) ${one.name}`,
    description: `${one.isAsync ? 'async ' : ''}(${one.parameters || '…'})`,
    detail: `Line ${one.line}`,
    chosen: one,
  }));
  const options = { title, placeHolder: 'Which function?' };
  return (await vscode.window.showQuickPick(items, options))?.chosen;
}

/** `inputs` are those that are remembered, '' for none. */
async function pickMode(chosen: PythonFunction, inputs: string): Promise<Mode | 'change' | undefined> {
  const change: ModeItem = { mode: undefined, label: '$(edit) Change the inputs…', detail: inputs };
  const items = inputs ? [...MODE_ITEMS, change] : MODE_ITEMS;
  const over = inputs ? ` over ${inputs}` : '';
  const options = { title: `Run ${chosen.name} concurrently${over}`, placeHolder: 'How?' };
  const item = await vscode.window.showQuickPick(items, options);
  return item && (item.mode ?? 'change');
}

function askInputs(name: string, value: string): Thenable<string | undefined> {
  return vscode.window.showInputBox({
    title: `Inputs for ${name}`,
    prompt: 'A Python expression with one item for each call; it is remembered for this function.',
    placeHolder: 'range(8)  or  [("a", 1), ("b", 2)]',
    value,
    ignoreFocusOut: true,
    validateInput: (text) => (text.trim() ? undefined : 'Give an expression, e.g. range(8).'),
  });
}
