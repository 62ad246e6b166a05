import { Buffer } from 'node:buffer';
import * as vscode from 'vscode';
import type { Disposable } from '../../support/disposable';

/** So many pictures are kept: a page of an editor needs some tens. */
export const MOST_TYPES = 512;

/** Kinds of decoration by picture: lines that look alike share one; those that were not used for longest go first. */
export class IconTypes implements Disposable {
  /** In the order in which they were last used. */
  private readonly types = new Map<string, vscode.TextEditorDecorationType>();

  get size(): number {
    return this.types.size;
  }

  get(svg: string): vscode.TextEditorDecorationType {
    const type = this.types.get(svg) ?? typeOf(svg);
    this.types.delete(svg);
    this.types.set(svg, type);
    return type;
  }

  /** Disposes of those beyond what is kept, but for those in use. */
  trim(isUsed: (type: vscode.TextEditorDecorationType) => boolean): void {
    for (const [svg, type] of this.types) {
      if (this.types.size <= MOST_TYPES) return;
      if (isUsed(type)) continue;
      type.dispose();
      this.types.delete(svg);
    }
  }

  dispose(): void {
    for (const type of this.types.values()) type.dispose();
    this.types.clear();
  }
}

function typeOf(svg: string): vscode.TextEditorDecorationType {
  return vscode.window.createTextEditorDecorationType({
    gutterIconPath: vscode.Uri.parse(dataUri(svg)),
    gutterIconSize: 'contain',
    rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
  });
}

export function dataUri(svg: string): string {
  return `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`;
}
