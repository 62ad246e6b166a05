/** What a lock guards and who takes it, where it is named. */
import * as vscode from 'vscode';
import type { LintClient } from '../../session/lint/lintClient';
import type { DocumentPlace, LockAnswer } from '../../session/lint/lintMessages';
import { documentsOf, moduleOf } from './lintedDocuments';
import { rangeOf } from './places';

/** More lines than that are not named. */
const MOST_LINES = 8;
const HOW: Readonly<Record<LockAnswer['notTaken'][number]['how'], string>> = {
  read: 'read',
  write: 'written',
  update: 'changed',
  mutate: 'changed',
  delete: 'deleted',
  iterate: 'gone through',
};

export class LockHover implements vscode.HoverProvider {
  constructor(private readonly client: LintClient) {}

  async provideHover(document: vscode.TextDocument, position: vscode.Position): Promise<vscode.Hover | undefined> {
    const { key, number } = moduleOf(document);
    const lock = await this.client.lockAt(key, number, position.line + 1, position.character);
    if (!lock) return undefined;
    const documents = documentsOf(key);
    const text = new vscode.MarkdownString(sentences(lock, (place) => linkTo(documents, place)));
    return new vscode.Hover(text, rangeOf(lock.at));
  }
}

function sentences(
  { name, kind, guards, taken, notTaken }: LockAnswer,
  link: (place: DocumentPlace) => string,
): string {
  const guarded = guards.map((each) => `\`${each}\``).join(', ');
  const what = `\`${name}\` (${kind})${guarded === '' ? '' : ` guards ${guarded}`}`;
  const times = taken.length === 1 ? '1 place' : `${taken.length} places`;
  const where = taken.length === 0 ? 'taken nowhere in this file' : `taken at ${times}: ${list(taken.map(link))}`;
  const missing = notTaken.map((access) => `${link(access)} (\`${access.name}\` is ${HOW[access.how]})`);
  return `${what}; ${where}.${missing.length === 0 ? '' : `\n\nNot taken at ${list(missing)}.`}`;
}

function list(items: readonly string[]): string {
  const more = items.length - MOST_LINES;
  return more > 0 ? `${items.slice(0, MOST_LINES).join(', ')} and ${more} more` : items.join(', ');
}

/** The fragment of a notebook's cell says which cell it is, so that it cannot lead to a line. */
function linkTo(documents: readonly vscode.TextDocument[], { document, line }: DocumentPlace): string {
  const uri = documents[document]?.uri;
  if (!uri || uri.scheme === 'vscode-notebook-cell') return `cell ${document + 1}, line ${line}`;
  return `[line ${line}](${uri.with({ fragment: `L${line}` })})`;
}
