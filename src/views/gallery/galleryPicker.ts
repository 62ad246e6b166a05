import * as vscode from 'vscode';
import { type Example, GALLERY } from './examples';

interface ExampleItem extends vscode.QuickPickItem {
  readonly example?: Example;
}

/** Asks for an example. Undefined when the user breaks off. */
export async function pickExample(examples: readonly Example[]): Promise<Example | undefined> {
  const items = GALLERY.flatMap(({ title, names }): ExampleItem[] => [
    { label: title, kind: vscode.QuickPickItemKind.Separator },
    ...examples.filter(({ name }) => names.includes(name)).map(itemOf),
  ]);
  const options: vscode.QuickPickOptions = {
    title: 'Gallery of examples',
    placeHolder: 'Which one? A copy of your own opens, to be run and changed.',
    matchOnDetail: true,
  };
  return (await vscode.window.showQuickPick(items, options))?.example;
}

function itemOf(example: Example): ExampleItem {
  const { title, summary, minutes } = example;
  const detail = summary.charAt(0).toUpperCase() + summary.slice(1);
  return { label: title, description: `${minutes} min`, detail, example };
}
