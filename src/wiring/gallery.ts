/** The gallery: small programs to learn from. What opens is a copy of the user's own, in a folder of the extension's storage. */
import { basename } from 'node:path';
import * as vscode from 'vscode';
import { Failure } from '../support/failure';
import { type Example, exampleOf, GALLERY, nextExample } from '../views/gallery/examples';
import { OPEN_EXAMPLE, showGalleryLenses } from '../views/gallery/galleryLenses';
import { pickExample } from '../views/gallery/galleryPicker';

export interface GalleryParts {
  readonly extensionUri: vscode.Uri;
  /** Folder of the extension that outlives windows. */
  readonly storage: vscode.Uri;
  attempt(work: () => Promise<unknown>): Promise<void>;
}

export function registerGallery({ extensionUri, storage, attempt }: GalleryParts): vscode.Disposable {
  const folder = vscode.Uri.joinPath(storage, 'gallery');
  const originalOf = (name: string): vscode.Uri =>
    vscode.Uri.joinPath(extensionUri, 'examples', 'gallery', `${name}.py`);
  const read = async (name: string): Promise<Example> => exampleOf(name, await readText(originalOf(name)));
  const openGallery = async (): Promise<void> => {
    const example = await pickExample(await Promise.all(GALLERY.flatMap(({ names }) => names.map(read))));
    if (example) await openCopy(originalOf(example.name), folder);
  };
  return vscode.Disposable.from(
    showGalleryLenses({
      folder,
      next: async ({ uri }) => {
        const name = nextExample(basename(uri.path, '.py'));
        return name ? read(name) : undefined;
      },
    }),
    vscode.commands.registerCommand('interleave.openGallery', () => attempt(openGallery)),
    vscode.commands.registerCommand(OPEN_EXAMPLE, (name: string) => attempt(() => openCopy(originalOf(name), folder))),
  );
}

/** Opens the user's copy, which is made when there is none; what the user changed in it stays until it is restored. */
async function openCopy(original: vscode.Uri, folder: vscode.Uri): Promise<void> {
  const name = basename(original.path);
  const copy = vscode.Uri.joinPath(folder, name);
  const text = await readText(original);
  const isThere = await vscode.workspace.fs.stat(copy).then(
    () => true,
    () => false,
  );
  if (!isThere) await vscode.workspace.fs.writeFile(copy, Buffer.from(text));
  const document = await vscode.workspace.openTextDocument(copy);
  await vscode.window.showTextDocument(document, { preview: false });
  if (document.getText() !== text) void offerToRestore(document, text);
}

async function offerToRestore(document: vscode.TextDocument, text: string): Promise<void> {
  const restore = 'Restore the example';
  const question = `${basename(document.uri.path)} is as you left it, not as it came.`;
  if ((await vscode.window.showInformationMessage(question, restore)) !== restore) return;
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, new vscode.Range(0, 0, document.lineCount, 0), text);
  await vscode.workspace.applyEdit(edit);
  await document.save();
}

async function readText(uri: vscode.Uri): Promise<string> {
  try {
    return Buffer.from(await vscode.workspace.fs.readFile(uri)).toString();
  } catch (error) {
    throw new Failure(`The example ${basename(uri.path)} could not be read; install Interleave again.`, String(error));
  }
}
