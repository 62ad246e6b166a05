/** Above an example of the gallery: run it, go on to the next one, or back to all. */
import * as vscode from 'vscode';
import type { Example } from './examples';

export interface GalleryLenses {
  /** Folder of the user's copies. */
  readonly folder: vscode.Uri;
  /** The example that comes after that of the document. */
  next(document: vscode.TextDocument): Promise<Example | undefined>;
}

export const OPEN_EXAMPLE = 'interleave.gallery.open';

export function showGalleryLenses({ folder, next }: GalleryLenses): vscode.Disposable {
  const selector = { language: 'python', pattern: new vscode.RelativePattern(folder, '*.py') };
  return vscode.languages.registerCodeLensProvider(selector, {
    provideCodeLenses: async (document) => {
      const top = new vscode.Range(0, 0, 0, 0);
      const after = await next(document);
      const commands: vscode.Command[] = [
        { command: 'interleave.run', title: '$(play) Run concurrently', arguments: [document.uri] },
        ...(after ? [{ command: OPEN_EXAMPLE, title: `next: ${after.title}`, arguments: [after.name] }] : []),
        { command: 'interleave.openGallery', title: 'all examples' },
      ];
      return commands.map((command) => new vscode.CodeLens(top, command));
    },
  });
}
